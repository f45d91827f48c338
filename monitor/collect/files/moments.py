"""Moments of cells: a date, a minute or a second as the interval in which it may have been."""

import math
import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from monitor.collect.files.values import Cell, Unreadable, is_missing, text_of
from monitor.domain.instants import (
    DAY,
    HOUR,
    MINUTE,
    SHANGHAI,
    day_end,
    day_start,
    shanghai,
    shanghai_day,
    to_second,
)

Moment = tuple[int, int]
"""The first and the last second (UTC) in which it may have been."""

EARLIEST: Final = 2000
"""No account of any platform is older."""
LATEST: Final = 2100
EXCEL_ZERO: Final = date(1899, 12, 30)
SERIALS: Final = (20000, 60000)
REAL: Final = "真实存在的日期和时间"
EXPECTED: Final = "时间,如2026-11-22 09:30或2026-11-22"

_SEPARATED: Final = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:(?:(?<=日)|[T\s]+)(?P<hour>\d{1,2})\s*[:时]\s*(?P<minute>\d{1,2})\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_COMPACT: Final = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[T\s]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?(?P<zone>)"
)
_USUAL: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_MONTH: Final = re.compile(r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?|年)")


def moment(cell: Cell) -> Moment | None:
    """When it was, None where missing: a date is its Shanghai day, a minute its 60 seconds.

    A typed time whose seconds are 0 is taken as a minute: Excel makes such a cell of a typed
    '12:34', and a wider interval accuses nobody.
    """
    if isinstance(cell, str) and _USUAL.fullmatch(cell):
        return _usual(cell)
    if is_missing(cell):
        return None
    if isinstance(cell, datetime):
        return _instant(cell.replace(microsecond=0), exact=cell.second != 0)
    if isinstance(cell, date):
        return _day(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Unreadable(EXPECTED)
    text = normalize("NFKC", text_of(cell))
    if _SERIAL.fullmatch(text):
        return _serial(text)
    found = _SEPARATED.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        raise Unreadable(EXPECTED)
    return _written(found)


def _usual(text: str) -> Moment:
    """As nearly every platform writes it: one look instead of five, for 100,000 rows."""
    hour = int(text[11:13])
    if hour > 23:  # noqa: PLR2004
        raise Unreadable(REAL)
    minute = _day_named(text[:10]) + hour * HOUR + int(text[14:16]) * MINUTE
    if len(text) == 16:  # noqa: PLR2004
        return minute, minute + MINUTE - 1
    return minute + int(text[17:19]), minute + int(text[17:19])


@lru_cache(maxsize=4096)
def _day_named(text: str) -> int:
    """The first second of a day; Shanghai's clock has not been set since 1991."""
    try:
        return _day(date.fromisoformat(text))[0]
    except ValueError:
        raise Unreadable(REAL) from None


def day(cell: Cell) -> date | None:
    """The Shanghai day a cell names, None where missing."""
    found = moment(cell)
    return None if found is None else shanghai_day(found[0])


def period(cell: Cell) -> Moment | None:
    """Like `moment`, and '2019-03' is that month, '2019年' that year."""
    found = _MONTH.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    if found is None:
        return moment(cell)
    year, month = int(found[1]), int(found[2] or 0)
    first, last = (month, month) if found[2] else (1, 12)
    try:
        start, end = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        raise Unreadable("日期,如2019-03-01;只知道月份可写2019-03") from None
    return _day(start)[0], _day(end)[1]


def clipped(found: Moment, observed_at: int) -> Moment:
    """The interval as far as it lies before the capture; one that begins after it is refused."""
    if found[0] > observed_at:
        raise Unreadable("不晚于统计日期和当前时间的时间")
    return found[0], min(found[1], observed_at)


def _day(found: date) -> Moment:
    if not EARLIEST <= found.year < LATEST:
        raise Unreadable(f"{EARLIEST}年以后的日期")
    return day_start(found), day_end(found)


def _instant(found: datetime, *, exact: bool) -> Moment:
    if not EARLIEST <= found.year < LATEST:
        raise Unreadable(f"{EARLIEST}年以后的时间")
    aware = found if found.tzinfo is not None else found.replace(tzinfo=SHANGHAI)
    second = to_second(aware)
    return (second, second) if exact else (second, second + 59)


def _serial(text: str) -> Moment:
    """Days since 1899-12-30; the fraction is the time of day, as Excel rounds it."""
    number = Decimal(text)
    if not SERIALS[0] <= number <= SERIALS[1]:
        raise Unreadable(EXPECTED)
    whole = math.floor(number)
    found = EXCEL_ZERO + timedelta(days=whole)
    rest = round((number - whole) * 86400)
    if not rest:
        return _day(found)
    clock = datetime.combine(found, time()) + timedelta(seconds=rest)
    return _instant(clock, exact=clock.second != 0)


def _written(found: re.Match[str]) -> Moment:
    try:
        named = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            if found["zone"]:
                raise Unreadable(EXPECTED)
            return _day(named)
        clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise Unreadable(REAL) from None
    instant = datetime.combine(named, clock, _zone(found["zone"]))
    return _instant(instant, exact=found["second"] is not None)


def _zone(text: str | None) -> tzinfo | None:
    """None for Shanghai: platforms here write no zone."""
    if not text:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def say(found: Moment) -> str:
    """A moment as a person would write it: a day, a minute or a second."""
    start = shanghai(found[0])
    if found[1] - found[0] >= DAY - 1:
        return start.strftime("%Y-%m-%d")
    return start.strftime("%Y-%m-%d %H:%M:%S" if found[0] == found[1] else "%Y-%m-%d %H:%M")


def say_period(found: Moment) -> str:
    """A stretch as a ledger writes it: '2019-03-01', '2019-03', '2019年', or its two ends."""
    first, last = shanghai(found[0]), shanghai(found[1])
    if first.date() == last.date():
        return say(found)
    for shape in ("%Y-%m", "%Y年"):
        text = first.strftime(shape)
        if period(text) == found:
            return text
    return f"{say((found[0], found[0]))}至{say((found[1], found[1]))}"
