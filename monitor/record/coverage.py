"""Coverage: what looks proved, never deleted; a post that disproves a row revokes it at once."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.domain.collecting import CoverageClaim
from monitor.domain.instants import OPEN
from monitor.domain.post import LIVE_STREAM
from monitor.record import routes
from monitor.record.routes import HIGHEST, SUSPENDED
from monitor.record.rows import enter
from monitor.record.store import Writing
from monitor.record.tables.base import METADATA

COVERAGE = METADATA.tables["coverage"]
REVOCATION = METADATA.tables["coverage_revocation"]

CONTRADICTED: Final = "该时段内发现当时未见的作品"
LEAST_CONTRADICTIONS: Final = 3
POSTS_PER_CONTRADICTION: Final = 1000


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose word a row is, and how far it goes: the grade, seconds of freshness, and evidence."""

    route_id: int
    grade: int
    fresh: int
    evidence_kind: str
    evidence_id: int | None


def add(tx: Writing, account_id: int, claim: CoverageClaim, proof: Proof) -> int:
    """Write the one row by which a look becomes visible; last in its transaction. Its id."""
    return enter(
        tx,
        COVERAGE,
        account_id=account_id,
        a=claim.a,
        b=claim.b,
        grade=proof.grade,
        fresh_s=proof.fresh,
        route_id=proof.route_id,
        looked_at=claim.looked_at,
        recorded_at=tx.stamp,
        evidence_kind=proof.evidence_kind,
        evidence_id=proof.evidence_id,
    )


def revoke(tx: Writing, coverage_id: int, reason: str, by: int | None = None) -> None:
    """From this stamp on the row counts for nothing; revoking twice is once."""
    tx.conn.execute(_REVOKE, {"id": coverage_id, "stamp": tx.stamp, "reason": reason, "by": by})


def distrust(tx: Writing, route: str, looked: tuple[int, int], reason: str, by: int | None) -> int:
    """Revoke all rows of a route (by its key) whose looks lie in [from, until); how many."""
    asked = {"route": route, "since": looked[0], "until": looked[1]}
    told = {"stamp": tx.stamp, "reason": reason, "by": by}
    return tx.conn.execute(_DISTRUST, {**asked, **told}).rowcount


def contradicted(tx: Writing, up_to: int = HIGHEST) -> int:
    """Revoke the rows that the new posts of `posts.merge` disprove; how many there were.

    A new post that surely stands inside [a, b) of a live row recorded before it was missed by that
    look. One first seen as deleted may have gone before anybody looked, and a live stream stands in
    no list of works: they disprove nothing.
    Rows of a grade over `up_to` stand: a unit's own word does not put better eyes out.
    """
    found = tx.conn.execute(_CONTRADICTED, {"stamp": tx.stamp, "up_to": up_to}).all()
    for row in found:
        revoke(tx, row.id, CONTRADICTED)
    for route_id in sorted({row.route_id for row in found}):
        _count(tx, route_id)
    return len(found)


def _count(tx: Writing, route_id: int) -> None:
    """A route that misses too many posts is worth nothing until a person has looked."""
    at = {"route_id": route_id, "reason": CONTRADICTED}
    missed = int(tx.conn.execute(_MISSED, at).scalar_one())
    if missed < LEAST_CONTRADICTIONS:
        return
    if routes.ceilings(tx, tx.stamp).get(route_id) == 0:
        return
    enough = missed * POSTS_PER_CONTRADICTION
    posts = tx.conn.execute(_POSTS, {"route_id": route_id, "enough": enough}).scalar_one()
    if posts < enough:
        routes.set_ceiling(tx, route_id, 0, SUSPENDED)


_REVOKE: Final = text("""
INSERT INTO coverage_revocation (coverage_id, recorded_at, reason, by)
VALUES (:id, :stamp, :reason, :by) ON CONFLICT (coverage_id) DO NOTHING
""")

_DISTRUST: Final = text("""
INSERT INTO coverage_revocation (coverage_id, recorded_at, reason, by)
SELECT c.id, :stamp, :reason, :by FROM coverage c JOIN route r ON r.id = c.route_id
WHERE r.key = :route AND c.looked_at >= :since AND c.looked_at < :until
ON CONFLICT (coverage_id) DO NOTHING
""")

_CONTRADICTED: Final = text(f"""
SELECT DISTINCT c.id, c.route_id
FROM stage_version v
JOIN post_key k ON k.id = v.key_id AND k.form <> '{LIVE_STREAM}'
JOIN coverage c ON c.account_id = v.account_id
  AND c.b > v.published_until AND c.a <= v.published_from AND c.recorded_at < :stamp
WHERE v.old_id IS NULL AND v.deleted_seen_at IS NULL AND c.grade <= :up_to
  AND NOT EXISTS (SELECT 1 FROM coverage_revocation r WHERE r.coverage_id = c.id)
ORDER BY c.id
""")

_MISSED: Final = text("""
SELECT count(DISTINCT p.key_id)
FROM coverage_revocation r
JOIN coverage c ON c.id = r.coverage_id
JOIN post p ON p.account_id = c.account_id AND p.recorded_at = r.recorded_at
  AND p.published_from >= c.a AND p.published_until < c.b AND p.deleted_seen_at IS NULL
WHERE c.route_id = :route_id AND r.reason = :reason
  AND r.recorded_at > coalesce((SELECT max(recorded_at) FROM route_ceiling
                                WHERE route_id = :route_id), 0)
  AND NOT EXISTS (SELECT 1 FROM post q WHERE q.key_id = p.key_id AND q.recorded_at < p.recorded_at)
""")
"""Posts first known in the transaction that revoked a row for them, since the last ceiling."""

_POSTS: Final = text(f"""
SELECT count(*) FROM (
  SELECT 1 FROM route r JOIN account a ON a.platform = r.platform OR r.platform = 'any'
  JOIN post p ON p.account_id = a.id AND p.source = r.source
  WHERE r.id = :route_id AND p.superseded_at = {OPEN} LIMIT :enough) AS counted
""")
