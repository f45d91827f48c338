"""Phrases the sentences of findings are made of: instants, spans, sources, in Chinese."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from monitor.domain.instants import DAY, HOUR, shanghai
from monitor.domain.interval import Interval

NAMED_STRETCHES: Final = 3
"""So many uncovered stretches are named one by one; of more only the first ones."""


@lru_cache(maxsize=4096)
def instant(second: int) -> str:
    """`2026年11月19日10:12`, on a Shanghai clock."""
    at = shanghai(second)
    return f"{at.year}年{at.month}月{at.day}日{at.hour:02}:{at.minute:02}"


@lru_cache(maxsize=4096)
def day(second: int) -> str:
    """`2026年11月19日`, the Shanghai day a second falls on."""
    at = shanghai(second)
    return f"{at.year}年{at.month}月{at.day}日"


@lru_cache(maxsize=4096)
def iso(second: int) -> str:
    """`2026-11-19T10:12:00+08:00`, as evidence keeps an instant."""
    return shanghai(second).isoformat()


def within(first: int, last: int) -> str:
    """When something happened between two seconds, as exactly as they allow."""
    if first == last:
        return instant(first)
    if day(first) == day(last):
        return day(first)
    return f"{day(first)}至{day(last)}之间"


def span(seconds: int) -> str:
    """Whole days, `14天`; `14天余` where a little more is the point; hours under a day."""
    if seconds < HOUR:
        return "不足1小时"
    if seconds < DAY:
        return f"{seconds // HOUR}小时"
    return f"{seconds // DAY}天"


def span_over(seconds: int, limit: int) -> str:
    """A span that exceeds a limit, so that both can stand in one sentence."""
    text = span(seconds)
    return f"{text}余" if text == span(limit) else text


def spans(least: int, most: int | None) -> str:
    """Bounds as one phrase: `12天`, `12天至15天`, `至少12天`."""
    low = span(least)
    if most is None:
        return f"至少{low}"
    high = span(most)
    return low if low == high else f"{low}至{high}"


def authority(source: str, rank: str) -> str:
    """`(北京市通报,外地做法)`; the rank is not said twice."""
    return f"({source})" if source.startswith(rank) else f"({source},{rank})"


@lru_cache(maxsize=4096)
def stretch(a: int, b: int) -> str:
    """The Shanghai days that [a, b) touches, `2026年11月5日至11月9日`."""
    first, last = shanghai(a), shanghai(b - 1)
    if first.date() == last.date():
        return day(a)
    if first.year == last.year:
        return f"{day(a)}至{last.month}月{last.day}日"
    return f"{day(a)}至{day(b - 1)}"


def gaps(missing: Sequence[Interval]) -> str:
    """The uncovered stretches by name and their days in all; '' where there are none."""
    if not missing:
        return ""
    days = -(-sum(b - a for a, b in missing) // DAY)
    return f"{_named(missing)}数据不全(合计约{days}天)"


def left_out(agreed: Sequence[Interval]) -> str:
    """What was agreed to be no silence, by name and how long in all; '' where there is none."""
    if not agreed:
        return ""
    return f"{_named(agreed)}不计入静默(合计{span(sum(b - a for a, b in agreed))})"


def _named(parts: Sequence[Interval]) -> str:
    more = "等" if len(parts) > NAMED_STRETCHES else ""
    return "、".join(stretch(a, b) for a, b in parts[:NAMED_STRETCHES]) + more
