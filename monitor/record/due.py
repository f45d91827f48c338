"""Due: when an account must be judged again, by the calendar or because there is newer evidence."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text

from monitor.domain.facts import Facts
from monitor.domain.finding import Judgement
from monitor.domain.instants import OPEN
from monitor.record import facts_replies
from monitor.record.facts_at import At, fetch
from monitor.record.staging import Stage, fill
from monitor.record.store import Reading, Writing

Evaluated = tuple[Facts, Judgement, Judgement]

NOTED: Final = Stage(
    "stage_due",
    (("account_id", "BIGINT"), ("next_at", "BIGINT"), ("judged_known_at", "BIGINT")),
    given=3,
)

_NOTE: Final = text("""
INSERT INTO due (account_id, next_at, judged_known_at)
SELECT account_id, next_at, judged_known_at FROM stage_due WHERE true
ON CONFLICT (account_id) DO UPDATE
SET next_at = excluded.next_at, judged_known_at = excluded.judged_known_at
""")


def not_overtaken(tx: Writing, judged: Sequence[Evaluated]) -> list[Evaluated]:
    """Those of which no judgement on newer evidence is written already."""
    accounts, ids = At(0, 0, tuple(facts.account_id for facts, _, _ in judged)).accounts(tx)
    rows = fetch(
        tx,
        f"SELECT d.account_id, d.judged_known_at FROM ({accounts}) AS w"
        " JOIN due d ON d.account_id = w.account_id",
        ids,
    )
    written = {row[0]: row[1] for row in rows}
    return [each for each in judged if written.get(each[0].account_id, 0) <= each[0].known_at]


def note(tx: Writing, judged: Sequence[Evaluated]) -> None:
    """Write down what was judged, on what evidence, and when it is due again."""
    rows = []
    for facts, *pair in judged:
        nexts = [each.next_at for each in pair if each.next_at is not None]
        rows.append((facts.account_id, min(nexts, default=OPEN), facts.known_at))
    fill(tx, NOTED, rows)
    tx.conn.execute(_NOTE)


_NEWER: Final = """
SELECT a.id FROM account a LEFT JOIN due d ON d.account_id = a.id
WHERE d.account_id IS NULL OR d.next_at <= :now
  OR d.judged_known_at < (SELECT max(p.recorded_at) FROM post p WHERE p.account_id = a.id)
  OR d.judged_known_at < (SELECT max(c.recorded_at) FROM coverage c WHERE c.account_id = a.id)
  OR d.judged_known_at < (SELECT max(s.recorded_at) FROM service_check s
                          WHERE s.account_id = a.id)
  OR d.judged_known_at < (SELECT l.recorded_at FROM look l WHERE l.account_id = a.id
                          ORDER BY l.looked_from DESC, l.id DESC LIMIT 1)
  OR d.judged_known_at < (SELECT max(g.recorded_at) FROM account_sighting g
                          WHERE g.account_id = a.id)
  OR d.judged_known_at < (SELECT max(e.recorded_at) FROM excuse e WHERE e.account_id = a.id)
  OR EXISTS (SELECT 1 FROM excuse e WHERE e.account_id = a.id
             AND e.superseded_at < {OPEN} AND e.superseded_at > d.judged_known_at)
"""
_OTHER_BOOKS: Final = """
SELECT d.account_id FROM account_day d
WHERE coalesce(d.rulebook_id, 0) <> :own OR coalesce(d.upper_rulebook_id, 0) <> :upper
"""
"""Another rulebook is in force now: on its first day all are judged by it."""
_REVOKED: Final = """
SELECT c.account_id FROM coverage_revocation r JOIN coverage c ON c.id = r.coverage_id
JOIN due d ON d.account_id = c.account_id WHERE r.recorded_at > d.judged_known_at
"""
_CEILINGS: Final = """
SELECT DISTINCT c.account_id
FROM (SELECT route_id, max(recorded_at) AS recorded_at FROM route_ceiling GROUP BY route_id) AS n
JOIN coverage c ON c.route_id = n.route_id JOIN due d ON d.account_id = c.account_id
WHERE n.recorded_at > (SELECT min(judged_known_at) FROM due) AND n.recorded_at > d.judged_known_at
"""
_DOUBTS: Final = """
SELECT d.account_id FROM rule_fallback f JOIN account a ON a.platform = f.platform
JOIN due d ON d.account_id = a.id
WHERE f.recorded_at > d.judged_known_at
  OR (f.superseded_at < {OPEN} AND f.superseded_at > d.judged_known_at)
"""
"""A rule fell back on their platform, or was restored."""
_REGISTRY: Final = """
WITH news AS MATERIALIZED (
  SELECT r.unit_id, a.platform, max(r.recorded_at) AS recorded_at
  FROM account_rev r JOIN account a ON a.id = r.account_id GROUP BY r.unit_id, a.platform),
units AS MATERIALIZED (
  SELECT unit_id, max(recorded_at) AS recorded_at FROM unit_rev GROUP BY unit_id),
left_behind AS MATERIALIZED (
  SELECT r.unit_id, a.platform, max(r.superseded_at) AS recorded_at
  FROM account_rev r JOIN account a ON a.id = r.account_id WHERE r.superseded_at < {OPEN}
  GROUP BY r.unit_id, a.platform)
SELECT r.account_id
FROM account_rev r JOIN account a ON a.id = r.account_id
JOIN due d ON d.account_id = r.account_id
JOIN units u ON u.unit_id = r.unit_id
JOIN news n ON n.unit_id = r.unit_id AND n.platform = a.platform
LEFT JOIN left_behind l ON l.unit_id = r.unit_id AND l.platform = a.platform
WHERE r.superseded_at = {OPEN} AND (u.recorded_at > d.judged_known_at
  OR n.recorded_at > d.judged_known_at OR coalesce(l.recorded_at, 0) > d.judged_known_at)
"""
"""Neighbours of one unit on one platform are judged together: 多头 is about all of them."""


def everybody(tx: Reading) -> list[int]:
    """All accounts, in order of their ids."""
    return [row[0] for row in fetch(tx, "SELECT id FROM account ORDER BY id", {})]


def due_accounts(
    tx: Reading, now: int, windows: Sequence[int] = (), books: tuple[int, int] | None = None
) -> list[int]:
    """Accounts to judge at `now` (seconds): never judged, due by time, judged by other rulebooks
    than `books` (the rows of own and upper), or with evidence or registry rows recorded since they
    were; in order of their ids. `windows` are the days over which the rulebooks in force ask how
    comments were answered."""
    found = facts_replies.newer(tx, now, windows)
    if books is not None:
        asked = {"own": books[0], "upper": books[1]}
        found.update(row[0] for row in fetch(tx, _OTHER_BOOKS, asked))
    for statement in (_NEWER, _REVOKED, _CEILINGS, _DOUBTS, _REGISTRY):
        values = {"now": now} if statement is _NEWER else {}
        found.update(row[0] for row in fetch(tx, statement.replace("{OPEN}", str(OPEN)), values))
    return sorted(found)
