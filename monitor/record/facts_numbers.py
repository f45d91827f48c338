"""The numbers 数据提示 looks at: followers, likes, times and copied titles, of some accounts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from monitor.domain.instants import DAY
from monitor.domain.number_hint import Followed, Traces, Work
from monitor.record import rhythms
from monitor.record.facts_at import VISIBLE, At, fetch
from monitor.record.store import Reading

FOLLOWERS_BACK: Final = 60 * DAY
WORKS_BACK: Final = 90 * DAY
POSTS_BACK: Final = 400 * DAY
COPIED_WITHIN: Final = 30 * DAY
"""A title another unit published no longer ago than this was taken from there, or by both."""

_FOLLOWERS: Final = """
SELECT o.account_id, o.source, o.observed_at, max(o.followers)
FROM ({accounts}) AS asked JOIN account_obs o ON o.account_id = asked.account_id
WHERE o.basis = '累计' AND o.followers IS NOT NULL AND o.recorded_at <= :known_at
  AND o.observed_at >= :since AND o.observed_at < :as_of
GROUP BY o.account_id, o.source, o.observed_at
ORDER BY o.account_id, o.source, o.observed_at
"""
_WORKS: Final = f"""
SELECT account_id, published_until, plays, reads, readers, likes FROM (
  SELECT p.account_id, p.published_until, o.plays, o.reads, o.readers, o.likes,
    row_number() OVER (PARTITION BY p.account_id, p.key_id
      ORDER BY o.observed_at DESC, o.recorded_at DESC, o.source) AS place
  FROM ({{accounts}}) AS asked JOIN post p ON p.account_id = asked.account_id
    AND p.published_from >= :since AND p.published_from < :as_of AND {VISIBLE}
  JOIN post_obs o ON o.key_id = p.key_id AND o.likes IS NOT NULL
    AND o.observed_at < :as_of AND o.recorded_at <= :known_at
  WHERE p.published_until < :as_of) AS said
WHERE place = 1 ORDER BY account_id, published_until
"""
_COPIED: Final = f"""
WITH mine AS MATERIALIZED (
  SELECT p.account_id, r.unit_id, k.title, p.published_from, p.published_until
  FROM ({{accounts}}) AS asked JOIN post p ON p.account_id = asked.account_id
    AND p.published_from >= :since AND p.published_from < :as_of AND {VISIBLE}
  JOIN post_key k ON k.id = p.key_id AND k.title <> ''
  JOIN account_rev r ON r.account_id = p.account_id AND r.recorded_at <= :known_at
    AND r.superseded_at > :known_at AND r.valid_from <= :as_of AND r.valid_until > :as_of),
theirs AS MATERIALIZED (
  SELECT k.title, r.unit_id, p.published_until
  FROM post_key k JOIN post p ON p.key_id = k.id AND p.published_from >= :since
    AND p.published_from < :as_of AND {VISIBLE}
  JOIN account_rev r ON r.account_id = k.account_id AND r.recorded_at <= :known_at
    AND r.superseded_at > :known_at AND r.valid_from <= :as_of AND r.valid_until > :as_of
  WHERE k.title IN (SELECT title FROM mine))
SELECT mine.account_id, mine.published_until,
  max(CASE WHEN theirs.title IS NULL THEN 0 ELSE 1 END)
FROM mine LEFT JOIN theirs ON theirs.title = mine.title AND theirs.unit_id <> mine.unit_id
  AND theirs.published_until < mine.published_from
  AND theirs.published_until >= mine.published_from - {COPIED_WITHIN}
GROUP BY mine.account_id, mine.published_until
ORDER BY mine.account_id, mine.published_until
"""


def measure(tx: Reading, as_of: int, known_at: int, ids: Sequence[int]) -> list[Traces]:
    """Of each account, by id, all but what was copied, as known at `known_at` (us)."""
    at = At(as_of, known_at, tuple(sorted(set(ids))))
    posts = rhythms.posts(tx, as_of, known_at, as_of - POSTS_BACK, ids)
    levels = {key: _levels(rows) for key, rows in _grouped(tx, _FOLLOWERS, at, FOLLOWERS_BACK)}
    works = {key: _works(rows) for key, rows in _grouped(tx, _WORKS, at, WORKS_BACK)}
    return [
        Traces(key, as_of, levels.get(key, ()), works.get(key, ()), tuple(posts.get(key, ())))
        for key in at.ids or ()
    ]


def with_copies(tx: Reading, found: Sequence[Traces], known_at: int) -> list[Traces]:
    """The same with whether another unit had published each title before. It reads all titles
    there are once: only for the few accounts it may matter of."""
    if not found:
        return []
    at = At(found[0].as_of, known_at, tuple(each.account_id for each in found))
    copied = {
        key: tuple((second, bool(other)) for _, second, other in rows)
        for key, rows in _grouped(tx, _COPIED, at, POSTS_BACK)
    }
    return [replace(each, copied=copied.get(each.account_id, ())) for each in found]


def _grouped(
    tx: Reading, statement: str, at: At, back: int
) -> Iterable[tuple[int, list[Sequence[Any]]]]:
    accounts, ids = at.accounts(tx)
    values: Mapping[str, Any] = {**at.values, **ids, "since": at.as_of - back}
    rows = fetch(tx, statement.format(accounts=accounts), values)
    return [(key, list(group)) for key, group in groupby(rows, itemgetter(0))]


def _levels(rows: Sequence[Sequence[Any]]) -> tuple[Followed, ...]:
    """Of the one source that told most: what two sources say is not the same measurement."""
    most = max(Counter(row[1] for row in rows).items(), key=lambda each: (each[1], each[0]))[0]
    return tuple(Followed(row[2], row[3]) for row in rows if row[1] == most)


def _works(rows: Sequence[Sequence[Any]]) -> tuple[Work, ...]:
    """By the one number of plays, reads and readers that most posts have."""
    column = max((2, 3, 4), key=lambda each: sum(row[each] is not None for row in rows))
    return tuple(Work(row[1], row[column], row[5]) for row in rows if row[column] is not None)
