"""Measuring for an assessment: roster, facts and result of a period as known, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.collect import shelf
from monitor.domain.assessed import Fact, Listed
from monitor.domain.assessment import Kind
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Period, period_of
from monitor.domain.errors import Conflict, InputError
from monitor.domain.hashing import hash_of
from monitor.domain.instants import from_micro, shanghai_day, to_micro, to_second
from monitor.domain.measuring import Span
from monitor.record import (
    asks,
    assessed,
    assessments,
    runlog,
    schemes,
    score_facts,
    score_frame,
    score_people,
)
from monitor.record.store import Reading
from monitor.runs import case_book, earlier, holding, indexed, interpreted
from monitor.runs.parts import Parts
from monitor.runs.schemes import Chosen, choose
from monitor.score import peers
from monitor.score.exchange import Result
from monitor.score.exchange import assessed as scored
from monitor.score.scheme import fits

GROUPS: Final = "units/groups.yaml"
WORDS: Final = "words/service.yaml"


@dataclass(frozen=True, slots=True)
class Instants:
    """`as_of` in seconds; `known_at` and `reviewed_at` are stamps: up to when data count, and up to
    when marks and objections do."""

    as_of: int
    known_at: int
    reviewed_at: int


@dataclass(frozen=True)
class Found:
    """Everything one assessment came to."""

    chosen: Chosen
    period: Period
    kind: Kind
    at: Instants
    roster: Sequence[Listed]
    facts: Sequence[Fact]
    result: Result

    @property
    def roster_hash(self) -> str:
        """What the roster is known by."""
        return hash_of(self.roster)

    @property
    def facts_hash(self) -> str:
        """What the facts are known by."""
        return hash_of(self.facts)


def compute(
    parts: Parts,
    scheme: str,
    period: str,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    reviewed_at: datetime | None = None,
) -> Found:
    """The assessment of a period as it was known, nothing written. Both instants default to now,
    `as_of` to the end of the period where that is over, `reviewed_at` to `known_at`."""
    asked = period_of(period)
    now = parts.now()
    with parts.store.reading() as tx:
        known = to_micro(known_at) if known_at else runlog.known_now(tx, to_micro(now))
        second = min(to_second(as_of or now), asked.until)
        at = Instants(second, known, to_micro(reviewed_at) if reviewed_at else known)
    chosen = choose(parts, scheme, asked.since, known)
    return found_at(parts, chosen, asked, at)


def found_at(
    parts: Parts, chosen: Chosen, period: Period, at: Instants, kind: Kind | None = None
) -> Found:
    fits(chosen.scheme, period)
    if at.as_of <= period.since:
        raise InputError("考核周期还没有开始", period.said, "请选择已开始的周期")
    sort = kind or chosen.kind(period.since)
    with parts.store.reading() as tx:
        roster, facts = _measured(parts, tx, chosen, period, at)
        ids = [
            each.id
            for each in assessments.every(tx, period.code)
            if each.kind is sort and _same(tx, each, chosen)
        ]
        facts += _by_people(tx, ids, at.reviewed_at)
    holding.chunk(60)
    result = scored(chosen.scheme, facts, roster)
    return Found(chosen, period, sort, at, roster, facts, result)


def _same(tx: Reading, each: Assessment, chosen: Chosen) -> bool:
    revision = schemes.get(tx, each.scheme_revision_id)
    return revision is not None and revision.key == chosen.sheet.key


def _measured(
    parts: Parts, tx: Reading, chosen: Chosen, period: Period, at: Instants
) -> tuple[list[Listed], list[Fact]]:
    levels = chosen.scheme.levels.union(*(sub.levels for _, sub in chosen.scheme.subs))
    span = Span(period.since, period.until, at.as_of, at.known_at, levels)
    roster = _groups(parts).placed(score_frame.roster(tx, span))
    wanted, apart = chosen.scheme.measures(), chosen.scheme.per_account
    asked = score_facts.Asked(span, wanted, _words(parts), apart)
    calendar = case_book.calendar(parts)
    measured = score_facts.measure(tx, asked, roster)
    found = interpreted.added(tx, asked, roster, measured, calendar)
    found = indexed.added(tx, asked, roster, found)
    found += earlier.facts(tx, chosen, period, at.known_at, roster)
    written = score_people.codes(tx, asks.of_period(tx, period.code, at.known_at))
    last = shanghai_day(to_second(from_micro(at.known_at)))

    def waited(second: int) -> float:
        return float(calendar.between(shanghai_day(second), last))

    return roster, list(score_people.held(found, written, waited))


def _by_people(tx: Reading, ids: Sequence[int], reviewed_at: int) -> list[Fact]:
    return [
        fact
        for key in sorted(ids)
        for read in (score_people.marks, score_people.granted)
        for fact in read(tx, key, reviewed_at)
    ]


def _groups(parts: Parts) -> peers.Peers:
    page = shelf.read(parts.data_dir / GROUPS)
    return peers.parse(page.mapping, GROUPS, shelf.lines(page.text))


def _words(parts: Parts) -> tuple[str, ...]:
    return tuple(map(str, shelf.read(parts.data_dir / WORDS).mapping["words"]))


def again(parts: Parts, seen: Assessment, chosen: Chosen, reviewed_at: int) -> Found:
    """Scored anew from the frozen facts, what people gave taken as it stands at a stamp."""
    if seen.as_of is None or seen.known_at is None:
        raise Conflict("这次考核还没有封存数据", seen.title, "请先生成初评")
    with parts.store.reading() as tx:
        roster = assessed.roster(tx, seen.id)
        kept = [fact for fact in assessed.facts(tx, seen.id) if not score_people.by_people(fact)]
        kept += _by_people(tx, _chain(tx, seen), reviewed_at)
    at = Instants(seen.as_of, seen.known_at, reviewed_at)
    result = scored(chosen.scheme, kept, roster)
    return Found(chosen, period_of(seen.period), seen.kind, at, roster, kept, result)


def _chain(tx: Reading, seen: Assessment) -> list[int]:
    found = [seen.id]
    while seen.amends_id is not None:
        earlier = assessments.get(tx, seen.amends_id)
        if earlier is None:
            break
        found.append(earlier.id)
        seen = earlier
    return found
