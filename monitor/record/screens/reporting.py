"""填报: what units are still to be asked, pre-filled with what is known, and what they answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Subquery, func, select

from monitor.access.declared import shown
from monitor.domain.disagreement import Hint, hints
from monitor.domain.instants import DAY, OPEN
from monitor.domain.iso_week import span_of, week_of
from monitor.domain.numbers import Provenance
from monitor.domain.person import Permission
from monitor.domain.receipt import REPORT
from monitor.domain.report_entry import say_moment
from monitor.domain.report_line import (
    ASKED_STATES,
    COMMENTS,
    KEEPER,
    NEWEST,
    REASON,
    ROLLED_UP,
    STOPPED,
    URL,
    ReportLine,
)
from monitor.domain.scope import Scope
from monitor.record import receipt_links, report_lines
from monitor.record.screens.scoping import may_see, visible
from monitor.record.seen_elsewhere import (
    COVERAGE,
    KNOWS,
    POST,
    REVOKED,
    ROUTE,
    ceiling,
    seen_of,
    worth,
)
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

POST_KEY: Final = METADATA.tables["post_key"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
READ_BY: Final = (Provenance.INTERFACE.value, Provenance.EXPORT.value)


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
    seen = visible(tx, scope, now)
    rows = _accounts(tx, seen, unit_id)
    ids = [row["account_id"] for row in rows]
    kept = report_lines.standing(tx, week, ids)
    done = report_lines.submitted(tx, week, ids)
    last = report_lines.before(tx, week, ids)
    held = _held(tx, seen, now)
    newest = _newest(tx, seen)
    found = []
    for row in rows:
        key = row["account_id"]
        line, stands = kept.get(key), done.get(key)
        found.append(
            Asked(
                **{name: row[name] for name in _NAMES},
                held=held.get(key, ""),
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
    week = week or week_of(now)
    asked = [each for each in sheet(tx, scope, now, week) if not each.held or each.submitted_at]
    tasks = receipt_links.tasks(tx, week)
    live = receipt_links.live(tx, REPORT, [each.id for each in tasks.values()], now)
    total = Counter(each.unit_id for each in asked)
    found = []
    for unit_id in total:
        own = [each for each in asked if each.unit_id == unit_id]
        task = tasks.get(unit_id)
        moments = [each.saved_at for each in own if each.saved_at is not None]
        found.append(
            UnitLine(
                unit_id=unit_id,
                unit_name=own[0].unit_name,
                asked=len(own),
                filled=sum(each.submitted_at is not None for each in own),
                drafted=sum(each.version > 0 and each.submitted_at is None for each in own),
                last_at=max(moments, default=None),
                due=task.due if task else None,
                linked=task is not None and task.id in live,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.filled - each.asked, each.unit_id)))


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


def _accounts(tx: Reading, seen: Subquery, unit_id: int | None) -> list[dict[str, Any]]:
    """The accounts that are asked after, each under the unit that fills its line in."""
    asked = select(seen).where(seen.c.state.in_([each.value for each in ASKED_STATES]))
    above = fillers(tx)
    rows = []
    for row in tx.conn.execute(asked).mappings():
        filler, name = above[row["unit_id"]]
        if unit_id in (None, filler):
            place = "" if filler == row["unit_id"] else row["unit_name"]
            rows.append({**row, "unit_id": filler, "unit_name": name, "place": place})
    return rows


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


def _held(tx: Reading, seen: Subquery, now: int) -> dict[int, str]:
    """The source by which an account's silence is known right now, where an interface or a file
    reads it."""
    rows = tx.conn.execute(
        select(COVERAGE.c.account_id, ROUTE.c.source, COVERAGE.c.grade, ceiling())
        .join(seen, seen.c.account_id == COVERAGE.c.account_id)
        .join(ROUTE, ROUTE.c.id == COVERAGE.c.route_id)
        .outerjoin(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
        .where(
            ROUTE.c.source.in_(READ_BY),
            COVERAGE.c.b + COVERAGE.c.fresh_s >= now,
            COVERAGE.c.b > now - 32 * DAY,
            REVOKED.c.coverage_id.is_(None),
        )
        .order_by(COVERAGE.c.b)
    )
    return {row.account_id: row.source for row in rows if worth(row) >= KNOWS}


def _newest(tx: Reading, seen: Subquery) -> dict[int, dict[str, str]]:
    """The newest post known of each account, as it would be typed."""
    later = POST.alias()
    newest = (
        select(func.max(later.c.published_from))
        .where(later.c.account_id == seen.c.account_id, later.c.superseded_at == OPEN)
        .scalar_subquery()
    )
    rows = tx.conn.execute(
        select(seen.c.account_id, POST.c.published_from, POST.c.published_until, POST_KEY.c.url)
        .join(POST, POST.c.account_id == seen.c.account_id)
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .where(POST.c.superseded_at == OPEN, POST.c.published_from == newest)
    )
    return {
        row.account_id: {
            NEWEST: say_moment(row.published_from, row.published_until),
            URL: row.url if row.url.startswith("http") else "",
        }
        for row in rows
    }


def _filled(row: Mapping[str, Any], newest: Mapping[str, str]) -> dict[str, str]:
    """What stands in a line before anybody typed: what the registry and the posts say."""
    details = row["details"]
    said = {**newest, KEEPER: details.get(KEEPER, ""), REASON: details.get(STOPPED, "")}
    return {key: value for key, value in {**said, COMMENTS: ""}.items() if value}
