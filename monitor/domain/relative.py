"""Relative times as platforms show them (3天前, 昨天 18:05, 刚刚), as bounds that cannot be wrong.

Platforms count in two ways: by elapsed time (floor of hours or days) and by the calendar. The
bounds are the hull of both, so that a post is never dated where it may not have been.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final
from unicodedata import normalize

from monitor.domain.instants import (
    DAY,
    HOUR,
    MINUTE,
    day_end,
    day_start,
    shanghai_day,
)
from monitor.domain.patrol import Moment

JUST_NOW: Final = frozenset({"刚刚", "刚才", "现在", "半小时前"})
NAMED: Final = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
WEEKDAYS: Final = "一二三四五六日"
DIGITS: Final = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
LEAP: Final = 8
"""A day without its year is looked for so many years back: 29 February may be that far."""
LONGEST_MONTH: Final = 31 * DAY
LONGEST_YEAR: Final = 366 * DAY

_AGO: Final = re.compile(
    rf"(\d{{1,3}}|[{''.join(DIGITS)}])(?:个)?(秒|秒钟|分|分钟|小时|时|天|日|周|星期|月|年)(?:以)?前"
)
_CLOCK: Final = r"(?:(\d{1,2})[:时点](\d{1,2})分?)"
_NAMED: Final = re.compile(rf"({'|'.join(NAMED)}){_CLOCK}?")
_TODAY: Final = re.compile(_CLOCK)
_WEEKDAY: Final = re.compile(rf"(?:周|星期|礼拜)([{WEEKDAYS}天]){_CLOCK}?")
_DATED: Final = re.compile(rf"(\d{{1,2}})[-/.月](\d{{1,2}})日?{_CLOCK}?")


def bounds(text: str, looked: Moment) -> Moment | None:
    """When something was published that read `text` at some second of `looked`, never after it.

    None where `text` is no relative time and no date without a year; ValueError where it is one
    that cannot be (25:00, 30 February, 18:05 of a day that is not over by then).
    """
    said = "".join(normalize("NFKC", text).split())
    if said in JUST_NOW:
        return _clipped((looked[0] - HOUR + 1, looked[1]), looked)
    for pattern, read in (
        (_AGO, _ago),
        (_NAMED, _named),
        (_TODAY, _today),
        (_WEEKDAY, _weekday),
        (_DATED, _dated),
    ):
        found = pattern.fullmatch(said)
        if found is not None:
            return _clipped(read(found, looked), looked)
    return None


def _clipped(found: Moment, looked: Moment) -> Moment:
    if found[0] > looked[1]:
        raise ValueError("it lies after the look")
    return found[0], min(found[1], looked[1])


def _ago(found: re.Match[str], looked: Moment) -> Moment:
    count = DIGITS.get(found[1]) or int(found[1])
    unit = found[2][0]
    first, last = looked
    if unit == "秒":
        return first - max(count, MINUTE - 1), last
    if unit in "分小时":
        step = MINUTE if unit == "分" else HOUR
        return first - (count + 1) * step + 1, last - last % step + step - 1 - count * step
    if unit in "天日":
        return days_ago(count, looked)
    if unit in "周星":
        sunday = shanghai_day(last) + timedelta(days=6 - shanghai_day(last).weekday())
        return first - (count + 1) * 7 * DAY + 1, day_end(sunday - timedelta(days=7 * count))
    return _months_ago(count, looked) if unit == "月" else _years_ago(count, looked)


def days_ago(count: int, looked: Moment) -> Moment:
    """ "n天前" seen at t is [t - (n+1) d + 1 s, the end of day(t) - n]."""
    last_day = shanghai_day(looked[1]) - timedelta(days=count)
    return looked[0] - (count + 1) * DAY + 1, day_end(last_day)


def _months_ago(count: int, looked: Moment) -> Moment:
    today = shanghai_day(looked[1])
    months = today.year * 12 + today.month - 1 - count
    year, month = months // 12, months % 12 + 1
    by_calendar = date(year, month, monthrange(year, month)[1])
    by_days = today - timedelta(days=30 * count)
    return looked[0] - (count + 1) * LONGEST_MONTH + 1, day_end(max(by_calendar, by_days))


def _years_ago(count: int, looked: Moment) -> Moment:
    today = shanghai_day(looked[1])
    by_days = today - timedelta(days=365 * count)
    last = max(date(today.year - count, 12, 31), by_days)
    return looked[0] - (count + 1) * LONGEST_YEAR + 1, day_end(last)


def _named(found: re.Match[str], looked: Moment) -> Moment:
    back = NAMED[found[1]]
    if found[2] is None:
        if not back:
            return day_start(shanghai_day(looked[0])), looked[1]
        return days_ago(back, looked)
    days = [shanghai_day(each) - timedelta(days=back) for each in looked]
    return _at(days[0], found[2], found[3])[0], _at(days[1], found[2], found[3])[1]


def _today(found: re.Match[str], looked: Moment) -> Moment:
    days = [shanghai_day(each) for each in looked]
    return _at(days[0], found[1], found[2])[0], _at(days[1], found[1], found[2])[1]


def _weekday(found: re.Match[str], looked: Moment) -> Moment:
    """The last such day; where it is today's name, today or a week ago."""
    wanted = WEEKDAYS.index("日" if found[1] == "天" else found[1])
    spans = []
    for each in looked:
        today = shanghai_day(each)
        back = (today.weekday() - wanted) % 7
        days = [today - timedelta(days=back)] + ([] if back else [today - timedelta(days=7)])
        spans += [_at(day, found[2], found[3]) for day in days]
    before = [span for span in spans if span[0] <= looked[1]]
    return min(span[0] for span in before), max(span[1] for span in before)


def _dated(found: re.Match[str], looked: Moment) -> Moment:
    """Without a year it is the last such day that has come."""
    today = shanghai_day(looked[1])
    for back in range(LEAP + 1):
        try:
            day = date(today.year - back, int(found[1]), int(found[2]))
        except ValueError:
            continue
        if day <= today:
            return _at(day, found[3], found[4])
    raise ValueError("no such day")


def _at(day: date, hour: str | None, minute: str | None) -> Moment:
    """A minute of a day, or all of the day."""
    if hour is None or minute is None:
        return day_start(day), day_end(day)
    if int(hour) >= 24 or int(minute) >= 60:  # noqa: PLR2004
        raise ValueError("no such time of day")
    first = day_start(day) + int(hour) * HOUR + int(minute) * MINUTE
    return first, first + MINUTE - 1
