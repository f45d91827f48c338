"""巡查: which pages to look at next, what that costs, and where the same accounts stand."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Subquery, and_, case, func, or_, select

from monitor.access.declared import shown
from monitor.domain.calendar import Calendar
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, OPEN, day_start, shanghai_day
from monitor.domain.numbers import Provenance
from monitor.domain.patrol import SECONDS_EACH
from monitor.domain.person import Permission
from monitor.domain.rulebook import GONE
from monitor.domain.scope import Scope
from monitor.record import case_looks
from monitor.record.screens.beside import ACCOUNT_DAY, POST, POST_KEY
from monitor.record.screens.scoping import visible
from monitor.record.screens.turn_conditions import whose
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

LOOK: Final = METADATA.tables["look"]
DUE: Final = METADATA.tables["due"]
COVERAGE: Final = METADATA.tables["coverage"]
HOMEPAGE: Final = "主页链接"
MOST: Final = 200
LEAD: Final = 2 * DAY
"""An answer that lapses within so long is worth a look already."""
REST: Final = 5 * DAY
"""Whoever was looked at is left alone so long: nobody is asked to patrol daily."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue: `part` (from 1) of `parts`; `recheck` is 发前复查, which counts in
    working days of `calendar`; empty: any."""

    platform: str = ""
    region: str = ""
    county: str = ""
    recheck: bool = False
    parts: int = 1
    part: int = 1
    whose: int | None = None
    calendar: Calendar = field(default_factory=Calendar)


@dataclass(frozen=True, slots=True)
class Queued:
    """One account to look at. `lapses_at` is when the present answer may change by itself, None
    where there is none; `looked_at` is the newest look of any person; `second_*` what it saw."""

    account_id: int
    platform: str
    uid: str | None
    name: str
    unit_name: str
    region_name: str
    county_name: str
    state: str
    homepage: str
    status: str | None
    outcome: str | None
    source: str | None
    lapses_at: int | None
    looked_at: int | None
    seen: str | None
    empty: bool | None
    second_from: int | None
    second_until: int | None
    last_from: int | None
    last_until: int | None
    last_title: str | None
    last_url: str | None


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue, how many accounts wait in all, and the seconds they cost."""

    total: int
    rows: tuple[Queued, ...]

    @property
    def seconds(self) -> int:
        """What looking at all of them costs."""
        return self.total * SECONDS_EACH


@dataclass(frozen=True, slots=True)
class Share:
    """A place's part of the queue; `county` '' is what hangs on the prefecture itself."""

    region: str
    region_name: str
    county: str
    accounts: int

    @property
    def seconds(self) -> int:
        """What looking at them costs."""
        return self.accounts * SECONDS_EACH


@shown(Permission.PATROL)
def queue(
    tx: Reading,
    scope: Scope,
    now: int,
    asked: Asked = Asked(),  # frozen
    *,
    limit: int = 50,
    offset: int = 0,
) -> Queue:
    """At most 200 accounts, first those whose verdict a look decides soonest."""
    seen = visible(tx, scope, now)
    joined, newest = _joined(seen)
    conditions = _waiting(seen, newest, asked, now)
    if asked.whose is not None:
        conditions.append(whose(tx, seen, now, asked.whose or None))
    counted = select(func.count()).select_from(joined).where(*conditions)
    total = int(tx.conn.execute(counted).scalar_one())
    rows = (
        _columns(seen, newest)
        .select_from(_with_post(joined, seen))
        .where(*conditions)
        .order_by(*_order(seen, asked))
        .limit(min(limit, MOST))
        .offset(offset)
    )
    found = tuple(_queued(dict(row)) for row in tx.conn.execute(rows).mappings())
    return Queue(total, found)


@shown(Permission.PATROL, Permission.SET_UP)
def shares(tx: Reading, scope: Scope, now: int, asked: Asked = Asked()) -> tuple[Share, ...]:
    """The queue by prefecture and county, the largest first."""
    seen = visible(tx, scope, now)
    joined, newest = _joined(seen)
    place = (seen.c.region, seen.c.region_name, seen.c.county_name)
    rows = tx.conn.execute(
        select(*place, func.count())
        .select_from(joined)
        .where(*_waiting(seen, newest, asked, now))
        .group_by(*place)
        .order_by(func.count().desc(), *place)
    )
    return tuple(Share(*row) for row in rows)


@shown(Permission.PATROL)
def looked(tx: Reading, scope: Scope, now: int, since: int) -> int:
    """How many accounts of the scope were looked at by a person from `since` to `now`."""
    seen = visible(tx, scope, now)
    rows = (
        select(func.count(LOOK.c.account_id.distinct()))
        .select_from(seen.join(LOOK, LOOK.c.account_id == seen.c.account_id))
        .where(LOOK.c.looked_from >= since, LOOK.c.looked_from <= now)
    )
    return int(tx.conn.execute(rows).scalar_one())


def _joined(seen: Subquery) -> tuple[FromClause, Any]:
    """Accounts with their day, their due instant and their newest look."""
    look = LOOK.alias("newest_look")
    other = LOOK.alias("other_look")
    newest = (
        select(other.c.id)
        .where(other.c.account_id == seen.c.account_id)
        .order_by(other.c.looked_from.desc(), other.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    joined = (
        seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.account_id)
        .outerjoin(DUE, DUE.c.account_id == seen.c.account_id)
        .outerjoin(look, look.c.id == newest)
    )
    return joined, look


def _with_post(joined: FromClause, seen: Subquery) -> FromClause:
    """And with the newest known post that still stands."""
    other = POST.alias("other_post")
    newest = (
        select(other.c.id)
        .where(
            other.c.account_id == seen.c.account_id,
            other.c.superseded_at == OPEN,
            other.c.deleted_seen_at.is_(None),
        )
        .order_by(other.c.published_from.desc(), other.c.published_until.desc())
        .limit(1)
        .scalar_subquery()
    )
    with_post = joined.outerjoin(POST, POST.c.id == newest)
    return with_post.outerjoin(POST_KEY, POST_KEY.c.id == POST.c.key_id)


def _waiting(seen: Subquery, look: Any, asked: Asked, now: int) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [seen.c.state.not_in([each.value for each in GONE])]
    for column, value in (
        (seen.c.platform, asked.platform),
        (seen.c.region, asked.region),
        (seen.c.county_name, asked.county),
    ):
        if value:
            conditions.append(column == value)
    if asked.parts > 1:
        conditions.append(seen.c.account_id % asked.parts == asked.part - 1)
    if asked.recheck:
        return [*conditions, *_recheck(seen, look, asked.calendar.before(shanghai_day(now)))]
    weekly = and_(*_weekly(look, now))
    return [*conditions, or_(weekly, case_looks.asked_of(seen.c.account_id))]


def _weekly(look: Any, now: int) -> list[ColumnElement[bool]]:
    """Nothing can be told, or not for long; what an interface keeps fresh by itself falls off."""
    day = ACCOUNT_DAY.c
    undecided = or_(day.outcome.is_(None), day.outcome == Outcome.UNDECIDED)
    lapsing = and_(DUE.c.next_at <= now + LEAD, day.source != Provenance.INTERFACE)
    return [
        or_(undecided, and_(day.outcome != Outcome.NOT_COUNTED, lapsing)),
        or_(look.c.id.is_(None), look.c.looked_from < now - REST),
    ]


def _recheck(seen: Subquery, look: Any, day_before: date) -> list[ColumnElement[bool]]:
    """发前复查: something fails, and nobody looked on the working day before or since."""
    since = day_start(day_before)
    day = ACCOUNT_DAY.c
    newer = select(COVERAGE.c.id).where(
        COVERAGE.c.account_id == seen.c.account_id,
        COVERAGE.c.b > since - 4 * DAY,
        COVERAGE.c.looked_at >= since,
    )
    failing = or_(day.outcome == Outcome.FAIL, day.problems != "", day.upper_outcome == "不合格")
    return [
        seen.c.judged_id.is_not(None),
        failing,
        ~newer.exists(),
        or_(look.c.id.is_(None), look.c.looked_from < since),
    ]


def _order(seen: Subquery, asked: Asked) -> list[ColumnElement[Any]]:
    """First those a look decides at once, the longest silent before others; then by when the
    present answer lapses. On WeChat a look sees notified posts only and rarely decides."""
    day = ACCOUNT_DAY.c
    if asked.recheck:
        return [day.silence_min.desc().nulls_last(), seen.c.account_id]
    undecided = case((or_(day.outcome.is_(None), day.outcome == Outcome.UNDECIDED), 0), else_=1)
    decides = case((seen.c.platform == "wechat", 1), else_=0)
    lapse = case((day.outcome == Outcome.UNDECIDED, None), else_=DUE.c.next_at)
    return [
        decides,
        undecided,
        lapse.asc().nulls_first(),
        day.overdue_s.desc().nulls_last(),
        seen.c.key.desc(),
        seen.c.account_id,
    ]


def _columns(seen: Subquery, look: Any) -> Any:
    account = ("account_id", "platform", "uid", "name", "unit_name", "region_name")
    return select(
        *(seen.c[name] for name in (*account, "county_name", "state", "details")),
        *(
            case((seen.c.judged_id.is_not(None), ACCOUNT_DAY.c[name])).label(name)
            for name in ("status", "outcome")
        ),
        ACCOUNT_DAY.c.source,
        DUE.c.next_at.label("lapses_at"),
        look.c.looked_from.label("looked_at"),
        *(look.c[name] for name in ("seen", "empty", "second_from", "second_until")),
        POST.c.published_from.label("last_from"),
        POST.c.published_until.label("last_until"),
        POST_KEY.c.title.label("last_title"),
        POST_KEY.c.url.label("last_url"),
    )


def _queued(row: dict[str, Any]) -> Queued:
    details = row.pop("details") or {}
    if row["lapses_at"] == OPEN:
        row["lapses_at"] = None
    return Queued(homepage=str(details.get(HOMEPAGE) or ""), **row)
