"""Weeks with posts 更新规律: of each account, which weeks show a post and which were seen at all.

A week without a post counts against nobody unless it was covered whole. What was deleted within a
week of its publishing counts for nobody.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from monitor.domain.account import State
from monitor.domain.assessed import Fact
from monitor.domain.instants import DAY
from monitor.domain.measuring import Span
from monitor.domain.scheme import Cause
from monitor.record.facts_at import VISIBLE, fetch
from monitor.record.score_frame import (
    ENOUGH,
    FRAME,
    Framed,
    by_account,
    fact,
    lacking,
    over,
    rate,
)
from monitor.record.store import Reading

WITH_POSTS: Final = "有发布周率"
WITHOUT: Final = "监测未更新周数"
SERVED: Final = "便民与防范周率"
KEYS: Final = frozenset({WITH_POSTS, WITHOUT, SERVED})
LASTED: Final = f"(p.deleted_seen_at IS NULL OR p.deleted_seen_at >= p.published_until + {7 * DAY})"
"""A post, called p, that stood for a week."""

_POSTED: Final = f"""posted AS (
  SELECT f.account_id, (p.published_from - :monday) / :week AS number, k.title, p.key_id
  FROM frame f JOIN post p ON p.account_id = f.account_id
    AND p.published_from >= :monday AND p.published_from < :end AND p.published_until < :end
    AND {VISIBLE} AND {LASTED}
  JOIN post_key k ON k.id = p.key_id
  WHERE (p.published_from - :monday) / :week = (p.published_until - :monday) / :week)"""
_ANY: Final = "SELECT DISTINCT account_id, number FROM posted"
_TWO: Final = """
SELECT account_id, number FROM posted WHERE EXISTS (
  SELECT 1 FROM {words} AS w WHERE posted.title LIKE '%' || w.word || '%')
GROUP BY account_id, number HAVING count(DISTINCT title) >= 2
"""
ISLANDS: Final = """ceiling AS (
  SELECT route_id, ceiling FROM (
    SELECT route_id, ceiling,
      row_number() OVER (PARTITION BY route_id ORDER BY recorded_at DESC) AS place
    FROM route_ceiling WHERE recorded_at <= :known_at) AS ranked WHERE place = 1),
live AS (
  SELECT c.account_id, c.a, c.b FROM frame f
  JOIN coverage c ON c.account_id = f.account_id AND c.b > :monday AND c.a < :end
    AND c.a < c.b AND c.recorded_at <= :known_at AND c.grade >= :least
  LEFT JOIN ceiling ON ceiling.route_id = c.route_id
  WHERE (ceiling.ceiling IS NULL OR ceiling.ceiling >= :least) AND NOT EXISTS (
    SELECT 1 FROM coverage_revocation v
    WHERE v.coverage_id = c.id AND v.recorded_at <= :known_at)),
marked AS (
  SELECT account_id, a, b, CASE WHEN a <= max(b) OVER (
    PARTITION BY account_id ORDER BY a, b
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS starts
  FROM live),
numbered AS (
  SELECT account_id, a, b, sum(starts) OVER (
    PARTITION BY account_id ORDER BY a, b ROWS UNBOUNDED PRECEDING) AS island
  FROM marked),
island AS (
  SELECT account_id, min(a) AS a, max(b) AS b FROM numbered GROUP BY account_id, island)"""
"""Stretches that were seen without a gap, of accounts in `frame`."""
_GRID: Final = f"""
WITH RECURSIVE {FRAME}, {_POSTED}, shown AS ({{shown}}), {ISLANDS},
number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :weeks),
covered AS (
  SELECT i.account_id, n.n FROM island i JOIN number n
    ON i.a <= :monday + n.n * :week AND i.b >= :monday + (n.n + 1) * :week),
excused AS (
  SELECT DISTINCT f.account_id, n.n FROM frame f JOIN excuse p ON p.account_id = f.account_id
    AND {VISIBLE}
  JOIN number n ON p.a < :monday + (n.n + 1) * :week AND p.b > :monday + n.n * :week),
grid AS (
  SELECT f.account_id, CASE WHEN s.number IS NULL THEN 0 ELSE 1 END AS posted,
    CASE WHEN c.n IS NULL THEN 0 ELSE 1 END AS seen
  FROM frame f CROSS JOIN number n
  LEFT JOIN shown s ON s.account_id = f.account_id AND s.number = n.n
  LEFT JOIN covered c ON c.account_id = f.account_id AND c.n = n.n
  LEFT JOIN excused e ON e.account_id = f.account_id AND e.n = n.n
  WHERE :weeks > 0 AND (s.number IS NOT NULL
    OR (f.opened <= :monday + n.n * :week AND e.n IS NULL)))
SELECT account_id, count(*), sum(posted), sum(CASE WHEN posted + seen > 0 THEN 1 ELSE 0 END)
FROM grid GROUP BY account_id
"""


class Weeks(NamedTuple):
    """Of one account: weeks it is asked for, those with posts, those of which it is known whether
    there were any."""

    due: int = 0
    posted: int = 0
    proven: int = 0

    @property
    def seen(self) -> float | None:
        """The share of which anything is known."""
        return rate(self.proven, self.due)


def weeks(tx: Reading, span: Span) -> Mapping[int, Weeks]:
    """The weeks of every account of the frame that is asked for any."""
    rows = fetch(tx, _GRID.format(shown=_ANY), over(span))
    return {row[0]: Weeks(*map(int, row[1:])) for row in rows}


def measure(
    frame: Mapping[int, Framed], found: Mapping[int, Weeks], wanted: frozenset[str]
) -> Iterator[Fact]:
    """Weeks with posts of every account, and how many were surely without."""
    for key, account in frame.items():
        mine = found.get(key, Weeks())
        if WITH_POSTS in wanted:
            yield _rate(account, WITH_POSTS, mine)
        if WITHOUT in wanted:
            yield fact(account, WITHOUT, value=mine.proven - mine.posted, samples=mine.due)


def served(
    tx: Reading, span: Span, frame: Mapping[int, Framed], words: tuple[str, ...]
) -> Iterator[Fact]:
    """Weeks with two posts or more that help or warn, of main accounts, by the list of words."""
    table, given = word_table(tx, words)
    rows = fetch(tx, _GRID.format(shown=_TWO.format(words=table)), {**over(span), **given})
    found = {key: Weeks(*map(int, row[1:])) for key, row in by_account(rows).items()}
    for key, account in frame.items():
        if account.main:
            yield _rate(account, SERVED, found.get(key, Weeks()))


def word_table(tx: Reading, words: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """SQL of a table with the one column `word`, and its parameters."""
    if tx.sqlite:
        return "(SELECT value AS word FROM json_each(:words))", {"words": json.dumps(words)}
    return "(SELECT unnest(CAST(:words AS TEXT[])) AS word)", {"words": list(words)}


def _rate(account: Framed, measure: str, mine: Weeks) -> Fact:
    if not mine.due or account.state == State.PAUSED.value:
        cause = Cause.NOT_APPLICABLE.value
        return fact(account, measure, cause=cause, note="统计期内未开设或经报批暂停")
    said: dict[str, Any] = {"samples": mine.due, "coverage": mine.seen}
    if mine.proven < ENOUGH * mine.due:
        note = f"{mine.due}周中有{mine.due - mine.proven}周未采集到"
        return lacking(account, measure, note, numerator=mine.posted, denominator=mine.due, **said)
    left = mine.due - mine.proven
    if left:
        said["note"] = f"{left}周未采集到,不计入"
    return fact(account, measure, numerator=mine.posted, denominator=mine.proven, **said)
