"""Posts 作品: how many, how many help or warn or are original, how many outside office hours, what
people did.

One content counts once for a unit and week, however many of its accounts carry it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.domain.assessed import Fact
from monitor.domain.instants import DAY, HOUR, MINUTE
from monitor.domain.measuring import Span
from monitor.domain.post import ORIGINAL, REPOSTED
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
from monitor.record.score_weeks import LASTED, Weeks, word_table
from monitor.record.store import Reading

ALL: Final = "作品数"
SERVING: Final = "便民与防范作品数"
OUTSIDE: Final = "工作时间外发布率"
ORIGINALS: Final = "原创作品数"
ORIGINAL_SHARE: Final = "原创率"
OWN_MEDIAN: Final = "阅读与自身中位数之比"
NUMBERS: Final = {
    "阅读数": "reads",
    "播放数": "plays",
    "点赞数": "likes",
    "在看数": "recommends",
    "评论数": "comments",
    "分享数": "shares",
    "收藏数": "favourites",
}
"""Measurements and their columns of a post's numbers."""
COUNTS: Final = frozenset({ALL, SERVING, OUTSIDE, ORIGINALS, ORIGINAL_SHARE})
KEYS: Final = COUNTS | {OWN_MEDIAN, *NUMBERS}
FEWEST: Final = 3
"""So many works make a median, now and before."""
YEAR: Final = 365 * DAY
AHEAD: Final = 8 * HOUR
"""Shanghai's clock before UTC."""
OPENS: Final = 8 * HOUR + 30 * MINUTE
SHUTS: Final = 18 * HOUR

ORIGINAL_FORMS: Final = ", ".join(f"'{each}'" for each in ORIGINAL)
TELLING_FORMS: Final = ", ".join(f"'{each}'" for each in (*ORIGINAL, *REPOSTED))

MINE: Final = f"""
FROM frame f JOIN post p ON p.account_id = f.account_id AND p.published_from >= :since
  AND p.published_from < :end AND p.published_until < :end AND {VISIBLE} AND {LASTED}
"""
"""The posts p surely in the span, of accounts f of the frame."""
_COUNTED: Final = f"""
WITH {FRAME}, mine AS (
  SELECT f.account_id, k.title, k.form, p.published_from, p.published_until, row_number() OVER (
    PARTITION BY f.unit_id, (p.published_from - :monday + 10 * :week) / :week,
      CASE WHEN k.title = '' THEN CAST(k.id AS TEXT) ELSE k.title END
    ORDER BY p.published_from, p.key_id) AS place
  {MINE} JOIN post_key k ON k.id = p.key_id)
SELECT account_id, count(*),
  sum(CASE WHEN EXISTS (SELECT 1 FROM {{words}} AS w
    WHERE mine.title LIKE '%' || w.word || '%') THEN 1 ELSE 0 END),
  sum(CASE WHEN published_until - published_from < {HOUR} THEN 1 ELSE 0 END),
  sum(CASE WHEN published_until - published_from < {HOUR} AND (
    ((published_from + {AHEAD}) / {DAY} + 3) % 7 >= 5
    OR (published_from + {AHEAD}) % {DAY} < {OPENS}
    OR (published_from + {AHEAD}) % {DAY} >= {SHUTS}) THEN 1 ELSE 0 END),
  sum(CASE WHEN form IN ({ORIGINAL_FORMS}) THEN 1 ELSE 0 END),
  sum(CASE WHEN form IN ({TELLING_FORMS}) THEN 1 ELSE 0 END)
FROM mine WHERE place = 1 GROUP BY account_id
"""
_TOLD: Final = f"""
WITH {FRAME}, told AS (
  SELECT f.account_id, o.{{column}} AS n, row_number() OVER (PARTITION BY p.key_id
    ORDER BY o.observed_at DESC, o.recorded_at DESC, o.source) AS place
  {MINE} LEFT JOIN post_obs o ON o.key_id = p.key_id AND o.{{column}} IS NOT NULL
    AND o.observed_at < :as_of AND o.recorded_at <= :known_at)
SELECT account_id, count(*), count(n), CAST(coalesce(sum(n), 0) AS BIGINT)
FROM told WHERE place = 1 GROUP BY account_id
"""
_MEDIANS: Final = f"""
WITH {FRAME}, told AS (
  SELECT f.account_id, p.key_id, coalesce(o.reads, o.plays) AS n,
    CASE WHEN p.published_from >= :since THEN 1 ELSE 0 END AS fresh,
    row_number() OVER (PARTITION BY p.key_id
      ORDER BY o.observed_at DESC, o.recorded_at DESC, o.source) AS place
  FROM frame f JOIN post p ON p.account_id = f.account_id AND p.published_from >= :year
    AND p.published_from < :end AND p.published_until < :end AND {VISIBLE} AND {LASTED}
  JOIN post_obs o ON o.key_id = p.key_id AND coalesce(o.reads, o.plays) IS NOT NULL
    AND o.observed_at < :as_of AND o.recorded_at <= :known_at),
ranked AS (
  SELECT account_id, fresh, n,
    row_number() OVER (PARTITION BY account_id, fresh ORDER BY n, key_id) AS nth,
    count(*) OVER (PARTITION BY account_id, fresh) AS many
  FROM told WHERE place = 1)
SELECT account_id, fresh, CAST(avg(n) AS DOUBLE PRECISION), max(many)
FROM ranked WHERE nth IN ((many + 1) / 2, (many + 2) / 2) GROUP BY account_id, fresh
"""


def counted(
    tx: Reading,
    span: Span,
    frame: Mapping[int, Framed],
    seen: Mapping[int, Weeks],
    words: tuple[str, ...],
) -> Iterator[Fact]:
    """Works, those that help or warn by the list of words, those outside office hours, and those
    that are original, as far as a platform says so."""
    table, given = word_table(tx, words)
    rows = by_account(fetch(tx, _COUNTED.format(words=table), {**over(span), **given}))
    for key, account in frame.items():
        _, works, serving, timed, outside, *said = map(int, rows.get(key, (key, *[0] * 6)))
        share = seen.get(key, Weeks()).seen
        yield _count(account, ALL, works, share)
        yield _count(account, SERVING, serving, share)
        yield fact(account, OUTSIDE, numerator=outside, denominator=timed)
        yield from _original(account, works, said, share)


def _original(
    account: Framed, works: int, said: Sequence[int], seen: float | None
) -> Iterator[Fact]:
    """`said`: how many are original, and of how many that is known."""
    original, known = said
    if known < ENOUGH * works:
        note = f"{works}条作品中{known}条由平台标明是否原创"
        more: dict[str, Any] = {"samples": known, "coverage": rate(known, works)}
        yield lacking(account, ORIGINALS, note, value=original, **more)
        yield lacking(account, ORIGINAL_SHARE, note, **more)
        return
    yield _count(account, ORIGINALS, original, seen)
    coverage = rate(known, works)
    yield fact(account, ORIGINAL_SHARE, numerator=original, denominator=known, coverage=coverage)


def _count(account: Framed, measure: str, number: int, seen: float | None) -> Fact:
    """A count is at least what is known; where too little was seen it is not known."""
    said = {"value": number, "samples": number, "coverage": seen}
    if seen is not None and seen < ENOUGH:
        return lacking(account, measure, "统计期内数据不完整", **said)
    return fact(account, measure, **said)


def told(tx: Reading, span: Span, frame: Mapping[int, Framed], measure: str) -> Iterator[Fact]:
    """What people did with the works of every account, by the newest number of each."""
    rows = by_account(fetch(tx, _TOLD.format(column=NUMBERS[measure]), over(span)))
    for key, account in frame.items():
        _, works, known, total = map(int, rows.get(key, (key, 0, 0, 0)))
        said: dict[str, Any] = {"value": total, "samples": known, "coverage": rate(known, works)}
        if known < ENOUGH * works:
            yield lacking(account, measure, f"{works}条作品中{known}条有数据", **said)
        else:
            yield fact(account, measure, **said)


def against_own_median(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """The median reads (plays) of each account's works over that of the year before."""
    values = {**over(span), "year": span.since - YEAR}
    found = {(row[0], row[1]): (row[2], int(row[3])) for row in fetch(tx, _MEDIANS, values)}
    for key, account in frame.items():
        before, many = found.get((key, 0), (0.0, 0))
        now, fresh = found.get((key, 1), (0.0, 0))
        if many < FEWEST or not before:
            cause = Cause.NOT_APPLICABLE.value
            yield fact(account, OWN_MEDIAN, cause=cause, note="没有前四季的阅读播放数据")
        elif fresh < FEWEST:
            cause = Cause.FEW.value
            yield fact(account, OWN_MEDIAN, cause=cause, samples=fresh, note="有数据的作品不足3条")
        else:
            yield fact(account, OWN_MEDIAN, value=now / before, samples=fresh)
