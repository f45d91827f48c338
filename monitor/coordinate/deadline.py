"""Deadlines in hours or working days, pure: the calendar and the start are arguments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from monitor.domain.calendar import SATURDAY, Calendar, Year
from monitor.domain.errors import InputError
from monitor.domain.instants import HOUR, day_end, shanghai_day


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last second (UTC); `provisional` where a year it runs through was not announced yet."""

    at: int
    provisional: bool = False


def after_hours(start: int, hours: int) -> Deadline:
    """So many hours after a second."""
    return Deadline(start + hours * HOUR)


def after_working_days(start: int, days: int, calendar: Calendar) -> Deadline:
    """The end of the last of so many working days; the day of `start` itself does not count."""
    if days < 1:
        raise ValueError("a deadline lies at least one working day ahead")
    day, left, provisional = shanghai_day(start), days, False
    while left:
        day += timedelta(days=1)
        provisional = provisional or not calendar.known(day)
        left -= calendar.works(day)
    return Deadline(day_end(day), provisional)


def parse(mapping: Mapping[str, Any], where: str) -> Year:
    """One year out of its data sheet; InputError names what does not fit."""
    year = mapping.get("year")
    if not isinstance(year, int):
        raise InputError("缺少年份(year)", where)
    holidays = frozenset(_days(mapping, "holidays", year, where))
    workdays = frozenset(_days(mapping, "workdays", year, where))
    if any(day.weekday() < SATURDAY for day in workdays):
        raise InputError("调休上班日(workdays)应是周六或周日", where)
    return Year(year, holidays, workdays, str(mapping.get("source", "")))


def _days(mapping: Mapping[str, Any], key: str, year: int, where: str) -> list[date]:
    days = mapping.get(key, [])
    if not isinstance(days, list) or not all(isinstance(day, date) for day in days):
        raise InputError(f"{key} 应为日期列表", where, "例如 2026-10-01")
    if any(day.year != year for day in days):
        raise InputError(f"{key} 中有别的年份的日期", where, "每年一个文件")
    return days
