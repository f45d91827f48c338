"""Deadlines: working days as announced, Monday to Friday where nothing is, by day-by-day oracle."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect import shelf
from monitor.coordinate import deadline
from monitor.domain.calendar import Calendar
from monitor.domain.errors import InputError
from monitor.domain.instants import day_start, shanghai_day
from tests.coordinate.calendars import FOLDER, YEARS, render


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    years = [deadline.parse(shelf.read(path).mapping, path.name) for path in FOLDER.glob("*.yaml")]
    return Calendar({each.year: each for each in years})


@pytest.mark.parametrize("year", YEARS)
def test_the_shipped_calendars_are_those_that_were_announced(year: int) -> None:
    assert (FOLDER / f"{year}.yaml").read_text("utf-8") == render(year)


def test_every_announced_day_is_worked_or_free_as_the_calendar_says(calendar: Calendar) -> None:
    for number in range((date(2027, 1, 1) - date(2019, 1, 1)).days):
        day = date(2019, 1, 1) + timedelta(days=number)
        assert calendar.works(day) == chinese_calendar.is_workday(day), day
        assert calendar.known(day)


@given(st.integers(day_start(date(2019, 1, 1)), day_start(date(2026, 11, 1))), st.integers(1, 15))
def test_the_end_of_the_last_working_day(calendar: Calendar, start: int, days: int) -> None:
    found = deadline.after_working_days(start, days, calendar)
    first = shanghai_day(start) + timedelta(days=1)
    last = shanghai_day(found.at)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(chinese_calendar.is_workday(day) for day in span) == days
    assert chinese_calendar.is_workday(last)
    assert shanghai_day(found.at + 1) == last + timedelta(days=1)
    assert not found.provisional


def test_over_the_national_day_five_days_are_twelve(calendar: Calendar) -> None:
    start = day_start(date(2026, 9, 30)) + 9 * 3600
    found = deadline.after_working_days(start, 1, calendar)
    assert shanghai_day(found.at) == date(2026, 10, 8)


def test_a_year_nobody_announced_counts_the_week_and_says_so(calendar: Calendar) -> None:
    found = deadline.after_working_days(day_start(date(2026, 12, 31)), 1, calendar)
    assert shanghai_day(found.at) == date(2027, 1, 1)
    assert found.provisional
    assert deadline.after_hours(100, 24) == deadline.Deadline(100 + 86_400)


@pytest.mark.parametrize(
    "sheet",
    [
        {"holidays": []},
        {"year": 2026, "holidays": [date(2025, 10, 1)]},
        {"year": 2026, "holidays": ["十月一日"]},
        {"year": 2026, "workdays": [date(2026, 10, 9)]},
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(sheet: dict[str, object]) -> None:
    with pytest.raises(InputError):
        deadline.parse(sheet, "2026.yaml")
    with pytest.raises(ValueError, match="at least one"):
        deadline.after_working_days(0, 0, Calendar())


@given(st.integers(0, 2800), st.integers(0, 12), st.integers(0, 86_399))
def test_what_was_seen_on_the_working_day_before_is_just_one_working_day_old(
    calendar: Calendar, number: int, back: int, second: int
) -> None:
    """发前复查 asks both ways round: whom to look at, and whether a look still holds."""
    today = date(2019, 1, 20) + timedelta(days=number)
    looked = day_start(today - timedelta(days=back)) + second
    holds = deadline.after_working_days(looked, 1, calendar).at >= day_start(today)
    assert holds == (shanghai_day(looked) >= calendar.before(today))
