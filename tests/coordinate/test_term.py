"""The working-day clock agrees with somebody who strikes days off a wall calendar."""

import os
from datetime import date, timedelta

import chinese_calendar
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.coordinate import deadline, term
from monitor.domain.calendar import Calendar
from monitor.domain.case import Term
from monitor.domain.instants import DAY, HOUR, day_start, shanghai_day
from tests.coordinate.calendars import FOLDER

SHEETS = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
ANNOUNCED = Calendar({each["year"]: deadline.parse(each, "") for each in SHEETS})
EXAMPLES = 10_000 if os.environ.get("SENTINEL_DEEP") else 300
FIRST, LAST = day_start(date(2019, 1, 1)), day_start(date(2026, 11, 30))
SECONDS = st.integers(FIRST, LAST)
GAPS = st.lists(st.integers(0, 20 * DAY), max_size=6)


def worked(day: date) -> bool:
    """The library's word for the announced years, Monday to Friday after them."""
    return bool(chinese_calendar.is_workday(day)) if day.year < 2027 else day.weekday() < 5


def struck_off(days: int, turns: list[int], now: int) -> tuple[int, date | None]:
    """(days left, due day or None while it stands still): one day after the other by hand.

    `turns` are the instants at which the clock was started, stopped, started ...
    """
    stretches = [(a, b) for a, b in zip(turns[::2], [*turns[1::2], None], strict=False)]
    left, due, ran_until = days, None, None
    for began, ended in stretches:
        day = shanghai_day(began) + timedelta(days=1)
        if ended is None:
            ran_until = began
            break
        while day < shanghai_day(ended):
            left -= worked(day)
            day += timedelta(days=1)
    if ran_until is None:
        return left, None
    due, rest = shanghai_day(ran_until), left
    while rest > 0:
        due += timedelta(days=1)
        rest -= worked(due)
    today = shanghai_day(now)
    day, over = min(today, due), 0
    while day < max(today, due):
        day += timedelta(days=1)
        over += worked(day)
    return (over if today <= due else -over), due


@settings(max_examples=EXAMPLES)
@given(st.integers(1, 30), SECONDS, GAPS, st.integers(0, 60 * DAY))
def test_what_is_left_is_what_a_wall_calendar_says(
    days: int, first: int, gaps: list[int], later: int
) -> None:
    turns = [first]
    for gap in gaps:
        turns.append(turns[-1] + gap)
    clock = Term(days)
    for number, at in enumerate(turns):
        clock = term.start(clock, at) if number % 2 == 0 else term.stop(clock, at)
    now = turns[-1] + later
    found = term.left(clock, now, ANNOUNCED)
    left, due = struck_off(days, turns, now)
    assert found.days == left
    assert (None if found.due is None else shanghai_day(found.due.at)) == due


@given(SECONDS, st.integers(0, 30 * DAY))
def test_starting_twice_is_starting_once_and_a_standing_clock_stands(at: int, gap: int) -> None:
    once = term.start(Term(3), at)
    assert term.start(once, at + gap) == once
    stopped = term.stop(once, at + gap)
    assert term.stop(stopped, at + 2 * gap) == stopped
    assert term.left(stopped, at + gap, ANNOUNCED) == term.left(
        stopped, at + gap + 90 * DAY, ANNOUNCED
    )


def test_the_day_of_handing_in_is_not_counted_against_the_unit() -> None:
    monday = day_start(date(2026, 11, 23)) + 9 * HOUR
    clock = term.stop(term.start(Term(3), monday), monday + 2 * DAY)  # on Wednesday
    assert term.used(clock, monday + 9 * DAY, ANNOUNCED) == 1
    again = term.start(clock, monday + 7 * DAY)
    found = term.left(again, monday + 7 * DAY, ANNOUNCED)
    assert found.due is not None
    assert shanghai_day(found.due.at) == date(2026, 12, 2)
    assert found.days == 2
