"""群机器人: the robots of a scope without their addresses, and the units that may have one."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import present, within
from monitor.record.screens.stops import offices
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ROBOT: Final = METADATA.tables["robot"]
UNIT_REV: Final = METADATA.tables["unit_rev"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One robot: whose group, which sort, the end of its address, and its last trial."""

    id: int
    unit_name: str
    channel: str
    name: str
    hint: str
    tried_at: int | None
    tried: str


@shown(Permission.MANAGE_SECRETS)
def listing(tx: Reading, scope: Scope, now: int) -> tuple[Listed, ...]:
    """All robots of the scope's units, by unit."""
    names = ("id", "channel", "name", "hint", "tried_at", "tried")
    rows = tx.conn.execute(
        select(*(ROBOT.c[each] for each in names), UNIT_REV.c.name.label("unit_name"))
        .select_from(ROBOT)
        .join(UNIT_REV, UNIT_REV.c.unit_id == ROBOT.c.unit_id)
        .where(present(UNIT_REV, "unit_id", now), within(tx, scope, UNIT_REV.c.path, ()))
        .order_by(UNIT_REV.c.path, ROBOT.c.id)
    ).mappings()
    return tuple(Listed(**row) for row in rows)


@shown(Permission.MANAGE_SECRETS)
def units(tx: Reading, scope: Scope, now: int) -> dict[int, str]:
    """The offices of a scope, the highest first, names by id."""
    return offices(tx, scope, now)
