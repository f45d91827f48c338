"""紧急停发: what is stopped, within which units, on which platform, and who lifted it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from monitor.record import sendings
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

STOP: Final = METADATA.tables["campaign_stop"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop: of one campaign (None: all), within a unit's path, on one platform ('': all)."""

    campaign_id: int | None
    unit_id: int
    path: str
    platform: str
    reason: str
    by: int
    id: int = 0
    version: int = 0
    at: int = 0
    lifted_at: int | None = None


def enter_stop(tx: Writing, stop: Stop) -> int:
    """Put a stop in force; its id."""
    return enter(
        tx,
        STOP,
        campaign_id=stop.campaign_id,
        unit_id=stop.unit_id,
        path=stop.path,
        platform=stop.platform,
        reason=stop.reason,
        stopped_at=tx.second,
        stopped_by=stop.by,
        lift_words="",
        version=0,
        recorded_at=tx.stamp,
    )


def lift(tx: Writing, stop: Stop, by: int, words: str) -> bool:
    """Lift a stop; False where somebody did already."""
    return sendings.swap(
        tx,
        STOP,
        stop.id,
        stop.version,
        lifted_at=tx.second,
        lifted_by=by,
        lift_words=words,
        recorded_at=tx.stamp,
    )


def get(tx: Reading, stop_id: int) -> Stop | None:
    """One stop as it stands."""
    row = tx.conn.execute(select(STOP).where(STOP.c.id == stop_id)).mappings().first()
    return None if row is None else stop_of(row)


def in_force(tx: Reading) -> list[Stop]:
    """All stops that nobody lifted yet, the newest first."""
    rows = select(STOP).where(STOP.c.lifted_at.is_(None)).order_by(STOP.c.id.desc())
    return [stop_of(row) for row in tx.conn.execute(rows).mappings()]


def covers_campaign(stop: Stop, campaign_id: int, desk_path: str) -> bool:
    """Whether a stop covers all of a campaign run by the office at a path."""
    whose = stop.campaign_id in (None, campaign_id)
    return whose and not stop.platform and desk_path.startswith(stop.path)


def covering(
    campaign: ColumnElement[Any], path: ColumnElement[Any], platform: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether a stop covers the task of an account on a platform, of the unit at a path: a
    condition on columns, for a query over many."""
    inside = func.substr(path, 1, func.length(STOP.c.path)) == STOP.c.path
    return (
        select(STOP.c.id)
        .where(
            STOP.c.lifted_at.is_(None),
            or_(STOP.c.campaign_id.is_(None), STOP.c.campaign_id == campaign),
            and_(inside, or_(STOP.c.platform == "", STOP.c.platform == platform)),
        )
        .exists()
    )


def stop_of(row: Mapping[Any, Any]) -> Stop:
    """A stop out of its row."""
    return Stop(
        campaign_id=row["campaign_id"],
        unit_id=row["unit_id"],
        path=row["path"],
        platform=row["platform"],
        reason=row["reason"],
        by=row["stopped_by"],
        id=row["id"],
        version=row["version"],
        at=row["stopped_at"],
        lifted_at=row["lifted_at"],
    )
