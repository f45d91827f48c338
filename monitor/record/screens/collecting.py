"""采集: platforms, what failed, why, who can mend it, and how complete the looks are."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import Subquery, and_, case, exists, func, select

from monitor.access.declared import shown
from monitor.domain.collecting import PassOutcome
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.numbers import Provenance
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.evidence import looks, share
from monitor.record.screens.listing import ACCOUNT_DAY
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PASS: Final = METADATA.tables["pass"]
LOOK: Final = METADATA.tables["look"]
AUTOMATIC: Final = (Provenance.INTERFACE, Provenance.EXPORT, Provenance.PURCHASED)


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """One platform within the scope.

    `sources` counts accounts by where their best evidence comes from ('' is none);
    `last_success` is in seconds; `failed` and `tried` count the accounts of the last 24 hours;
    `affected` are the accounts of which nothing can be told. `by_eye` have no automatic source:
    a person looked at `patrolled` of them within seven days.
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
    by_eye: int
    patrolled: int


@dataclass(frozen=True, slots=True)
class Tries:
    """Accounts of one platform tried and failed in the last 24 hours, the commonest cause, and
    when the last attempt of that day ended that was complete (seconds)."""

    platform: str
    tried: int
    failed: int
    cause: str
    remedy: str
    last_success: int | None = None


@shown(Permission.SEE_COLLECTING)
def platforms(tx: Reading, scope: Scope, now: int) -> tuple[PlatformLine, ...]:
    """Every platform the scope has accounts on, the most affected first."""
    seen = visible(tx, scope, now)
    lines = _by_platform(tx, seen, now)
    tries = _tries(tx, seen, now)
    success = {key: each.last_success for key, each in tries.items() if each.last_success}
    if quiet := lines.keys() - success:
        success |= _last_success(tx, seen, sorted(quiet))
    found = [_platform(platform, lines, success, tries) for platform in sorted(lines)]
    return tuple(sorted(found, key=lambda each: (-each.affected, -each.failed, each.platform)))


@shown(Permission.SEE_HOME)
def failing(tx: Reading, scope: Scope, now: int) -> tuple[Tries, ...]:
    """The platforms with failures in the last 24 hours, the worst first."""
    tries = _tries(tx, visible(tx, scope, now), now).values()
    return tuple(sorted((each for each in tries if each.failed), key=lambda each: -each.failed))


@dataclass(frozen=True, slots=True)
class _Alike:
    """Accounts of a platform with the same source: how many, of how many nothing can be told, at
    how many a person looked within seven days (counted where there is no automatic source)."""

    source: str
    undecided: bool
    accounts: int
    looked: int

    @property
    def by_eye(self) -> int:
        """Those that need a person's eyes."""
        return 0 if self.source in AUTOMATIC else self.accounts


def _by_platform(tx: Reading, seen: Subquery, now: int) -> dict[str, list[_Alike]]:
    source = func.coalesce(ACCOUNT_DAY.c.source, "")
    undecided = func.coalesce(ACCOUNT_DAY.c.outcome == Outcome.UNDECIDED, False)
    lately = exists().where(
        LOOK.c.account_id == seen.c.account_id, LOOK.c.looked_from >= now - 7 * DAY
    )
    looked = func.sum(case((and_(source.not_in(AUTOMATIC), lately), 1), else_=0))
    rows = tx.conn.execute(
        select(seen.c.platform, source, undecided, func.count(), looked)
        .select_from(seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id))
        .group_by(seen.c.platform, source, undecided)
    )
    found: dict[str, list[_Alike]] = {}
    for platform, *told in rows:
        found.setdefault(platform, []).append(_Alike(told[0], bool(told[1]), told[2], told[3]))
    return found


def _last_success(tx: Reading, seen: Subquery, quiet: list[str]) -> dict[str, int]:
    """Of platforms without a success in the last day: per account its newest complete pass by
    index, and of those the newest per platform."""
    newest = (
        select(PASS.c.ended_at)
        .where(PASS.c.account_id == seen.c.account_id, PASS.c.outcome == PassOutcome.COMPLETE)
        .order_by(PASS.c.started_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    asked = select(seen.c.platform, newest.label("ended_at")).where(seen.c.platform.in_(quiet))
    each = asked.subquery()
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
            func.max(PASS.c.ended_at).label("ended_at"),
        )
        .select_from(seen.join(PASS, PASS.c.account_id == seen.c.account_id))
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
    complete = [row.ended_at for row in tries if not row.failed]
    return Tries(
        platform=platform,
        tried=sum(row.accounts for row in tries),
        failed=sum(row.accounts for row in failed),
        cause=failed[0].cause if failed else "",
        remedy=failed[0].remedy if failed else "",
        last_success=max(complete, default=None),
    )


def _platform(
    platform: str, lines: dict[str, list[_Alike]], success: dict[str, int], tries: dict[str, Tries]
) -> PlatformLine:
    sources: dict[str, int] = {}
    for each in lines[platform]:
        sources[each.source] = sources.get(each.source, 0) + each.accounts
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
        affected=sum(each.accounts for each in lines[platform] if each.undecided),
        by_eye=sum(each.by_eye for each in lines[platform]),
        patrolled=sum(each.looked for each in lines[platform]),
    )


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
