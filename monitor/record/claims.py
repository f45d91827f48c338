"""Claims 待证实的覆盖: a complete pass proposes, what else was seen confirms; two steps.

A pass that met a post of its account shows by that that the interface lists its posts: enough for
a route on the account's own key. A pass that met none is believed where 对照账号 of the same
platform and route were seen to post within a day of it and the account's own rhythm does not speak
against it, or where a second look almost a day later met none either. A route that reads all
accounts with one key is believed only while its 对照账号 are; where it reads a handful, one of them
that was seen posting is enough.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.domain.collecting import CoverageClaim, Harvest
from monitor.domain.instants import DAY, HOUR, OPEN
from monitor.record.coverage import Proof
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

PROPOSAL: Final = METADATA.tables["coverage_proposal"]
CONFIRMED: Final = "已证实"
VOID: Final = "已作废"
LEAST_WITNESSES: Final = 3
"""对照账号 that must have been seen posting before a silence is believed."""
HANDFUL: Final = 10
"""Where a route reads fewer accounts than that, so many 对照账号 may never come together."""
RECENT: Final = 4 * DAY
"""An account with a post within so long of the end of a pass bears witness for the route."""
BUSY: Final = 8
"""So many posts known within a fortnight, and a pass must meet one."""
APART: Final = 20 * HOUR
"""Two looks so far apart are two."""
LONGEST: Final = 7 * DAY
"""A proposal nothing confirmed for so long is void."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a route fared in the last day: 对照账号 that were seen posting, those that should have
    been and were not, and how many accounts were looked at."""

    witnesses: int
    missing: int
    looked: int

    @property
    def sound(self) -> bool:
        """Enough witnesses, and more of them than of those that were missed."""
        return self.witnesses >= LEAST_WITNESSES and self.witnesses > self.missing

    @property
    def alive(self) -> bool:
        """What one key for all reads may be believed: sound, or a handful with one witness."""
        few = self.looked < HANDFUL and self.witnesses > self.missing
        return self.sound or few

    @property
    def doubtful(self) -> bool:
        """So many were missed that the route itself must be at fault."""
        return self.missing >= LEAST_WITNESSES and self.missing >= self.witnesses


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a route's proposals."""

    health: Health
    confirmed: int
    waiting: int


def propose(tx: Writing, harvest: Harvest, claim: CoverageClaim, proof: Proof) -> int:
    """Write down what a complete pass would prove; last in its transaction. Its id."""
    newest = max((post.published_until for post in harvest.posts), default=None)
    return enter(
        tx,
        PROPOSAL,
        account_id=harvest.account_id,
        route_id=proof.route_id,
        pass_id=proof.evidence_id,
        a=claim.a,
        b=claim.b,
        grade=proof.grade,
        fresh_s=proof.fresh,
        looked_at=claim.looked_at,
        items=harvest.items,
        newest=newest,
        recorded_at=tx.stamp,
        settled_at=OPEN,
        outcome="",
    )


def settle(tx: Writing, route_id: int, *, shared: bool) -> Settled:
    """Confirm what can be confirmed of a route; the rest waits for another look, or is void."""
    seen = health(tx, route_id, tx.second)
    tx.conn.execute(_DISPROVED, {"stamp": tx.stamp, "route_id": route_id})
    asked = {
        "stamp": tx.stamp,
        "route_id": route_id,
        "sound": int(seen.sound),
        "doubtful": int(seen.doubtful),
        "believed": int(seen.alive or not shared),
    }
    confirmed = tx.conn.execute(_CONFIRM, asked).rowcount
    tx.conn.execute(_SETTLED, {"stamp": tx.stamp, "route_id": route_id})
    old = {"stamp": tx.stamp, "route_id": route_id, "before": tx.second - LONGEST}
    tx.conn.execute(_VOID, old)
    waiting = tx.conn.execute(_WAITING, {"route_id": route_id}).scalar_one()
    return Settled(seen, confirmed, int(waiting))


def health(tx: Reading, route_id: int, now: int) -> Health:
    """The 对照账号 of a route over the last day before `now` (seconds)."""
    asked = {"route_id": route_id, "since": now - DAY}
    row = tx.conn.execute(_HEALTH, asked).one()
    return Health(int(row.witnesses or 0), int(row.missing or 0), int(row.looked))


def unsettled(tx: Reading) -> list[tuple[int, str]]:
    """(id, key) of the routes that have proposals nobody settled."""
    return [(row.id, row.key) for row in tx.conn.execute(_ROUTES)]


_ROUTES: Final = text(f"""
SELECT DISTINCT r.id, r.key FROM coverage_proposal p JOIN route r ON r.id = p.route_id
WHERE p.settled_at = {OPEN} ORDER BY r.id
""")

_HEALTH: Final = text(f"""
SELECT sum(met) AS witnesses,
       sum(CASE WHEN met = 0 AND (
             SELECT count(*) FROM post x
             WHERE x.account_id = looked.account_id AND x.superseded_at = {OPEN}
               AND x.deleted_seen_at IS NULL
               AND x.published_from >= looked.b - {14 * DAY}
               AND x.published_from < looked.b) >= {BUSY} THEN 1 ELSE 0 END) AS missing,
       count(*) AS looked
FROM (SELECT p.account_id, max(p.b) AS b,
             max(CASE WHEN p.newest >= p.b - {RECENT} THEN 1 ELSE 0 END) AS met
      FROM coverage_proposal p WHERE p.route_id = :route_id AND p.looked_at > :since
      GROUP BY p.account_id) AS looked
""")
"""The posts of an account are counted only where the look met none: that decides nothing else."""

_DISPROVED: Final = text(f"""
UPDATE coverage_proposal SET settled_at = :stamp, outcome = '{VOID}'
WHERE route_id = :route_id AND settled_at = {OPEN} AND EXISTS (
  SELECT 1 FROM post x
  WHERE x.account_id = coverage_proposal.account_id
    AND x.recorded_at > coverage_proposal.recorded_at AND x.deleted_seen_at IS NULL
    AND x.published_from >= coverage_proposal.a AND x.published_until < coverage_proposal.b
    AND NOT EXISTS (SELECT 1 FROM post y
                    WHERE y.key_id = x.key_id AND y.recorded_at <= coverage_proposal.recorded_at))
""")
"""A post first known later, surely inside: the look missed it."""

_CONFIRM: Final = text(f"""
INSERT INTO coverage (account_id, a, b, grade, fresh_s, route_id, looked_at, recorded_at,
                      evidence_kind, evidence_id)
SELECT p.account_id, p.a, p.b, p.grade, p.fresh_s, p.route_id, p.looked_at, :stamp,
       'pass', p.pass_id
FROM coverage_proposal p
WHERE p.route_id = :route_id AND p.settled_at = {OPEN}
  AND :believed = 1
  AND (p.items > 0
    OR (:sound = 1 AND (SELECT count(*) FROM post x
          WHERE x.account_id = p.account_id AND x.superseded_at = {OPEN}
            AND x.deleted_seen_at IS NULL
            AND x.published_from >= p.b - {28 * DAY} AND x.published_from < p.b) < 4)
    OR (:doubtful = 0 AND EXISTS (SELECT 1 FROM coverage_proposal q
          WHERE q.account_id = p.account_id AND q.route_id = p.route_id AND q.items = 0
            AND q.outcome <> '{VOID}' AND q.looked_at <= p.looked_at - {APART}
            AND q.looked_at > p.looked_at - {LONGEST})))
ORDER BY p.id
""")

_SETTLED: Final = text(f"""
UPDATE coverage_proposal SET settled_at = :stamp, outcome = '{CONFIRMED}'
WHERE route_id = :route_id AND settled_at = {OPEN}
  AND EXISTS (SELECT 1 FROM coverage c
              WHERE c.account_id = coverage_proposal.account_id AND c.recorded_at = :stamp
                AND c.evidence_kind = 'pass' AND c.evidence_id = coverage_proposal.pass_id)
""")
_VOID: Final = text(f"""
UPDATE coverage_proposal SET settled_at = :stamp, outcome = '{VOID}'
WHERE route_id = :route_id AND settled_at = {OPEN} AND looked_at < :before
""")
_WAITING: Final = text(f"""
SELECT count(*) FROM coverage_proposal WHERE route_id = :route_id AND settled_at = {OPEN}
""")
