"""采集: what each route's word is worth today, and what it was last measured by."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Subquery, Table, func, select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ROUTE: Final = METADATA.tables["route"]
CEILING: Final = METADATA.tables["route_ceiling"]
CALIBRATION: Final = METADATA.tables["calibration"]


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One route. `ceiling` is None where nothing ever lowered it; `known` and `found` are of the
    newest measurement, `measured_until` the end of its window in seconds, None where none was."""

    key: str
    platform: str
    source: str
    ceiling: int | None
    reason: str
    known: int | None
    found: int | None
    measured_until: int | None


@shown(Permission.SEE_COLLECTING, Permission.SEE_ACCOUNTS)
def grades(tx: Reading, scope: Scope) -> tuple[RouteLine, ...]:
    """All routes by key, for everybody who sees any account: trust is no secret of the house."""
    if scope.empty:
        return ()
    ceiling = _newest(CEILING)
    measured = _newest(CALIBRATION)
    rows = tx.conn.execute(
        select(
            *(ROUTE.c[name] for name in ("key", "platform", "source")),
            ceiling.c.ceiling,
            func.coalesce(ceiling.c.reason, "").label("reason"),
            *(measured.c[name] for name in ("known", "found")),
            measured.c.until.label("measured_until"),
        )
        .select_from(ROUTE)
        .outerjoin(ceiling, ceiling.c.route_id == ROUTE.c.id)
        .outerjoin(measured, measured.c.route_id == ROUTE.c.id)
        .order_by(ROUTE.c.key)
    )
    return tuple(RouteLine(**row) for row in rows.mappings())


def _newest(table: Table) -> Subquery:
    """The last row of each route."""
    last = (
        select(table.c.route_id, func.max(table.c.recorded_at).label("at"))
        .group_by(table.c.route_id)
        .subquery()
    )
    return (
        select(table)
        .join(last, (last.c.route_id == table.c.route_id) & (last.c.at == table.c.recorded_at))
        .subquery()
    )
