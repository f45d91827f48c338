"""采集: platforms and passes, what failed, why, and who can mend it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Subquery, and_, func, select

from monitor.access.declared import shown
from monitor.domain.collecting import PassOutcome
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.evidence import looks, share
from monitor.record.screens.listing import ACCOUNT_DAY
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PASS: Final = METADATA.tables["pass"]
ROUTE: Final = METADATA.tables["route"]
CLAIM: Final = METADATA.tables["coverage_proposal"]


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """One platform within the scope.

    `sources` counts accounts by where their best evidence comes from ('' is none);
    `last_success` is in seconds; `failed` and `tried` count the accounts of the last 24 hours;
    `affected` are the accounts of which nothing can be told.
    """

    platform: str
    accounts: int
    sources: dict[str, int]
    last_success: int | None
    tried: int
    failed: int
    cause: str
    remedy: str
    affected: int


@dataclass(frozen=True, slots=True)
class Tries:
    """Accounts of one platform tried and failed in the last 24 hours, and the commonest cause."""

    platform: str
    tried: int
    failed: int
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PassLine:
    """One attempt to read one account; instants are seconds. What it proved is [from, until), None
    where it proves nothing, or nothing yet."""

    pass_id: int
    account_id: int
    name: str
    platform: str
    unit_name: str
    region_name: str
    source: str
    started_at: int
    ended_at: int
    outcome: str
    error_class: str | None
    cause: str
    remedy: str
    pages: int
    items: int
    reread_from: int | None
    proved_from: int | None = None
    proved_until: int | None = None


@dataclass(frozen=True, slots=True)
class Passes:
    """One page of attempts, newest first."""

    total: int
    rows: tuple[PassLine, ...]


@shown(Permission.SEE_COLLECTING)
def platforms(tx: Reading, scope: Scope, now: int) -> tuple[PlatformLine, ...]:
    """Every platform the scope has accounts on, the most affected first."""
    seen = visible(tx, scope, now)
    lines = _by_platform(tx, seen)
    success = _last_success(tx, seen)
    tries = _tries(tx, seen, now)
    found = [_platform(platform, lines, success, tries) for platform in sorted(lines)]
    return tuple(sorted(found, key=lambda each: (-each.affected, -each.failed, each.platform)))


@shown(Permission.SEE_HOME)
def failing(tx: Reading, scope: Scope, now: int) -> tuple[Tries, ...]:
    """The platforms with failures in the last 24 hours, the worst first."""
    tries = _tries(tx, visible(tx, scope, now), now).values()
    return tuple(sorted((each for each in tries if each.failed), key=lambda each: -each.failed))


def _by_platform(tx: Reading, seen: Subquery) -> dict[str, list[Any]]:
    source = func.coalesce(ACCOUNT_DAY.c.source, "")
    undecided = func.coalesce(ACCOUNT_DAY.c.outcome == Outcome.UNDECIDED, False)
    rows = tx.conn.execute(
        select(seen.c.platform, source.label("source"), undecided.label("open"), func.count())
        .select_from(seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id))
        .group_by(seen.c.platform, source, undecided)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.platform, []).append((row.source, bool(row.open), row[3]))
    return found


def _last_success(tx: Reading, seen: Subquery) -> dict[str, int]:
    """Per account its newest complete pass by index, and of those the newest per platform."""
    newest = (
        select(PASS.c.ended_at)
        .where(PASS.c.account_id == seen.c.account_id, PASS.c.outcome == PassOutcome.COMPLETE)
        .order_by(PASS.c.started_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    each = select(seen.c.platform, newest.label("ended_at")).subquery()
    rows = tx.conn.execute(
        select(each.c.platform, func.max(each.c.ended_at)).group_by(each.c.platform)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _tries(tx: Reading, seen: Subquery, now: int) -> dict[str, Tries]:
    """The last 24 hours by platform."""
    failed = PASS.c.outcome != PassOutcome.COMPLETE
    rows = tx.conn.execute(
        select(
            seen.c.platform,
            PASS.c.cause,
            PASS.c.remedy,
            failed.label("failed"),
            func.count(PASS.c.account_id.distinct()).label("accounts"),
        )
        .select_from(seen.join(PASS, PASS.c.account_id == seen.c.account_id))
        .join(ROUTE, ROUTE.c.id == PASS.c.route_id)
        .where(PASS.c.started_at >= now - DAY, PASS.c.started_at <= now)
        .group_by(seen.c.platform, PASS.c.cause, PASS.c.remedy, failed)
        .order_by(func.count(PASS.c.account_id.distinct()).desc(), PASS.c.cause)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.platform, []).append(row)
    return {platform: _summed(platform, tries) for platform, tries in found.items()}


def _summed(platform: str, tries: list[Any]) -> Tries:
    failed = [row for row in tries if row.failed]
    return Tries(
        platform=platform,
        tried=sum(row.accounts for row in tries),
        failed=sum(row.accounts for row in failed),
        cause=failed[0].cause if failed else "",
        remedy=failed[0].remedy if failed else "",
    )


def _platform(
    platform: str, lines: dict[str, list[Any]], success: dict[str, int], tries: dict[str, Tries]
) -> PlatformLine:
    sources: dict[str, int] = {}
    for source, _, accounts in lines[platform]:
        sources[source] = sources.get(source, 0) + accounts
    tried = tries.get(platform, Tries(platform, 0, 0, "", ""))
    return PlatformLine(
        platform=platform,
        accounts=sum(sources.values()),
        sources=sources,
        last_success=success.get(platform),
        tried=tried.tried,
        failed=tried.failed,
        cause=tried.cause,
        remedy=tried.remedy,
        affected=sum(accounts for _, undecided, accounts in lines[platform] if undecided),
    )


@dataclass(frozen=True, slots=True)
class PassesWanted:
    """Which attempts a list is asked for; empty means no condition."""

    platform: str = ""
    failed: bool = False
    account_id: int | None = None
    outcome: str = ""
    named: str = ""


@shown(Permission.SEE_COLLECTING, Permission.SEE_ACCOUNTS)
def passes(
    tx: Reading,
    scope: Scope,
    now: int,
    wanted: PassesWanted,
    *,
    limit: int = 50,
    offset: int = 0,
) -> Passes:
    """A page of at most 200 attempts, newest first: of the last 7 days, of one account 30."""
    seen = visible(tx, scope, now, official=False)
    joined = seen.join(PASS, PASS.c.account_id == seen.c.account_id).join(
        ROUTE, ROUTE.c.id == PASS.c.route_id
    )
    conditions = _wanted(seen, wanted, now)
    counted = select(func.count()).select_from(joined).where(*conditions)
    total = int(tx.conn.execute(counted).scalar_one())
    names = ("started_at", "ended_at", "outcome", "error_class", "cause", "remedy")
    rows = tx.conn.execute(
        select(
            PASS.c.id.label("pass_id"),
            *(seen.c[name] for name in _ACCOUNT),
            ROUTE.c.source,
            *(PASS.c[name] for name in (*names, "pages", "items", "reread_from")),
            CLAIM.c.a.label("proved_from"),
            CLAIM.c.b.label("proved_until"),
        )
        .select_from(joined.outerjoin(CLAIM, _window()))
        .where(*conditions)
        .order_by(PASS.c.started_at.desc(), PASS.c.id.desc())
        .limit(min(limit, 200))
        .offset(offset)
    )
    return Passes(total, tuple(PassLine(**row) for row in rows.mappings()))


def _window() -> ColumnElement[bool]:
    """The one claim of a pass, by the index of its account."""
    return and_(
        CLAIM.c.account_id == PASS.c.account_id,
        CLAIM.c.route_id == PASS.c.route_id,
        CLAIM.c.pass_id == PASS.c.id,
    )


_ACCOUNT: Final = ("account_id", "name", "platform", "unit_name", "region_name")


def _wanted(seen: Subquery, wanted: PassesWanted, now: int) -> list[ColumnElement[bool]]:
    days = 7 if wanted.account_id is None else 30
    conditions = [PASS.c.started_at >= now - days * DAY]
    if wanted.platform:
        conditions.append(seen.c.platform == wanted.platform)
    if wanted.failed:
        conditions.append(PASS.c.outcome != PassOutcome.COMPLETE)
    if wanted.outcome:
        conditions.append(PASS.c.outcome == wanted.outcome)
    if wanted.named:
        conditions.append(seen.c.name.contains(wanted.named, autoescape=True))
    if wanted.account_id is not None:
        conditions.append(seen.c.account_id == wanted.account_id)
    return conditions


@shown(Permission.SEE_COLLECTING)
def completeness(
    tx: Reading, scope: Scope, now: int, *, days: int = 30, limit: int = 50
) -> pd.DataFrame:
    """`account_id`, `name`, `platform`, `day`, `seen` (0..1) of the accounts least looked at."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(seen.c.account_id, seen.c.name, seen.c.platform)
        .join(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.account_id)
        .where(and_(ACCOUNT_DAY.c.outcome != Outcome.NOT_COUNTED, ACCOUNT_DAY.c.coverage_30d < 1))
        .order_by(ACCOUNT_DAY.c.coverage_30d, seen.c.account_id)
        .limit(limit)
    ).all()
    today = shanghai_day(now)
    every = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    ids = [row.account_id for row in rows]
    looked = looks(tx, ids, day_start(every[0]), now)
    return pd.DataFrame(
        [
            (*row, day, share(looked.get(row.account_id, []), day, now))
            for row in rows
            for day in every
        ],
        columns=["account_id", "name", "platform", "day", "seen"],
    )
