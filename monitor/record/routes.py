"""Routes: ways to read accounts of a platform, and how far their word goes, from when on."""

from typing import Final

from sqlalchemy import insert, select

from monitor.domain.collecting import Route
from monitor.domain.errors import Conflict
from monitor.domain.instants import HOUR
from monitor.domain.numbers import Provenance
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ROUTE = METADATA.tables["route"]
CEILING = METADATA.tables["route_ceiling"]

UNCALIBRATED: Final = "尚未校准,只作更新的证据"
"""A purchased feed proves no silence before its recall was measured."""
SUSPENDED: Final = "漏采作品超过千分之一且不少于3条,自动暂停采信,待人工核查"
HIGHEST: Final = 4
"""The best grade there is: an interface, or a complete export."""


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


def known(tx: Reading, key: str) -> bool:
    """Whether there is such a route."""
    return tx.conn.execute(select(ROUTE.c.id).where(ROUTE.c.key == key)).first() is not None


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


def restore(tx: Writing, key: str, reason: str, by: int | None) -> int:
    """A suspended route is worth again what it was before; its ceiling from now on. Conflict where
    it is not suspended: a calibration alone raises what a calibration lowered."""
    rows = tx.conn.execute(
        select(ROUTE.c.id, CEILING.c.ceiling, CEILING.c.reason)
        .join(CEILING, CEILING.c.route_id == ROUTE.c.id)
        .where(ROUTE.c.key == key)
        .order_by(CEILING.c.recorded_at.desc())
        .limit(2)
    ).all()
    if not rows or rows[0].reason != SUSPENDED:
        raise Conflict("这条采集路线没有被自动暂停,或已由他人恢复", "", "请刷新页面查看")
    before = rows[1].ceiling if len(rows) > 1 else HIGHEST
    set_ceiling(tx, rows[0].id, before, reason, by)
    return int(before)
