"""Routes: ways to read accounts of a platform, and how far their word goes, from when on."""

from typing import Final

from sqlalchemy import insert, select

from monitor.domain.collecting import Route
from monitor.domain.instants import HOUR
from monitor.domain.numbers import Provenance
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ROUTE = METADATA.tables["route"]
CEILING = METADATA.tables["route_ceiling"]

UNCALIBRATED: Final = "尚未校准,只作更新的证据"
"""A purchased feed proves no silence before its recall was measured."""


def ensure(tx: Writing, route: Route) -> int:
    """The row of a route, entered where it is new; one that is known keeps what it was."""
    known = tx.conn.execute(select(ROUTE.c.id).where(ROUTE.c.key == route.key)).scalar()
    if known is not None:
        return int(known)
    fresh = enter(
        tx,
        ROUTE,
        key=route.key,
        platform=route.platform,
        source=route.source.value,
        confirm_s=route.confirm_hours * HOUR,
    )
    if route.source is Provenance.PURCHASED:
        set_ceiling(tx, fresh, 0, UNCALIBRATED)
    return fresh


def set_ceiling(
    tx: Writing, route_id: int, ceiling: int, reason: str, by: int | None = None
) -> None:
    """From this stamp on the route's word is worth at most `ceiling` (0: presence only)."""
    tx.conn.execute(
        insert(CEILING).values(
            route_id=route_id, recorded_at=tx.stamp, ceiling=ceiling, reason=reason, by=by
        )
    )


def ceilings(tx: Reading, known_at: int) -> dict[int, int]:
    """The ceiling of each route that had one at `known_at` (microseconds)."""
    rows = tx.conn.execute(
        select(CEILING.c.route_id, CEILING.c.ceiling)
        .where(CEILING.c.recorded_at <= known_at)
        .order_by(CEILING.c.recorded_at)
    )
    return {row.route_id: row.ceiling for row in rows}
