"""Lists of accounts with what was judged of them: filtered, ordered and paged in SQL."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, tuple_

from monitor.access.declared import shown
from monitor.domain.finding import Outcome
from monitor.domain.forecast import HORIZON, LIKELY
from monitor.domain.instants import DAY, OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens import beside
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT_DAY: Final = METADATA.tables["account_day"]
FINDING: Final = METADATA.tables["finding"]
FORECAST: Final = METADATA.tables["account_forecast"]
MOST: Final = 200
"""Rows a page may hold: more freezes a browser."""
SOON: Final = 3 * DAY


class Group(StrEnum):
    """Which accounts a list is about; the value stands in its address."""

    ALL = "all"
    PROBLEMS = "problems"
    FRESH = "fresh"
    OVER = "over"
    SOON = "soon"
    FORESEEN = "foreseen"
    UNDECIDED = "undecided"
    UPPER = "upper"
    COUNTED = "counted"
    DECIDED = "decided"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. Empty means no condition; `since` (seconds) serves FRESH."""

    group: Group = Group.ALL
    platform: str = ""
    region: str = ""
    status: str = ""
    text: str = ""
    cause: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """One account in a list. `left_s` are seconds to the limit at `now`, negative once over.

    `sentence` is of the update rule, `others` are those of what else fails.
    `foreseen_at` is when the limit runs out (seconds) where the own rhythm says how sure that is.
    Everything of a judgement is None or '' where the account has not been judged yet.
    """

    account_id: int
    platform: str
    uid: str | None
    name: str
    state: str
    main: bool
    key: bool
    unit_name: str
    region: str
    region_name: str
    county_name: str
    status: str | None
    status_max: str | None
    outcome: str | None
    cutoff: int | None
    silence_min: int | None
    silence_max: int | None
    upper_status: str | None
    upper_outcome: str | None
    last_post_from: int | None
    last_post_until: int | None
    posts_30d_min: int | None
    posts_30d_max: int | None
    coverage_30d: float | None
    source: str | None
    left_s: int | None
    problems: str | None
    sentence: str | None
    missing: str | None
    cause: str | None
    mender: str | None
    remedy: str | None
    foreseen_at: int | None = None
    sure: float | None = None
    last_title: str = ""
    last_url: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, and how many rows the whole list has."""

    total: int
    rows: tuple[Listed, ...]


@shown(Permission.SEE_HOME, Permission.SEE_ACCOUNTS, Permission.SEE_HEALTH, Permission.PATROL)
def listing(
    tx: Reading, scope: Scope, now: int, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> Listing:
    """A page of at most 200 accounts, worst first within what the list is about."""
    seen = visible(tx, scope, now)
    joined = seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id).outerjoin(
        FORECAST, _of_today()
    )
    conditions = _conditions(seen, wanted, now)
    counted = select(func.count()).select_from(joined).where(*conditions)
    total = int(tx.conn.execute(counted).scalar_one())
    rows = _columns(seen, now).select_from(joined).where(*conditions)
    ordered = rows.order_by(*_order(seen, wanted.group)).limit(min(limit, MOST)).offset(offset)
    found = [Listed(**row) for row in tx.conn.execute(ordered).mappings()]
    ids = [each.account_id for each in found]
    told = [each.account_id for each in found if each.outcome is not None]
    newest, others = beside.newest(tx, ids), beside.others(tx, told)
    return Listing(total, tuple(_completed(each, newest, others) for each in found))


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to within a scope: regions by code, platforms, statuses."""

    regions: dict[str, str]
    platforms: tuple[str, ...]
    statuses: tuple[str, ...]


@shown(Permission.SEE_ACCOUNTS, Permission.SEE_HEALTH, Permission.SET_UP)
def choices(tx: Reading, scope: Scope, now: int) -> Choices:
    """The regions, platforms and statuses the scope's accounts have."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(seen.c.region, seen.c.region_name, seen.c.platform, ACCOUNT_DAY.c.status)
        .select_from(seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id))
        .distinct()
    ).all()
    return Choices(
        regions={code: name for code, name in sorted({(row[0], row[1]) for row in rows}) if code},
        platforms=tuple(sorted({row.platform for row in rows})),
        statuses=tuple(sorted({row.status for row in rows if row.status})),
    )


def left(now: int) -> ColumnElement[int]:
    """Seconds until the limit at `now`, as the newest known post has it; NULL without one."""
    return -(ACCOUNT_DAY.c.overdue_s + (now - ACCOUNT_DAY.c.as_of))


def foreseen(now: int) -> ColumnElement[bool]:
    """Accounts that by their own rhythm go over the limit within the horizon of forecasts."""
    ahead = (FORECAST.c.at > now, FORECAST.c.at <= now + HORIZON)
    calm = ACCOUNT_DAY.c.outcome.in_((Outcome.OK, Outcome.HINT))
    return and_(FORECAST.c.sure >= LIKELY, *ahead, calm)


def _of_today() -> ColumnElement[bool]:
    """A forecast counts as long as nothing newer was posted than it rests on."""
    same = FORECAST.c.last_post == ACCOUNT_DAY.c.last_post_until
    return and_(FORECAST.c.account_id == ACCOUNT_DAY.c.account_id, same)


def soon(now: int) -> ColumnElement[bool]:
    """Accounts that nothing is held against and that reach the limit within three days."""
    calm = (Outcome.OK, Outcome.HINT, Outcome.UNDECIDED)
    return and_(left(now) > 0, left(now) <= SOON, ACCOUNT_DAY.c.outcome.in_(calm))


def troubled() -> ColumnElement[bool]:
    """Accounts of which any rule fails: the update rule's verdict, or a problem by name."""
    return or_(ACCOUNT_DAY.c.outcome == Outcome.FAIL, ACCOUNT_DAY.c.problems != "")


def over() -> ColumnElement[bool]:
    """Accounts whose silence was proven to be over the limit."""
    return and_(ACCOUNT_DAY.c.outcome == Outcome.FAIL, ACCOUNT_DAY.c.overdue_s > 0)


def fresh(since: int) -> ColumnElement[bool]:
    """Accounts of which some rule fails now that did not fail at `since`."""
    stamp = since * 1_000_000
    failing = select(FINDING.c.account_id, FINDING.c.rulebook_id, FINDING.c.rule).where(
        FINDING.c.outcome == Outcome.FAIL
    )
    now = failing.where(FINDING.c.superseded_at == OPEN, FINDING.c.recorded_at >= stamp)
    before = failing.where(FINDING.c.superseded_at >= stamp, FINDING.c.recorded_at < stamp)
    found = now.except_(before).subquery()
    account = tuple_(ACCOUNT_DAY.c.account_id, ACCOUNT_DAY.c.rulebook_id)
    return and_(troubled(), account.in_(select(found.c.account_id, found.c.rulebook_id)))


def _conditions(seen: Subquery, wanted: Wanted, now: int) -> list[ColumnElement[bool]]:
    conditions = [
        column == value
        for column, value in (
            (seen.c.platform, wanted.platform),
            (seen.c.region, wanted.region),
            (ACCOUNT_DAY.c.status, wanted.status),
            (ACCOUNT_DAY.c.cause, wanted.cause),
        )
        if value
    ]
    if wanted.text.strip():
        text = wanted.text.strip()
        columns = (seen.c.name, seen.c.unit_name, seen.c.uid, seen.c.county_name)
        hits = [column.icontains(text, autoescape=True) for column in columns]
        conditions.append(hits[0] | hits[1] | hits[2] | hits[3])
    return conditions + _group(wanted, now)


def _group(wanted: Wanted, now: int) -> list[ColumnElement[bool]]:
    outcome = ACCOUNT_DAY.c.outcome
    kept = (Outcome.OK, Outcome.HINT)
    table: dict[Group, list[ColumnElement[bool]]] = {
        Group.ALL: [],
        Group.PROBLEMS: [troubled()],
        Group.FAILED: [outcome == Outcome.FAIL],
        Group.FRESH: [fresh(wanted.since)],
        Group.OVER: [over()],
        Group.SOON: [soon(now)],
        Group.FORESEEN: [foreseen(now)],
        Group.UNDECIDED: [outcome == Outcome.UNDECIDED],
        Group.UPPER: [ACCOUNT_DAY.c.upper_outcome == Outcome.FAIL],
        Group.COUNTED: [outcome != Outcome.NOT_COUNTED],
        Group.DECIDED: [outcome.in_((*kept, Outcome.FAIL))],
        Group.KEPT: [outcome.in_(kept)],
    }
    return table[wanted.group]


def _columns(seen: Subquery, now: int) -> Select[Any]:
    judged = {column.name for column in ACCOUNT_DAY.c} - {"account_id"}
    own = ("left_s", "foreseen_at", "sure", "last_title", "last_url", "others")
    names = [field.name for field in fields(Listed) if field.name not in own]
    chosen = [ACCOUNT_DAY.c[name] if name in judged else seen.c[name] for name in names]
    ahead = (FORECAST.c.at.label("foreseen_at"), FORECAST.c.sure)
    return select(*chosen, left(now).label("left_s"), *ahead)


def _order(seen: Subquery, group: Group) -> list[ColumnElement[Any]]:
    proven = case((ACCOUNT_DAY.c.outcome == Outcome.FAIL, 0), else_=1)
    silent = ACCOUNT_DAY.c.silence_min.desc().nulls_last()
    if group is Group.UNDECIDED:
        alike = func.count().over(partition_by=ACCOUNT_DAY.c.cause)
        return [alike.desc(), ACCOUNT_DAY.c.cause, seen.c.account_id]
    if group is Group.FORESEEN:
        return [FORECAST.c.at, seen.c.account_id]
    if group in {Group.PROBLEMS, Group.FRESH, Group.UPPER}:
        return [proven, silent, ACCOUNT_DAY.c.problems.desc(), seen.c.account_id]
    return [proven, ACCOUNT_DAY.c.overdue_s.desc().nulls_last(), seen.c.account_id]


def _completed(
    listed: Listed, newest: dict[int, tuple[str, str]], others: dict[int, list[str]]
) -> Listed:
    title, url = newest.get(listed.account_id, ("", ""))
    more = tuple(others.get(listed.account_id, ()))
    return replace(listed, last_title=title, last_url=url, others=more)
