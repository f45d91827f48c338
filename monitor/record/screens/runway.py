"""授权: how long each authorisation lasts, what runs out first on top, and who renews it."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, true

from monitor.access.declared import shown
from monitor.domain.instants import DAY
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.credentials import VALID
from monitor.record.screens.scoping import sees_all, visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

CREDENTIAL: Final = METADATA.tables["credential"]
SOON: Final = 7 * DAY
LAST: Final = 1 << 61
"""Where those stand in the order that never run out."""


@dataclass(frozen=True, slots=True)
class Runway:
    """One authorisation. `account_id` 0 is the application's own, which serves all accounts;
    `expires_at` (seconds) is None where it has no end."""

    reader: str
    account_id: int
    name: str
    platform: str
    unit_name: str
    state: str
    expires_at: int | None


@dataclass(frozen=True, slots=True)
class Runways:
    """One page; `void` no longer hold, `soon` run out within seven days."""

    total: int
    void: int
    soon: int
    rows: tuple[Runway, ...]


@shown(Permission.SEE_COLLECTING)
def runways(
    tx: Reading, scope: Scope, now: int, *, reader: str = "", limit: int = 50, offset: int = 0
) -> Runways:
    """A page of at most 200: the void first, then by what runs out first."""
    found = _within(tx, scope, now)
    wanted = true() if not reader else found.c.reader == reader
    total, void, ending = _counted(tx, scope, now, reader)
    ends = func.coalesce(found.c.expires_at, LAST)
    rows = tx.conn.execute(
        select(found)
        .where(wanted)
        .order_by(case((found.c.state == VALID, 1), else_=0), ends, found.c.name)
        .limit(min(limit, 200))
        .offset(offset)
    )
    return Runways(total, void, ending, tuple(Runway(**row) for row in rows.mappings()))


@shown(Permission.SEE_COLLECTING)
def soon(tx: Reading, scope: Scope, now: int) -> int:
    """How many authorisations of the scope run out within seven days, or hold no longer."""
    _, void, ending = _counted(tx, scope, now)
    return void + ending


def _counted(tx: Reading, scope: Scope, now: int, reader: str = "") -> tuple[int, int, int]:
    """All, the void, and those that run out within a week."""
    valid = CREDENTIAL.c.state == VALID
    ending = and_(valid, CREDENTIAL.c.expires_at < now + SOON)
    counted = select(
        func.count(),
        func.coalesce(func.sum(case((valid, 0), else_=1)), 0),
        func.coalesce(func.sum(case((ending, 1), else_=0)), 0),
    )
    seen = visible(tx, scope, now, official=False)
    mine: ColumnElement[bool] = CREDENTIAL.c.account_id.in_(select(seen.c.account_id))
    if sees_all(tx, scope, now):
        mine = or_(mine, CREDENTIAL.c.account_id == 0)
    if reader:
        mine = and_(mine, CREDENTIAL.c.platform == reader)
    every, void, soonest = tx.conn.execute(counted.where(mine)).one()
    return int(every), int(void), int(soonest)


def _within(tx: Reading, scope: Scope, now: int) -> Subquery:
    """The authorisations of the scope's accounts, and those of all for who sees the whole tree."""
    seen = visible(tx, scope, now, official=False)
    house = CREDENTIAL.c.account_id == 0 if sees_all(tx, scope, now) else None
    mine = seen.c.account_id.is_not(None)
    return (
        select(
            CREDENTIAL.c.platform.label("reader"),
            CREDENTIAL.c.account_id,
            func.coalesce(seen.c.name, "").label("name"),
            func.coalesce(seen.c.platform, "").label("platform"),
            func.coalesce(seen.c.unit_name, "").label("unit_name"),
            CREDENTIAL.c.state,
            CREDENTIAL.c.expires_at,
        )
        .select_from(CREDENTIAL.outerjoin(seen, seen.c.account_id == CREDENTIAL.c.account_id))
        .where(mine if house is None else or_(mine, house))
        .subquery("runway")
    )
