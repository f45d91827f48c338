"""Rhythm 发布节奏: the last seconds of each account's posts in a stretch of time, for forecasts."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from monitor.record.facts_at import VISIBLE, At, fetch
from monitor.record.store import Reading

_POSTS: Final = f"""
SELECT p.account_id, p.published_until
FROM ({{accounts}}) AS asked
JOIN post p ON p.account_id = asked.account_id
  AND p.published_from >= :since AND p.published_from < :as_of
WHERE p.published_until < :as_of AND {VISIBLE}
ORDER BY p.account_id, p.published_until
"""


def posts(
    tx: Reading, as_of: int, known_at: int, since: int, ids: Sequence[int]
) -> dict[int, list[int]]:
    """Seconds (rising) at which posts of [since, as_of) were out at the latest, by account, as
    known at `known_at` (us), deleted ones included; an account without any is not in it."""
    at = At(as_of, known_at, tuple(sorted(set(ids))))
    asked, values = at.accounts(tx)
    statement = _POSTS.format(accounts=asked)
    rows = fetch(tx, statement, {**at.values, **values, "since": since})
    return {key: [row[1] for row in group] for key, group in groupby(rows, itemgetter(0))}
