"""Facts in a text 事实要素: dates, times, people, money and other numbers, by what they mean.

十月六日18时 and 10月6日下午6点 are the same; 3万元, 三万元 and 30,000元 are the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from monitor.coordinate.numerals import NUMBER, value

TIME: Final = "时间"
PEOPLE: Final = "人数"
AMOUNT: Final = "金额"
NUMBERED: Final = "数字"
NOON: Final = 12
LATER: Final = frozenset({"下午", "晚上", "晚", "夜间", "傍晚", "中午"})
FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""One character for one, so that positions stay."""

Value = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A fact at [start, end) of a text; `value` compares within its kind and `sort`."""

    kind: str
    sort: str
    value: Value
    start: int
    end: int

    def agrees(self, other: "Token") -> bool:
        """Whether both say the same; what only one says (the year) is not held against it."""
        if (self.kind, self.sort) != (other.kind, other.sort):
            return False
        pairs = zip(self.value, other.value, strict=True)
        return all(None in pair or pair[0] == pair[1] for pair in pairs)


def tokens(text: str) -> tuple[Token, ...]:
    """Every fact of the text in order, none inside another; what comes first in the list of
    patterns keeps its place."""
    flat = text.translate(FULL_WIDTH)
    found: list[Token] = []
    for pattern, read in _PATTERNS:
        for hit in pattern.finditer(flat):
            if all(hit.end() <= each.start or hit.start() >= each.end for each in found):
                found.extend(_token(hit, read))
    return tuple(sorted(found, key=lambda each: each.start))


def _token(
    hit: re.Match[str], read: Callable[[re.Match[str]], tuple[str, str, Value] | None]
) -> Iterator[Token]:
    what = read(hit)
    if what is not None:
        yield Token(*what, hit.start(), hit.end())


def _date(hit: re.Match[str]) -> tuple[str, str, Value] | None:
    year, month, day = (value(each) if each else None for each in hit.group("y", "m", "d"))
    return (TIME, "日期", (year, month, day)) if _within(month, 12) and _within(day, 31) else None


def _day(hit: re.Match[str]) -> tuple[str, str, Value] | None:
    day = value(hit["d"])
    return (TIME, "日期", (None, None, day)) if _within(day, 31) else None


def _clock(hit: re.Match[str]) -> tuple[str, str, Value] | None:
    hour = value(hit["h"])
    minute = Decimal(30) if hit["half"] else value((hit["min"] or hit["sec"] or "0").rstrip("分"))
    if hour is None or not _within(hour, 24):
        return None
    later = hit["part"] in LATER and hour < NOON
    return TIME, "时刻", (hour + NOON if later else hour, minute)


def _within(number: Decimal | None, most: int) -> bool:
    return number is None or number <= most


def _counted(kind: str) -> Callable[[re.Match[str]], tuple[str, str, Value]]:
    return lambda hit: (kind, hit["u"] if kind == NUMBERED else "", (value(hit["n"]),))


_TWO: Final = r"(?:(?<!\d)\d{1,2}|[零〇一二三四五六七八九十]{1,3})"
_PARTS: Final = "|".join((*sorted(LATER, key=len, reverse=True), "上午", "凌晨", "早上", "清晨"))
_YEAR: Final = r"(?P<y>(?<!\d)\d{4}|[〇零一二三四五六七八九]{4})"
_N: Final = rf"(?<![第\d])(?P<n>{NUMBER})[余多]?"
_PATTERNS: Final = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"(?:{_YEAR}年)?(?P<m>{_TWO})月(?:份|(?P<d>{_TWO})[日号])?", _date),
        (rf"{_YEAR}[./-](?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?!\d)", _date),
        (rf"(?P<d>{_TWO})[日号](?!线|楼|门|路|令)", _day),
        (
            rf"(?P<part>{_PARTS})?(?P<h>{_TWO})"
            rf"(?:[时点](?!间)(?:(?P<half>半)|(?P<min>\d\d(?!\d)分?|{_TWO}分))?|:(?P<sec>\d\d)(?!\d))",
            _clock,
        ),
        (rf"{_N}(?:元|块钱)", _counted(AMOUNT)),
        (rf"{_N}(?:人|名|位)", _counted(PEOPLE)),
        (
            rf"{_N}(?P<u>起|件|辆|小时|天|分钟|秒|公里|千米|米|个|次|条|处|台|部|家|户|吨|公斤"
            r"|周岁|岁|倍|年|%)",
            _counted(NUMBERED),
        ),
        (r"(?<![\d.第])(?P<n>\d+)(?P<u>)(?![\d.])", _counted(NUMBERED)),
    )
)
