"""试: another rulebook over the same facts, now and at the last quarters' ends; nothing is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from monitor.collect import shelf
from monitor.domain.account import PLATFORMS
from monitor.domain.facts import Facts
from monitor.domain.forecast import HORIZON
from monitor.domain.instants import to_micro, to_second
from monitor.domain.rulebook import Rulebook
from monitor.domain.running import Job, RunOutcome, RunReport
from monitor.domain.unit import Unit
from monitor.domain.whatif import Comparison, Move, Place, Tried
from monitor.judge import rulebook as rulebooks
from monitor.judge.forecast import LOOK_BACK, Calibration
from monitor.judge.sources import freshness
from monitor.judge.status import standing_at
from monitor.judge.whatif import Tally, quarter_ends
from monitor.record import cases, due, facts, rhythms, runlog, units
from monitor.record.resting import collector_resting
from monitor.report import csv_file, whatif
from monitor.runs import books, holding, sources
from monitor.runs.parts import Parts

FOLDER: Final = "whatif"
COUNTS: Final = "试算.json"
MOVERS: Final = "试算变动清单"
AT_ONCE: Final = 2000
"""Accounts held in memory together."""


@dataclass
class _Trial:
    """Both rulebooks over the accounts there are, one instant after the other."""

    parts: Parts
    standing: Rulebook
    tried: Rulebook
    ids: Sequence[int]
    homes: Mapping[int, Unit]
    live: frozenset[int]
    calibration: Calibration
    moves: list[tuple[int, Move]] = field(default_factory=list)

    def compare(self, at: tuple[int, int], of: tuple[int, int]) -> Comparison:
        """One instant (`as_of` seconds, `known_at` us); `of` says which of how many it is."""
        as_of, known_at = at
        now = of[0] == 0
        tally = Tally(self.standing, self.tried, self.live if now else frozenset())
        for start in range(0, len(self.ids), AT_ONCE):
            share = start / len(self.ids)
            holding.chunk(int(100 * (of[0] + share) / of[1]))
            for each, posts in self._measured(start, at):
                self.calibration.add(each, posts)
                move = tally.add(each, _place(each, self.homes))
                if move is not None:
                    self.moves.append((as_of, move))
        return tally.result(as_of, known_at)

    def _measured(self, start: int, at: tuple[int, int]) -> Iterator[tuple[Facts, Sequence[int]]]:
        """Some accounts' facts, each with when it posted within a rhythm's length."""
        ids = self.ids[start : start + AT_ONCE]
        since = at[0] - LOOK_BACK - HORIZON * 2
        with self.parts.store.reading() as tx, collector_resting():
            posts = rhythms.posts(tx, *at, since, ids)
            for each in facts.measure(tx, *at, ids):
                yield each, posts.get(each.account_id, ())


def run(parts: Parts, job: Job) -> RunReport:
    """Try the rulebook a job names, or the text it brings; a cancel at any chunk leaves no file."""
    standing = books.open_books(parts).own
    tried = _tried(parts, job.arguments)
    trial = _opened(parts, standing, tried)
    instants = _instants(parts, replay_then=job.arguments.get("known") == "then")
    found = tuple(trial.compare(at, (number, len(instants))) for number, at in enumerate(instants))
    holding.chunk(99)
    titles = (whatif.titled(standing), whatif.titled(tried))
    _write(
        parts.local_dir / FOLDER / str(job.id),
        Tried(*titles, found, trial.calibration.result()),
        trial.moves,
    )
    counts = {
        "账号": found[0].accounts,
        "结论有变": found[0].moved,
        "新增整改单": found[0].workload,
    }
    return RunReport(RunOutcome.DONE, counts)


def _tried(parts: Parts, arguments: Mapping[str, str]) -> Rulebook:
    text = arguments.get("text", "")
    if not text:
        return books.read(parts, arguments["rulebook"])[0]
    page = shelf.parse(text.encode(), "试算的标准")
    return rulebooks.parse(page.mapping, page.sha256, freshness(sources.read(parts)))


def _opened(parts: Parts, standing: Rulebook, tried: Rulebook) -> _Trial:
    with parts.store.reading() as tx:
        ids = due.everybody(tx)
        homes = {each.id: each for each in units.all_units(tx) if each.id is not None}
        live = frozenset(cases.live_of(tx, ids))
    return _Trial(parts, standing, tried, ids, homes, live, Calibration(standing))


def _instants(parts: Parts, *, replay_then: bool) -> tuple[tuple[int, int], ...]:
    """Now, then the quarters' ends, newest first; these as known today, or as known then."""
    now = parts.now()
    second = to_second(now)
    with parts.store.reading() as tx:
        known = runlog.known_now(tx, to_micro(now))
    ends = quarter_ends(second)
    return ((second, known), *((end, end * 1_000_000 if replay_then else known) for end in ends))


def _place(each: Facts, homes: Mapping[int, Unit]) -> Place:
    standing = standing_at(each, each.as_of)
    if standing is None:
        return Place("", "", "", "", "")
    home = homes.get(standing.unit_id)
    return Place(
        name=standing.name,
        unit="" if home is None else home.name,
        region="" if home is None else home.region_name,
        level=standing.level,
        platform=PLATFORMS.get(standing.platform, standing.platform),
    )


def _write(place: Path, tried: Tried, moves: Sequence[tuple[int, Move]]) -> None:
    table = whatif.movers(MOVERS, (tried.before, tried.after), moves)
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{MOVERS}.csv").write_bytes(csv_file.render(table))
    beside = place / csv_file.explanation_name(f"{MOVERS}.csv")
    beside.write_text(csv_file.explanation(table), "utf-8-sig")
    (place / COUNTS).write_text(whatif.encode(tried), "utf-8")
