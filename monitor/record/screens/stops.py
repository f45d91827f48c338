"""紧急停发 as every page shows it: what is stopped where, why, by whom and since when."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, literal, or_, select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.domain.unit import Level
from monitor.record.campaign_stops import STOP, Stop, stop_of
from monitor.record.campaigns import CAMPAIGN
from monitor.record.screens.scoping import present, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT_REV: Final = METADATA.tables["unit_rev"]
PERSON: Final = METADATA.tables["person"]
MOST: Final = 20
OFFICES: Final = (Level.PROVINCE, Level.DEPARTMENT, Level.PREFECTURE, Level.COUNTY)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop in force with the names it needs; `title` is '' where everything is stopped."""

    stop: Stop
    title: str
    unit_name: str
    by: str


@shown()
def in_force(tx: Reading, scope: Scope, now: int) -> tuple[Stopped, ...]:
    """The stops that concern a scope, the newest first: those over it and those within it."""
    if scope.empty:
        return ()
    rows = tx.conn.execute(
        select(
            STOP,
            CAMPAIGN.c.title,
            UNIT_REV.c.name.label("unit_name"),
            PERSON.c.name.label("by_name"),
        )
        .select_from(STOP)
        .join(
            UNIT_REV, and_(UNIT_REV.c.unit_id == STOP.c.unit_id, present(UNIT_REV, "unit_id", now))
        )
        .outerjoin(CAMPAIGN, CAMPAIGN.c.id == STOP.c.campaign_id)
        .outerjoin(PERSON, PERSON.c.id == STOP.c.stopped_by)
        .where(STOP.c.lifted_at.is_(None), _concerns(scope))
        .order_by(STOP.c.id.desc())
        .limit(MOST)
    ).mappings()
    return tuple(
        Stopped(stop_of(row), row["title"] or "", row["unit_name"], row["by_name"] or "")
        for row in rows
    )


@shown(Permission.STOP_CAMPAIGN)
def units(tx: Reading, scope: Scope, now: int) -> dict[int, str]:
    """The offices of a scope that something may be stopped in, the highest first, names by id."""
    return offices(tx, scope, now)


@shown(Permission.STOP_CAMPAIGN, Permission.MANAGE_SECRETS)
def offices(tx: Reading, scope: Scope, now: int) -> dict[int, str]:
    """The offices of a scope, stations and teams left out, the highest first, names by id."""
    rows = tx.conn.execute(
        select(UNIT_REV.c.unit_id, UNIT_REV.c.name)
        .where(
            present(UNIT_REV, "unit_id", now),
            within(tx, scope, UNIT_REV.c.path, ()),
            UNIT_REV.c.level.in_([each.value for each in OFFICES]),
        )
        .order_by(func.length(UNIT_REV.c.path), UNIT_REV.c.path)
    )
    return {row.unit_id: row.name for row in rows}


def _concerns(scope: Scope) -> ColumnElement[bool]:
    """Stopped above, at or below one of the scope's units; a line's people see all of them."""
    if scope.lines:
        return literal(value=True)
    above = [
        func.substr(literal(path), 1, func.length(STOP.c.path)) == STOP.c.path
        for path in scope.paths
    ]
    below = [func.substr(STOP.c.path, 1, len(path)) == path for path in scope.paths]
    return or_(*above, *below)
