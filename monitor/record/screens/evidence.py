"""账号: the evidence of one account: days looked at, posts, numbers, passes and services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import case, func, select

from monitor.access.declared import shown
from monitor.domain.instants import DAY, OPEN, day_start, shanghai_day
from monitor.domain.interval import Interval, clip, unite
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import may_see
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

COVERAGE: Final = METADATA.tables["coverage"]
REVOKED: Final = METADATA.tables["coverage_revocation"]
CEILING: Final = METADATA.tables["route_ceiling"]
ROUTE: Final = METADATA.tables["route"]
POST: Final = METADATA.tables["post"]
POST_KEY: Final = METADATA.tables["post_key"]
POST_OBS: Final = METADATA.tables["post_obs"]
ACCOUNT_OBS: Final = METADATA.tables["account_obs"]
SERVICE: Final = METADATA.tables["service_check"]
SEES: Final = 1
"""The least grade that shows a day as looked at; presence only (0) does not."""


@dataclass(frozen=True, slots=True)
class SeenWork:
    """A post as its list shows it: times are seconds, numbers None where no source said any."""

    title: str
    url: str
    form: str
    published_from: int
    published_until: int
    deleted: bool
    source: str
    observed_at: int | None
    capped: str
    numbers: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """The newest answer about one function of an account."""

    function: str
    works: bool | None
    measured: bool
    checked_at: int
    detail: str
    source: str


@shown(Permission.SEE_ACCOUNTS)
def calendar(tx: Reading, scope: Scope, now: int, account_id: int, days: int = 182) -> pd.DataFrame:
    """One row per Shanghai day up to today: `day`, `posts`, and `seen`, the share looked at.

    A post dated only to a longer stretch than a day is counted on none. Today's share is of what
    has passed of it.
    """
    columns = ["day", "posts", "seen"]
    if not may_see(tx, scope, now, account_id):
        return pd.DataFrame(columns=columns)
    last = shanghai_day(now)
    first = last - timedelta(days=days - 1)
    posts = _posts_by_day(tx, account_id, day_start(first))
    looked = looks(tx, [account_id], day_start(first), now).get(account_id, [])
    every = [first + timedelta(days=number) for number in range(days)]
    rows = [(day, posts.get(day, 0), share(looked, day, now)) for day in every]
    return pd.DataFrame(rows, columns=columns)


@shown(Permission.SEE_ACCOUNTS)
def looks(
    tx: Reading, account_ids: Sequence[int], since: int, until: int
) -> dict[int, list[Interval]]:
    """Where each account's publishing time was looked at in [since, until), united."""
    newest = (
        select(CEILING.c.ceiling)
        .where(CEILING.c.route_id == COVERAGE.c.route_id)
        .order_by(CEILING.c.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    grade = case((newest < COVERAGE.c.grade, newest), else_=COVERAGE.c.grade)
    rows = tx.conn.execute(
        select(COVERAGE.c.account_id, COVERAGE.c.a, COVERAGE.c.b)
        .outerjoin(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
        .where(
            COVERAGE.c.account_id.in_(account_ids),
            COVERAGE.c.b > since,
            COVERAGE.c.a < until,
            REVOKED.c.coverage_id.is_(None),
            grade >= SEES,
        )
    )
    parts: dict[int, list[Interval]] = {}
    for row in rows:
        parts.setdefault(row.account_id, []).append((max(row.a, since), min(row.b, until)))
    return {account_id: unite(found) for account_id, found in parts.items()}


def share(looked: Sequence[Interval], day: date, now: int) -> float:
    """How much of a day (of today: of what has passed) lies in disjoint intervals, 0..1."""
    start = day_start(day)
    end = min(start + DAY, now)
    if end <= start:
        return 0.0
    return sum(b - a for a, b in clip(looked, start, end)) / (end - start)


def _posts_by_day(tx: Reading, account_id: int, since: int) -> dict[date, int]:
    rows = tx.conn.execute(
        select(POST.c.published_from, POST.c.published_until).where(
            POST.c.account_id == account_id,
            POST.c.superseded_at == OPEN,
            POST.c.published_from >= since,
        )
    )
    counted: dict[date, int] = {}
    for row in rows:
        day = shanghai_day(row.published_from)
        if day == shanghai_day(row.published_until):
            counted[day] = counted.get(day, 0) + 1
    return counted


@shown(Permission.SEE_ACCOUNTS)
def numbers(tx: Reading, scope: Scope, now: int, account_id: int, days: int = 182) -> pd.DataFrame:
    """Numbers of the account by day, source and basis; followers and readers are people."""
    names = ["observed_at", "basis", "source", "final", "followers", "readers", "reads", "plays"]
    if not may_see(tx, scope, now, account_id):
        return pd.DataFrame(columns=names)
    rows = tx.conn.execute(
        select(*(ACCOUNT_OBS.c[name] for name in names))
        .where(
            ACCOUNT_OBS.c.account_id == account_id, ACCOUNT_OBS.c.observed_at >= now - days * DAY
        )
        .order_by(ACCOUNT_OBS.c.observed_at, ACCOUNT_OBS.c.recorded_at)
    )
    return pd.DataFrame(rows.all(), columns=names, dtype=object)


@shown(Permission.SEE_ACCOUNTS)
def works(
    tx: Reading, scope: Scope, now: int, account_id: int, *, limit: int = 20
) -> tuple[SeenWork, ...]:
    """The newest posts with the newest numbers known of each."""
    if not may_see(tx, scope, now, account_id):
        return ()
    rows = tx.conn.execute(
        select(POST, POST_KEY.c.title, POST_KEY.c.url, POST_KEY.c.form)
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .where(POST.c.account_id == account_id, POST.c.superseded_at == OPEN)
        .order_by(POST.c.published_from.desc())
        .limit(min(limit, 200))
    ).mappings()
    found = [dict(row) for row in rows]
    measured = _measured(tx, [row["key_id"] for row in found])
    return tuple(_work(row, measured.get(row["key_id"])) for row in found)


_NUMBERS: Final = ("reads", "readers", "plays", "likes", "recommends", "comments", "shares")


def _measured(tx: Reading, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = tx.conn.execute(
        select(POST_OBS)
        .where(POST_OBS.c.key_id.in_(keys))
        .order_by(POST_OBS.c.observed_at, POST_OBS.c.recorded_at)
    )
    return {row["key_id"]: dict(row) for row in rows.mappings()}


def _work(row: dict[str, Any], measured: dict[str, Any] | None) -> SeenWork:
    known = measured or {}
    return SeenWork(
        title=row["title"],
        url=row["url"],
        form=row["form"],
        published_from=row["published_from"],
        published_until=row["published_until"],
        deleted=row["deleted_seen_at"] is not None,
        source=row["source"],
        observed_at=known.get("observed_at"),
        capped=known.get("capped", ""),
        numbers={name: known.get(name) for name in _NUMBERS},
    )


@shown(Permission.SEE_ACCOUNTS)
def services(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Checked, ...]:
    """The newest answer about each function."""
    if not may_see(tx, scope, now, account_id):
        return ()
    place = (
        func.row_number()
        .over(
            partition_by=SERVICE.c.function,
            order_by=(SERVICE.c.checked_at.desc(), SERVICE.c.recorded_at.desc()),
        )
        .label("place")
    )
    ranked = select(SERVICE, place).where(SERVICE.c.account_id == account_id).subquery()
    rows = tx.conn.execute(
        select(ranked).where(ranked.c.place == 1).order_by(ranked.c.function)
    ).mappings()
    return tuple(Checked(**{name: row[name] for name in _CHECKED}) for row in rows)


_CHECKED: Final = ("function", "works", "measured", "checked_at", "detail", "source")
