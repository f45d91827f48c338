"""Targets: accounts an interface may read, with what the store holds of each already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import bindparam, text

from monitor.domain.account import Kind, State
from monitor.domain.collecting import ErrorClass, Known, Route, Target
from monitor.domain.instants import DAY, OPEN, day_end, day_start, shanghai_day
from monitor.domain.interval import Interval, unite
from monitor.domain.turns import ORDINARY, Waiting, turns
from monitor.record.facts_at import At, fetch, pairs
from monitor.record.store import Reading, Writing

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

SOON: Final = 3 * DAY
"""An account whose limit runs out within so long is read before all others."""

_WAITING: Final = text(f"""
SELECT a.id,
       CASE WHEN f.until > :now THEN 0 WHEN d.overdue_s BETWEEN -{SOON} AND 0 THEN 1
            ELSE {ORDINARY} END AS worth,
       coalesce(seen.b, 0) AS covered, coalesce(tried.at, 0) AS tried
FROM account a
JOIN account_rev r ON r.account_id = a.id AND r.superseded_at = {OPEN} AND r.valid_until = {OPEN}
LEFT JOIN account_day d ON d.account_id = a.id
LEFT JOIN read_first f ON f.account_id = a.id
LEFT JOIN (SELECT c.account_id, max(c.b) AS b FROM coverage c JOIN route t ON t.id = c.route_id
           WHERE t.key = :route GROUP BY c.account_id) AS seen ON seen.account_id = a.id
LEFT JOIN (SELECT p.account_id, max(p.started_at) AS at FROM pass p
           JOIN route t ON t.id = p.route_id
           WHERE t.key = :route AND p.started_at > :now - {LOOKED_BACK}
             AND (p.error_class IS NULL OR p.error_class <> '{ErrorClass.QUOTA.value}')
           GROUP BY p.account_id) AS tried ON tried.account_id = a.id
WHERE a.uid IS NOT NULL AND a.platform = :platform AND r.kind = :kind AND r.state IN :states
""").bindparams(bindparam("states", expanding=True))
"""A look that failed is a look: who cannot be read stands in nobody's way. One that nobody had the
calls for is none, or else the last in the queue would stay the last."""

_ACCOUNTS: Final = f"""
SELECT a.id, a.platform, a.uid, r.name,
       (SELECT max(p.published_until) FROM post p
        WHERE p.account_id = a.id AND p.superseded_at = {OPEN}) AS newest_post
FROM ({{accounts}}) AS w
JOIN account a ON a.id = w.account_id
JOIN account_rev r ON r.account_id = a.id AND r.superseded_at = {OPEN} AND r.valid_until = {OPEN}
"""

_READ_FIRST: Final = text("""
INSERT INTO read_first (account_id, until) VALUES (:account_id, :until)
ON CONFLICT (account_id) DO UPDATE SET until = excluded.until
WHERE read_first.until < excluded.until
""")
_NO_LONGER: Final = text("DELETE FROM read_first WHERE until <= :now")

_COVERED: Final = f"""
SELECT c.account_id, c.a, c.b
FROM (SELECT w.account_id, r.id AS route_id,
             (SELECT max(b) FROM coverage
              WHERE account_id = w.account_id AND route_id = r.id) AS newest
      FROM ({{accounts}}) AS w JOIN route r ON r.key = :route) AS w
JOIN coverage c ON c.account_id = w.account_id AND c.b > w.newest - {LOOKED_BACK}
  AND c.route_id = w.route_id
WHERE NOT EXISTS (SELECT 1 FROM coverage_revocation v WHERE v.coverage_id = c.id)
"""

_MOVING: Final = f"""
SELECT p.account_id, p.published_from, p.published_until
FROM (SELECT w.account_id,
             (SELECT max(b) FROM coverage WHERE account_id = w.account_id) AS newest
      FROM ({{accounts}}) AS w) AS w
JOIN post p ON p.account_id = w.account_id AND p.published_from > w.newest - {LOOKED_BACK}
WHERE p.superseded_at = {OPEN}
  AND NOT EXISTS (SELECT 1 FROM post_obs o
                  WHERE o.key_id = p.key_id AND o.source = :source AND o.final)
"""

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


def order(tx: Reading, route: Route, now: int) -> list[int]:
    """Accounts the route may read at second `now`, the worthiest first: those somebody wants read,
    those whose limit runs out soon, then the longest unread, who have a share of all places
    (domain/turns.py). Official accounts with an id, in a state an interface may read."""
    asked = {
        "platform": route.platform,
        "route": route.key,
        "now": now,
        "kind": Kind.OFFICIAL.value,
        "states": READABLE,
    }
    rows = tx.conn.execute(_WAITING, asked)
    return turns([Waiting(row.id, row.worth, max(row.covered, row.tried)) for row in rows])


def read_first(tx: Writing, account_ids: Iterable[int], until: int) -> None:
    """These accounts are read before all others until a second; a later one stands."""
    rows = [{"account_id": each, "until": until} for each in account_ids]
    if rows:
        tx.conn.execute(_READ_FIRST, rows)
    tx.conn.execute(_NO_LONGER, {"now": tx.second})


def targets(tx: Reading, route: Route, ids: Sequence[int]) -> list[Target]:
    """The accounts in the order given, without their secrets; what is known of each is what this
    route has covered. Ask for a page of them: all of a page is held at once."""
    accounts, keys = At(0, 0, tuple(ids)).accounts(tx)
    by_route = {**keys, "route": route.key}
    covered: dict[int, list[Interval]] = {}
    for key, a, b in fetch(tx, _COVERED.format(accounts=accounts), by_route):
        covered.setdefault(key, []).append((a, b))
    moving: dict[int, set[str]] = {}
    of_source = {**keys, "source": route.source.value}
    for key, first, last in fetch(tx, _MOVING.format(accounts=accounts), of_source):
        days = moving.setdefault(key, set())
        days.update(shanghai_day(at).isoformat() for at in (first, last))
    rows = {row[0]: row for row in fetch(tx, _ACCOUNTS.format(accounts=accounts), keys)}
    known = {
        key: _known(row[4], covered.get(key, []), moving.get(key, set()))
        for key, row in rows.items()
    }
    anchors = _anchors(tx, known)
    return [
        Target(
            key,
            rows[key][1],
            rows[key][2],
            rows[key][3],
            known=replace(known[key], anchor=anchors.get(key)),
        )
        for key in ids
        if key in rows
    ]


def _anchors(tx: Reading, known: Mapping[int, Known]) -> dict[int, int]:
    """The last second of the newest post of each account that stood before its coverage ends."""
    ends = {
        key: OPEN if each.covered_until is None else each.covered_until
        for key, each in known.items()
    }
    accounts, values = pairs(tx, ends)
    return {row[0]: row[1] for row in fetch(tx, _ANCHORS.format(accounts=accounts), values)}


def _known(newest_post: int | None, rows: list[Interval], moving: set[str]) -> Known:
    """What is held already. Reading goes on from the first hole, not from the newest end."""
    stretches = unite(rows)
    if not stretches:
        return Known(newest_post=newest_post)
    return Known(
        covered_until=stretches[0][1],
        newest_post=newest_post,
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
