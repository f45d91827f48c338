"""暂缓认定: too many live accounts of one route failing at once are held for a person to look.

It changes no fact and no finding: a held finding stands, and nobody is told of it until a person
releases the incident.
"""

from typing import Final

from sqlalchemy import text

from monitor.domain.finding import Outcome
from monitor.domain.incident import LEAST, IncidentKind
from monitor.domain.instants import DAY, OPEN
from monitor.record import incidents
from monitor.record.incidents import Trouble
from monitor.record.store import Writing

PART: Final = 10
"""One in so many of a route's live accounts failing within a day is too many."""
LIVE: Final = 7 * DAY
"""An account read within so long is live."""

_FAILING: Final = """
SELECT n.route_id, f.id, f.account_id
FROM finding f
JOIN change c ON c.finding_id = f.id AND c.before IN (:ok, :hint)
JOIN (SELECT account_id, max(b) AS b FROM coverage GROUP BY account_id) AS w
  ON w.account_id = f.account_id
JOIN (SELECT account_id, b, max(route_id) AS route_id FROM coverage GROUP BY account_id, b) AS n
  ON n.account_id = f.account_id AND n.b = w.b
WHERE f.superseded_at = {OPEN} AND f.outcome = :fail AND f.rule = '更新'
  AND f.recorded_at > :since_us
  AND f.recorded_at > 1000000 * coalesce(
    (SELECT max(z.released_at) FROM incident z
     WHERE z.route_id = n.route_id AND z.kind = :kind AND z.released_at < {OPEN}), 0)
"""
_COUNT: Final = text(f"""
SELECT t.route_id, count(DISTINCT t.account_id) AS failing,
       (SELECT count(DISTINCT p.account_id) FROM pass p
        WHERE p.route_id = t.route_id AND p.ended_at > :live) AS live,
       max(CASE WHEN i.id IS NULL THEN 0 ELSE 1 END) AS held
FROM ({_FAILING.format(OPEN=OPEN)}) AS t
LEFT JOIN incident i ON i.route_id = t.route_id AND i.kind = :kind AND i.released_at = {OPEN}
GROUP BY t.route_id
""")
_HOLD: Final = text(f"""
UPDATE finding SET held = :yes WHERE id IN (
  SELECT t.id FROM ({_FAILING.format(OPEN=OPEN)}) AS t WHERE t.route_id = :route_id)
""")
REMEDY: Final = "请在「采集-异常」核对该平台近期采集是否可靠;确认无误后解除,相关问题即生效"


def hold(tx: Writing) -> int:
    """Hold the new failing findings of every route where they are too many; how many routes."""
    asked = {
        "ok": Outcome.OK.value,
        "hint": Outcome.HINT.value,
        "fail": Outcome.FAIL.value,
        "since_us": tx.stamp - DAY * 1_000_000,
        "kind": IncidentKind.HELD.value,
    }
    counted = {**asked, "live": tx.second - LIVE}
    routes = 0
    for row in tx.conn.execute(_COUNT, counted).all():
        too_many = row.failing >= LEAST and row.failing * PART > row.live
        if not too_many and not row.held:
            continue
        tx.conn.execute(_HOLD, {**asked, "route_id": row.route_id, "yes": True})
        cause = f"24小时内{row.failing}个账号新出现疑似问题,占在采账号{row.live}个的比例异常"
        trouble = Trouble(row.route_id, IncidentKind.HELD, cause, REMEDY, row.failing)
        incidents.open_one(tx, trouble, None)
        routes += 1
    return routes
