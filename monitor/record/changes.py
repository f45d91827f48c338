"""Changes: one status became another; each is told once, and what is open has a first day."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, text

from monitor.domain.finding import Change, Outcome
from monitor.domain.instants import OPEN
from monitor.record.store import Reading, Writing

_CHANGES: Final = """
SELECT c.account_id, b.name, c.rule, c.before, c.after, c.at, c.id
FROM change c JOIN rulebook b ON b.id = c.rulebook_id
WHERE c.at >= :since AND c.at < :until {only}
ORDER BY c.at, c.id
"""
_ALL: Final = text(_CHANGES.format(only=""))
_HELD: Final = "NOT EXISTS (SELECT 1 FROM finding f WHERE f.id = c.finding_id AND f.held = :yes)"
_UNTOLD: Final = text(_CHANGES.format(only=f"AND c.told_at IS NULL AND {_HELD}"))

_TOLD: Final = text("""
UPDATE change SET told_at = :second WHERE id IN :ids AND told_at IS NULL
""").bindparams(bindparam("ids", expanding=True))

_FIRST_FOUND: Final = text(f"""
SELECT account_id, min(found_at) FROM (
  SELECT f.account_id,
         (SELECT min(g.recorded_at) FROM finding g
          WHERE g.account_id = f.account_id AND g.rule = f.rule AND g.outcome = :fail
            AND g.rulebook_id IN (SELECT o.id FROM rulebook o WHERE o.name = b.name)
            AND g.recorded_at > coalesce(
              (SELECT max(h.recorded_at) FROM finding h
               WHERE h.account_id = f.account_id AND h.rule = f.rule AND h.outcome <> :fail
                 AND h.rulebook_id IN (SELECT o.id FROM rulebook o WHERE o.name = b.name)), -1)
            AND g.recorded_at > coalesce(
              (SELECT max(h.superseded_at) FROM finding h
               WHERE h.account_id = f.account_id AND h.rule = f.rule
                 AND h.superseded_at < {OPEN}
                 AND h.rulebook_id IN (SELECT o.id FROM rulebook o WHERE o.name = b.name)
                 AND NOT EXISTS (SELECT 1 FROM finding n
                                 WHERE n.account_id = h.account_id AND n.rule = h.rule
                                   AND n.recorded_at = h.superseded_at)), -1)
         ) AS found_at
  FROM finding f JOIN rulebook b ON b.id = f.rulebook_id
  WHERE f.superseded_at = {OPEN} AND f.outcome = :fail AND f.rulebook_id = :rulebook_id
) AS firsts GROUP BY account_id
""")
"""The start of the unbroken run of failing findings each open one stands at the end of; a finding
that was closed with none in its place breaks the run."""


def changes(tx: Reading, since: int, until: int) -> list[Change]:
    """All changes of [since, until), in seconds, in order."""
    rows = tx.conn.execute(_ALL, {"since": since, "until": until})
    return [Change(*row) for row in rows]


def untold_changes(tx: Reading, since: int, until: int) -> list[Change]:
    """The changes of [since, until), in seconds, that nobody has been told of, less those a
    person must look at first (暂缓认定)."""
    rows = tx.conn.execute(_UNTOLD, {"since": since, "until": until, "yes": True})
    return [Change(*row) for row in rows]


def mark_told(tx: Writing, ids: Sequence[int]) -> int:
    """Write down that changes were told; how many had not been before."""
    if not ids:
        return 0
    return tx.conn.execute(_TOLD, {"ids": list(ids), "second": tx.second}).rowcount


def first_found(tx: Reading, rulebook_id: int) -> dict[int, int]:
    """For accounts with an open 不合格: the second the oldest of their open problems was first
    recorded, though it may have grown worse since."""
    asked = {"rulebook_id": rulebook_id, "fail": Outcome.FAIL.value}
    rows = tx.conn.execute(_FIRST_FOUND, asked)
    return {row[0]: row[1] // 1_000_000 for row in rows}
