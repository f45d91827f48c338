"""The answering part of facts: comments, answers and waits of the posts of a window.

Measured only over the windows that a rulebook in force asks for: one statement for each of them.
"""

from collections.abc import Sequence
from typing import Final

from monitor.domain.facts import Replies
from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import Provenance
from monitor.record.facts_at import VISIBLE, At, fetch
from monitor.record.store import Reading

_BY: Final = ", ".join(
    f"max(CASE WHEN replies IS NOT NULL AND source = '{each.value}' THEN 1 ELSE 0 END)"
    for each in Provenance
)
"""A column for each provenance: whether any post was told by it."""

_REPLIES: Final = f"""
WITH asked AS MATERIALIZED ({{accounts}}),
said AS (
  SELECT p.account_id, p.key_id, p.published_from, o.comments, o.replies, o.source,
    o.reply_seconds, CASE WHEN o.reply_seconds IS NULL THEN 0 ELSE o.replies END AS weight,
    row_number() OVER (PARTITION BY p.account_id, p.key_id
      ORDER BY o.observed_at DESC, o.recorded_at DESC, o.source) AS place
  FROM asked JOIN post p ON p.account_id = asked.account_id
    AND p.published_from >= :since AND p.published_from < :as_of AND {VISIBLE}
  LEFT JOIN post_obs o ON o.key_id = p.key_id AND o.comments IS NOT NULL
    AND o.replies IS NOT NULL AND o.observed_at < :as_of AND o.recorded_at <= :known_at),
ranked AS (
  SELECT said.*, sum(weight) OVER (PARTITION BY account_id) AS heavy,
    sum(weight) OVER (PARTITION BY account_id ORDER BY reply_seconds, key_id) AS upto
  FROM said WHERE place = 1)
SELECT account_id, count(*), count(replies), CAST(coalesce(sum(comments), 0) AS BIGINT),
  CAST(coalesce(sum(replies), 0) AS BIGINT),
  min(CASE WHEN weight > 0 AND 2 * upto >= heavy THEN reply_seconds END),
  min(CASE WHEN replies IS NOT NULL THEN published_from END), {_BY}
FROM ranked GROUP BY account_id
"""

_NEWER: Final = """
SELECT DISTINCT d.account_id FROM due d
JOIN post p ON p.account_id = d.account_id AND p.published_from >= :since
  AND p.superseded_at > :known_at
JOIN post_obs o ON o.key_id = p.key_id
WHERE o.recorded_at > d.judged_known_at AND o.comments IS NOT NULL AND o.replies IS NOT NULL
"""


def measure(tx: Reading, at: At, windows: Sequence[int]) -> dict[int, tuple[Replies, ...]]:
    """By account, one entry for each window of so many days in which it has posts."""
    accounts, ids = at.accounts(tx)
    found: dict[int, tuple[Replies, ...]] = {}
    for days in sorted(set(windows)):
        values = {**at.values, **ids, "since": at.as_of - days * DAY}
        for row in fetch(tx, _REPLIES.format(accounts=accounts), values):
            key, posts, told, comments, answers, wait, oldest, *by = row
            sources = tuple([one for one, said in zip(Provenance, by, strict=True) if said])
            one_window = Replies(days, posts, told, comments, answers, wait, oldest, sources)
            found[key] = (*found.get(key, ()), one_window)
    return found


def newer(tx: Reading, now: int, windows: Sequence[int]) -> set[int]:
    """Accounts with comments or answers of a window's posts recorded since they were judged."""
    if not windows:
        return set()
    values = {"since": now - max(windows) * DAY, "known_at": OPEN - 1}
    return {row[0] for row in fetch(tx, _NEWER, values)}
