"""Calibrations: what a route is measured by, and the dated ceilings that follow from it."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, text

from monitor.domain.instants import OPEN
from monitor.domain.numbers import Provenance
from monitor.record import routes
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ROUTE = METADATA.tables["route"]
CALIBRATION = METADATA.tables["calibration"]

SURE: Final = (
    Provenance.INTERFACE,
    Provenance.EXPORT,
    Provenance.PATROL,
    Provenance.MANUAL,
)
"""Sources whose word that a post is there is taken without another."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement as it is kept; `since` and `until` bound publishing time in seconds."""

    since: int
    until: int
    known: int
    found: int
    ceiling: int
    reason: str


def find_route(tx: Reading, key: str) -> tuple[int, Provenance] | None:
    """The route called `platform/name`, and what kind of source it is."""
    row = tx.conn.execute(select(ROUTE.c.id, ROUTE.c.source).where(ROUTE.c.key == key)).first()
    return None if row is None else (row.id, Provenance(row.source))


def keys(tx: Reading, source: Provenance) -> tuple[str, ...]:
    """The routes of one kind of source, by key."""
    same = select(ROUTE.c.key).where(ROUTE.c.source == source.value).order_by(ROUTE.c.key)
    return tuple(tx.conn.execute(same).scalars())


def count(tx: Reading, route_id: int, since: int, until: int) -> tuple[int, int]:
    """(known, found): posts of [since, until) other sources are sure of, and those seen here.

    Only accounts the route has read or brought a file of count. A post is seen where the route's
    source gave it a time or numbers; posts first known as deleted may have gone before it looked.
    """
    sure = {f"sure{n}": each.value for n, each in enumerate(SURE)}
    at = {"route_id": route_id, "since": since, "until": until}
    row = tx.conn.execute(_COUNT, at | sure).one()
    return int(row.known), int(row.found or 0)


def add(tx: Writing, route_id: int, measured: Measured, by: int | None = None) -> None:
    """Keep a measurement, and let the route's word be worth no more from this stamp on."""
    enter(
        tx,
        CALIBRATION,
        route_id=route_id,
        since=measured.since,
        until=measured.until,
        known=measured.known,
        found=measured.found,
        ceiling=measured.ceiling,
        reason=measured.reason,
        recorded_at=tx.stamp,
        by=by,
    )
    routes.set_ceiling(tx, route_id, measured.ceiling, measured.reason, by)


_SURE: Final = ", ".join(f":sure{n}" for n in range(len(SURE)))

_COUNT: Final = text(f"""
WITH route_of AS (SELECT id, source FROM route WHERE id = :route_id),
read_here AS (
  SELECT account_id FROM pass WHERE route_id = :route_id
  UNION SELECT account_id FROM coverage WHERE route_id = :route_id),
known AS (
  SELECT DISTINCT p.key_id
  FROM post p JOIN read_here r ON r.account_id = p.account_id
  WHERE p.superseded_at = {OPEN} AND p.deleted_seen_at IS NULL
    AND p.published_from >= :since AND p.published_until < :until
    AND (EXISTS (SELECT 1 FROM post q WHERE q.key_id = p.key_id AND q.source IN ({_SURE}))
      OR EXISTS (SELECT 1 FROM post_obs o WHERE o.key_id = p.key_id AND o.source IN ({_SURE}))))
SELECT count(*) AS known,
  sum(CASE WHEN EXISTS (SELECT 1 FROM post q, route_of r
                        WHERE q.key_id = k.key_id AND q.source = r.source)
        OR EXISTS (SELECT 1 FROM post_obs o, route_of r
                   WHERE o.key_id = k.key_id AND o.source = r.source)
      THEN 1 ELSE 0 END) AS found
FROM known k
""")
"""Numbers are kept by source, so that a later sighting of a known post leaves its trace."""
