"""填报: what units are still to be asked, pre-filled with what is known, and what they answered."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, select

from monitor.access.declared import shown
from monitor.domain.disagreement import Hint, hints
from monitor.domain.instants import DAY, OPEN
from monitor.domain.iso_week import span_of, week_of
from monitor.domain.person import Permission
from monitor.domain.receipt import REPORT
from monitor.domain.report_line import (
    ASKED_STATES,
    COMMENTS,
    KEEPER,
    REASON,
    ROLLED_UP,
    STOPPED,
    ReportLine,
)
from monitor.domain.scope import Scope
from monitor.record import receipt_links, report_lines
from monitor.record.screens.report_known import held, newest_post
from monitor.record.screens.scoping import ACCOUNT_REV, may_see, visible
from monitor.record.seen_elsewhere import seen_of
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT_REV: Final = METADATA.tables["unit_rev"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One account's line of the week. `unit_*` is the unit that fills it in.

    `held` names the source that knows it already: such a line is not asked for. `words` are what
    stands in it now, typed or pre-filled; `last` what was said in an earlier week; `known` the
    newest post as we know it. `version` 0: nothing was typed yet. Seconds UTC.
    """

    account_id: int
    platform: str
    name: str
    state: str
    unit_id: int
    unit_name: str
    place: str
    held: str
    words: Mapping[str, str]
    last: Mapping[str, str]
    known: Mapping[str, str]
    version: int
    submitted_at: int | None
    saved_at: int | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """How far one unit has come; `linked`: a receipt link is open."""

    unit_id: int
    unit_name: str
    asked: int
    filled: int
    drafted: int
    last_at: int | None
    due: int | None
    linked: bool

    @property
    def done(self) -> bool:
        """Whether nothing is left to be filled in."""
        return self.filled == self.asked


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scope has come: its units, the accounts that are asked after at all, and how many
    of them need not be asked, for an interface or a file tells."""

    units: tuple[UnitLine, ...]
    accounts: int
    known: int


class _Stand(NamedTuple):
    """Where one account's line stands; `saved_at` None: nothing was typed yet."""

    unit_id: int
    unit_name: str
    held: bool
    submitted: bool
    saved_at: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a unit said in one week, and where that differs from what was seen."""

    line: ReportLine
    at: int
    linked: bool
    hints: tuple[Hint, ...] = field(default=())


@shown(Permission.REPORT)
def sheet(
    tx: Reading, scope: Scope, now: int, week: str = "", unit_id: int | None = None
) -> tuple[Asked, ...]:
    """The lines of a week (by default the present one) within a scope, or of one filling unit."""
    week = week or week_of(now)
    if scope.empty:
        return ()
    above = fillers(tx)
    seen = visible(tx, scope, now, *_filled_by(above, unit_id))
    rows = _accounts(tx, seen, above)
    ids = [row["account_id"] for row in rows]
    kept = report_lines.standing(tx, week, ids)
    done = report_lines.submitted(tx, week, ids)
    last = report_lines.before(tx, week, ids)
    read_by = held(tx, seen, now)
    newest = newest_post(tx, seen)
    found = []
    for row in rows:
        key = row["account_id"]
        line, stands = kept.get(key), done.get(key)
        found.append(
            Asked(
                **{name: row[name] for name in _NAMES},
                held=read_by.get(key, ""),
                words=line.words if line else _filled(row, newest.get(key, {})),
                last=last.get(key, {}),
                known=newest.get(key, {}),
                version=line.version if line else 0,
                submitted_at=stands.at if stands else None,
                saved_at=line.recorded_at // 1_000_000 if line else None,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.unit_id, each.platform, each.name)))


@shown(Permission.REPORT, Permission.OPEN_REPORTS)
def units(tx: Reading, scope: Scope, now: int, week: str = "") -> tuple[UnitLine, ...]:
    """How far each filling unit has come, most left first; who is asked nothing is out."""
    return progress(tx, scope, now, week).units


@shown(Permission.REPORT, Permission.OPEN_REPORTS)
def progress(tx: Reading, scope: Scope, now: int, week: str = "") -> Progress:
    """How far a scope has come in a week: counted, without the words of any line."""
    week = week or week_of(now)
    stand = _stand(tx, scope, now, week)
    asked = [each for each in stand if not each.held or each.submitted]
    by_unit: dict[int, list[_Stand]] = {}
    for each in asked:
        by_unit.setdefault(each.unit_id, []).append(each)
    tasks = receipt_links.tasks(tx, week)
    live = receipt_links.live(tx, REPORT, [each.id for each in tasks.values()], now)
    found = [_unit(own, tasks.get(unit_id), live) for unit_id, own in by_unit.items()]
    found.sort(key=lambda each: (each.filled - each.asked, each.unit_id))
    known = sum(each.held and not each.saved_at for each in stand)
    return Progress(tuple(found), len(stand), known)


def _unit(own: Sequence[_Stand], task: receipt_links.ReportTask | None, live: Set[int]) -> UnitLine:
    return UnitLine(
        unit_id=own[0].unit_id,
        unit_name=own[0].unit_name,
        asked=len(own),
        filled=sum(each.submitted for each in own),
        drafted=sum(bool(each.saved_at) and not each.submitted for each in own),
        last_at=max((each.saved_at for each in own if each.saved_at), default=None),
        due=task.due if task else None,
        linked=task is not None and task.id in live,
    )


def _stand(tx: Reading, scope: Scope, now: int, week: str) -> list[_Stand]:
    """Where the line of each account that is asked after stands."""
    if scope.empty:
        return []
    seen, above = visible(tx, scope, now), fillers(tx)
    rows = tx.conn.execute(_asked_after(seen, seen.c.account_id, seen.c.unit_id)).all()
    ids = {row.account_id for row in rows}
    kept = report_lines.standing(tx, week, ids)
    done = report_lines.submitted(tx, week, ids)
    read_by = held(tx, seen, now)
    found = []
    for key, unit_id in rows:
        line = kept.get(key)
        saved = None if line is None else line.recorded_at // 1_000_000
        found.append(_Stand(*above[unit_id], key in read_by, key in done, saved))
    return found


@shown(Permission.SEE_ACCOUNTS)
def told(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Told, ...]:
    """What was reported of one account in its last eight weeks, newest first, with the hints."""
    if not may_see(tx, scope, now, account_id):
        return ()
    found = []
    for each in report_lines.of_account(tx, account_id, 8):
        start, end = span_of(each.line.week)
        since = min(start, each.line.newest_from or start) - DAY
        seen = seen_of(tx, [account_id], since, end)[account_id]
        linked = each.line.claim(each.at) is not None
        found.append(Told(each.line, each.at, linked, hints(each.line, each.at, seen)))
    return tuple(found)


_NAMES: Final = ("account_id", "platform", "name", "state", "unit_id", "unit_name", "place")


def _filled_by(
    above: Mapping[int, tuple[int, str]], unit_id: int | None
) -> tuple[ColumnElement[bool], ...]:
    """The accounts of all units whose lines one unit fills in; of any unit with None."""
    if unit_id is None:
        return ()
    return (ACCOUNT_REV.c.unit_id.in_([key for key, (by, _) in above.items() if by == unit_id]),)


def _accounts(
    tx: Reading, seen: Subquery, above: Mapping[int, tuple[int, str]]
) -> list[dict[str, Any]]:
    """The accounts that are asked after, each under the unit that fills its line in."""
    rows = []
    for row in tx.conn.execute(_asked_after(seen, *seen.c)).mappings():
        filler, name = above[row["unit_id"]]
        place = "" if filler == row["unit_id"] else row["unit_name"]
        rows.append({**row, "unit_id": filler, "unit_name": name, "place": place})
    return rows


def _asked_after(seen: Subquery, *columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(seen.c.state.in_([each.value for each in ASKED_STATES]))


def fillers(tx: Reading) -> dict[int, tuple[int, str]]:
    """By unit, the one that fills its lines in: itself, or its superior for teams and stations."""
    rows = tx.conn.execute(
        select(UNIT_REV)
        .where(UNIT_REV.c.superseded_at == OPEN)
        .order_by(UNIT_REV.c.unit_id, UNIT_REV.c.valid_from)
    ).mappings()
    known = {row["unit_id"]: row for row in rows}
    found = {}
    for key, row in known.items():
        at = row
        while at["level"] in ROLLED_UP and at["parent_id"] in known:
            at = known[at["parent_id"]]
        found[key] = (at["unit_id"], at["name"])
    return found


def _filled(row: Mapping[str, Any], newest: Mapping[str, str]) -> dict[str, str]:
    """What stands in a line before anybody typed: what the registry and the posts say."""
    details = row["details"]
    said = {**newest, KEEPER: details.get(KEEPER, ""), REASON: details.get(STOPPED, "")}
    return {key: value for key, value in {**said, COMMENTS: ""}.items() if value}
