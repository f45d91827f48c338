"""ISO weeks as people write them, 2026-W48: Monday to Sunday on a Shanghai calendar."""

import re
from datetime import date, timedelta
from typing import Final

from monitor.domain.errors import InputError
from monitor.domain.instants import HOUR, day_start, shanghai_day

DUE_DAY: Final = 3
DUE_HOUR: Final = 17
"""Unless told otherwise what is asked weekly is due on Thursday at 17:00."""
_WRITTEN: Final = re.compile(r"(\d{4})-W(\d{2})")


def week_of(second: int) -> str:
    """The week a second (UTC) falls into."""
    year, week, _ = shanghai_day(second).isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> date:
    """The first day of a week; InputError where the text names none."""
    found = _WRITTEN.fullmatch(week)
    try:
        if found is not None:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        found = None
    raise InputError(f"“{week}”不是一个周次", remedy="应写成 2026-W48")


def span_of(week: str) -> tuple[int, int]:
    """The week as [first second, first second of the next Monday)."""
    monday = monday_of(week)
    return day_start(monday), day_start(monday + timedelta(days=7))


def due_of(week: str) -> int:
    """When the week's form is due where nobody set another time: Thursday 17:00."""
    return day_start(monday_of(week) + timedelta(days=DUE_DAY)) + DUE_HOUR * HOUR


def say_week(week: str) -> str:
    """`第48期(11月23日—11月29日)`."""
    monday = monday_of(week)
    sunday = monday + timedelta(days=6)
    number = int(week[-2:])
    return f"第{number}期({monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日)"
