"""The posts' part of facts: newest seconds, and how many surely and possibly in 30 days.

Two statements. One seeks each account's newest post and reads on from a day before it: a post no
wider than a day ends within a day of where it begins. The other takes the few wider ones off their
own partial index; the unary plus keeps SQLite from skipping through the big index instead.
"""

from typing import Final, NamedTuple

from monitor.domain.instants import DAY
from monitor.record.facts_at import VISIBLE, At, fetch
from monitor.record.store import Reading

WINDOW: Final = 30 * DAY


class Posts(NamedTuple):
    """What posts that begin before `as_of` say of one account; see Facts. A tuple, for speed."""

    newest_from: int | None = None
    newest_until: int | None = None
    last_second: int | None = None
    posts_30d_min: int = 0
    posts_30d_max: int = 0


NO_POSTS: Final = Posts()

_NEWEST: Final = f"""
WITH asked AS MATERIALIZED ({{accounts}}),
w AS MATERIALIZED (
  SELECT account_id,
    (SELECT p.published_from FROM post p
     WHERE p.account_id = asked.account_id AND p.published_from < :as_of
       AND p.published_until < :as_of AND {VISIBLE}
     ORDER BY p.published_from DESC LIMIT 1) AS newest_from
  FROM asked)
SELECT w.account_id, w.newest_from,
  max(CASE WHEN p.published_until < :as_of THEN p.published_until ELSE :as_of - 1 END),
  max(p.published_until),
  count(CASE WHEN p.published_from >= :since AND p.published_until < :as_of THEN 1 END),
  count(CASE WHEN p.published_until >= :since
              AND p.published_until - p.published_from < {DAY} THEN 1 END)
FROM w JOIN post p ON p.account_id = w.account_id
  AND p.published_from >= CASE WHEN w.newest_from < :since THEN w.newest_from - {DAY}
                               ELSE :since - {DAY} END
  AND p.published_from < :as_of AND {VISIBLE}
GROUP BY w.account_id, w.newest_from
"""

_WIDE: Final = f"""
SELECT +p.account_id, max(p.published_until),
       count(CASE WHEN p.published_until >= :since THEN 1 END)
FROM post p {{only}}
WHERE p.published_until - p.published_from >= {DAY} AND +p.published_from < :as_of AND {VISIBLE}
GROUP BY 1
"""

_ANY: Final = f"""
SELECT a.account_id FROM ({{accounts}}) AS a
WHERE EXISTS (SELECT 1 FROM post p WHERE p.account_id = a.account_id AND {VISIBLE})
"""


def measure(tx: Reading, at: At) -> dict[int, Posts]:
    """What posts say, by account; one with no post before `as_of` is not in it."""
    accounts, ids = at.accounts(tx)
    values = {**at.values, **ids, "since": at.as_of - WINDOW}
    rows = fetch(tx, _NEWEST.format(accounts=accounts), values)
    found = {row[0]: Posts(*row[1:]) for row in rows}
    only = "" if at.ids is None else f"JOIN ({accounts}) AS a ON a.account_id = p.account_id"
    for key, until, possibly in fetch(tx, _WIDE.format(only=only), values):
        found[key] = _widened(found.get(key, NO_POSTS), at.as_of, until, possibly)
    return found


def _widened(posts: Posts, as_of: int, until: int, possibly: int) -> Posts:
    """With the posts wider than a day, of which the last second is `until`."""
    clipped = min(until, as_of - 1)
    return posts._replace(
        newest_until=max(clipped, clipped if posts.newest_until is None else posts.newest_until),
        last_second=max(until, until if posts.last_second is None else posts.last_second),
        posts_30d_max=posts.posts_30d_max + possibly,
    )


def later(tx: Reading, at: At) -> set[int]:
    """Of the accounts asked for, those with any post known at all, whenever it is published."""
    accounts, ids = at.accounts(tx)
    return {row[0] for row in fetch(tx, _ANY.format(accounts=accounts), {**at.values, **ids})}
