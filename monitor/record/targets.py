"""Targets: accounts an interface may read, with what the store holds of each already."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, text

from monitor.domain.account import Kind, State
from monitor.domain.collecting import Known, Route, Target
from monitor.domain.instants import DAY, OPEN, day_end, day_start, shanghai_day
from monitor.domain.interval import Interval, unite
from monitor.record.facts_at import fetch, pairs
from monitor.record.store import Reading

READABLE: Final = (
    State.ACTIVE.value,
    State.PAUSED.value,
    State.CLOSING.value,
    State.ANNOUNCED.value,
    State.LOST.value,
    State.UNCHECKED.value,
)
LOOKED_BACK: Final = 62 * DAY
"""How far behind the newest coverage a hole is still worth reading again."""

_ACCOUNTS: Final = text(f"""
SELECT a.id, a.platform, a.uid, r.name,
       (SELECT max(p.published_until) FROM post p
        WHERE p.account_id = a.id AND p.superseded_at = {OPEN}) AS newest_post
FROM account a
JOIN account_rev r ON r.account_id = a.id AND r.superseded_at = {OPEN} AND r.valid_until = {OPEN}
WHERE a.uid IS NOT NULL AND r.kind = :kind AND r.state IN :states AND a.platform = :platform
  AND (CAST(:account_id AS BIGINT) IS NULL OR a.id = :account_id)
ORDER BY a.id
""").bindparams(bindparam("states", expanding=True))

_COVERED: Final = text(f"""
SELECT c.account_id, c.a, c.b
FROM (SELECT a.id AS account_id,
             (SELECT max(b) FROM coverage WHERE account_id = a.id AND route_id = r.id) AS newest,
             r.id AS route_id
      FROM route r JOIN account a ON a.platform = r.platform
      WHERE r.key = :route
        AND (CAST(:account_id AS BIGINT) IS NULL OR a.id = :account_id)) AS w
JOIN coverage c ON c.account_id = w.account_id AND c.b > w.newest - {LOOKED_BACK}
  AND c.route_id = w.route_id
WHERE NOT EXISTS (SELECT 1 FROM coverage_revocation v WHERE v.coverage_id = c.id)
""")

_MOVING: Final = text(f"""
SELECT p.account_id, p.published_from, p.published_until
FROM (SELECT a.id AS account_id, (SELECT max(b) FROM coverage WHERE account_id = a.id) AS newest
      FROM account a
      WHERE (CAST(:account_id AS BIGINT) IS NULL OR a.id = :account_id)
        AND a.platform = :platform) AS w
JOIN post p ON p.account_id = w.account_id AND p.published_from > w.newest - {LOOKED_BACK}
WHERE p.superseded_at = {OPEN}
  AND NOT EXISTS (SELECT 1 FROM post_obs o
                  WHERE o.key_id = p.key_id AND o.source = :source AND o.final)
""")

_ANCHORS: Final = f"""
SELECT account_id, anchor FROM (
  SELECT w.account_id,
         (SELECT p.published_until FROM post p
          WHERE p.account_id = w.account_id AND p.superseded_at = {OPEN}
            AND p.deleted_seen_at IS NULL AND p.published_from < w.low
          ORDER BY p.published_from DESC LIMIT 1) AS anchor
  FROM ({{accounts}}) AS w) AS found
WHERE anchor IS NOT NULL
"""


def targets(tx: Reading, route: Route, account_id: int | None = None) -> list[Target]:
    """Official accounts of the route's platform with an id, in a state an interface may read,
    without their secrets; what is known of each is what this route has covered."""
    asked = {"platform": route.platform, "account_id": account_id}
    by_route = asked | {"source": route.source.value, "route": route.key}
    covered: dict[int, list[Interval]] = {}
    for row in tx.conn.execute(_COVERED, by_route):
        covered.setdefault(row.account_id, []).append((row.a, row.b))
    moving: dict[int, set[str]] = {}
    for row in tx.conn.execute(_MOVING, by_route):
        days = moving.setdefault(row.account_id, set())
        days.update(shanghai_day(at).isoformat() for at in (row[1], row[2]))
    found = tx.conn.execute(_ACCOUNTS, asked | {"kind": Kind.OFFICIAL.value, "states": READABLE})
    rows = found.mappings().all()
    known = {row["id"]: _known(row, covered.get(row["id"], []), moving) for row in rows}
    anchors = _anchors(tx, known)
    return [
        Target(
            account_id=row["id"],
            platform=row["platform"],
            uid=row["uid"],
            name=row["name"],
            known=replace(known[row["id"]], anchor=anchors.get(row["id"])),
        )
        for row in rows
    ]


def _anchors(tx: Reading, known: Mapping[int, Known]) -> dict[int, int]:
    """The last second of the newest post of each account that stood before its coverage ends."""
    ends = {
        key: OPEN if each.covered_until is None else each.covered_until
        for key, each in known.items()
    }
    accounts, values = pairs(tx, ends)
    return {row[0]: row[1] for row in fetch(tx, _ANCHORS.format(accounts=accounts), values)}


def _known(
    row: Mapping[Any, Any], rows: list[Interval], moving_days: Mapping[int, set[str]]
) -> Known:
    """What is held already. Reading goes on from the first hole, not from the newest end."""
    moving = moving_days.get(row["id"], set())
    stretches = unite(rows)
    if not stretches:
        return Known(newest_post=row["newest_post"])
    return Known(
        covered_until=stretches[0][1],
        newest_post=row["newest_post"],
        final_days=frozenset(_whole_days(stretches) - moving),
    )


def _whole_days(stretches: list[Interval]) -> set[str]:
    """Shanghai days wholly inside the stretches, as ISO dates, of the time that is looked back."""
    newest = stretches[-1][1]
    days: set[str] = set()
    for a, b in stretches:
        at = max(a, newest - LOOKED_BACK)
        while at < b:
            day = shanghai_day(at)
            if day_start(day) >= a and day_end(day) < b:
                days.add(day.isoformat())
            at = day_end(day) + 1
    return days
