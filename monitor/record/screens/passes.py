"""采集轮次: each attempt to read an account, what it proves or why it failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select

from monitor.access.declared import shown
from monitor.domain.collecting import PassOutcome
from monitor.domain.instants import DAY
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import ACCOUNT, visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PASS: Final = METADATA.tables["pass"]
ROUTE: Final = METADATA.tables["route"]
CLAIM: Final = METADATA.tables["coverage_proposal"]
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class PassesWanted:
    """Which attempts a list is asked for; empty means no condition."""

    platform: str = ""
    failed: bool = False
    account_id: int | None = None
    outcome: str = ""
    named: str = ""


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
    mine = _wanted(tx, scope, wanted, now)
    counted = select(func.count()).select_from(PASS).where(*mine)
    page = (
        select(PASS.c.id, PASS.c.account_id)
        .where(*mine)
        .order_by(PASS.c.started_at.desc(), PASS.c.id.desc())
        .limit(min(limit, MOST))
        .offset(offset)
    )
    found = tx.conn.execute(page).all()
    return Passes(int(tx.conn.execute(counted).scalar_one()), _told(tx, scope, now, found))


def _told(tx: Reading, scope: Scope, now: int, found: Sequence[Any]) -> tuple[PassLine, ...]:
    """Everything of the few attempts of one page: looked up only once it is known which."""
    accounts = {row.account_id for row in found}
    seen = visible(tx, scope, now, ACCOUNT.c.id.in_(accounts), official=False)
    joined = seen.join(PASS, PASS.c.account_id == seen.c.account_id).join(
        ROUTE, ROUTE.c.id == PASS.c.route_id
    )
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
        .where(PASS.c.id.in_([row.id for row in found]))
        .order_by(PASS.c.started_at.desc(), PASS.c.id.desc())
    )
    return tuple(PassLine(**row) for row in rows.mappings())


def _window() -> ColumnElement[bool]:
    """The one claim of a pass, by the index of its account."""
    return and_(
        CLAIM.c.account_id == PASS.c.account_id,
        CLAIM.c.route_id == PASS.c.route_id,
        CLAIM.c.pass_id == PASS.c.id,
    )


_ACCOUNT: Final = ("account_id", "name", "platform", "unit_name", "region_name")


def _wanted(tx: Reading, scope: Scope, wanted: PassesWanted, now: int) -> list[ColumnElement[bool]]:
    """Conditions on attempts alone: whose they are is a set of accounts, gone through by index."""
    seen = visible(tx, scope, now, official=False)
    mine = select(seen.c.account_id)
    if wanted.platform:
        mine = mine.where(seen.c.platform == wanted.platform)
    if wanted.named:
        mine = mine.where(seen.c.name.contains(wanted.named, autoescape=True))
    if wanted.account_id is not None:
        mine = mine.where(seen.c.account_id == wanted.account_id)
    days = 7 if wanted.account_id is None else 30
    conditions = [PASS.c.account_id.in_(mine), PASS.c.started_at >= now - days * DAY]
    if wanted.failed:
        conditions.append(PASS.c.outcome != PassOutcome.COMPLETE)
    if wanted.outcome:
        conditions.append(PASS.c.outcome == wanted.outcome)
    return conditions
