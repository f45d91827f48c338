"""Relative times: whichever way a platform counts, the post lies within the bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.instants import (
    DAY,
    HOUR,
    MINUTE,
    day_end,
    day_start,
    shanghai,
    shanghai_day,
)
from monitor.domain.patrol import Moment
from monitor.domain.relative import bounds

FIRST = day_start(date(2019, 1, 1))
LAST = day_start(date(2031, 1, 1))
SEEN = st.integers(FIRST, LAST)
NOON = day_start(date(2026, 11, 22)) + 12 * HOUR
"""A Sunday."""


def months(earlier: int, later: int) -> int:
    """Whole calendar months between the months two seconds lie in."""
    a, b = shanghai(earlier), shanghai(later)
    return (b.year - a.year) * 12 + b.month - a.month


def full_months(earlier: int, later: int) -> int:
    """Months gone by as birthdays are counted."""
    a, b = shanghai(earlier), shanghai(later)
    begun = (b.day, b.time()) < (a.day, a.time())
    return months(earlier, later) - begun


WAYS = {
    "分钟前": (lambda x, t: (t - x) // MINUTE, lambda x, t: t // MINUTE - x // MINUTE),
    "小时前": (lambda x, t: (t - x) // HOUR, lambda x, t: t // HOUR - x // HOUR),
    "天前": (
        lambda x, t: (t - x) // DAY,
        lambda x, t: (shanghai_day(t) - shanghai_day(x)).days,
    ),
    "周前": (
        lambda x, t: (t - x) // (7 * DAY),
        lambda x, t: (monday(t) - monday(x)).days // 7,
    ),
    "个月前": (lambda x, t: (t - x) // (30 * DAY), months, full_months),
    "年前": (
        lambda x, t: (t - x) // (365 * DAY),
        lambda x, t: shanghai(t).year - shanghai(x).year,
        lambda x, t: full_months(x, t) // 12,
    ),
}
"""How platforms may count: by what has gone by, by the calendar, by birthdays."""
LONGEST = {
    "分钟前": HOUR,
    "小时前": DAY,
    "天前": 60 * DAY,
    "周前": 60 * DAY,
    "个月前": 700 * DAY,
    "年前": 4000 * DAY,
}


def monday(second: int) -> date:
    day = shanghai_day(second)
    return day - timedelta(days=day.weekday())


@pytest.mark.parametrize("word", WAYS)
@given(data=st.data())
def test_the_post_lies_within_the_hull_of_both_ways_of_counting(
    word: str, data: st.DataObject
) -> None:
    seen = data.draw(SEEN)
    posted = seen - data.draw(st.integers(0, LONGEST[word]))
    slow = data.draw(st.integers(0, 2 * HOUR))
    for count in WAYS[word]:
        found = bounds(f"{count(posted, seen)}{word}", (seen - slow, seen))
        exact = bounds(f"{count(posted, seen)}{word}", (seen, seen))
        assert found is not None
        assert exact is not None
        assert exact[0] <= posted <= exact[1] <= seen
        assert found[0] <= exact[0]
        assert found[1] >= exact[1]


@given(SEEN, st.integers(0, 200))
def test_days_ago_are_what_the_design_says(seen: int, count: int) -> None:
    last = day_end(shanghai_day(seen) - timedelta(days=count))
    expected = (seen - (count + 1) * DAY + 1, min(last, seen))
    assert bounds(f"{count}天前", (seen, seen)) == expected


def minute(day: date, hour: int, of: int) -> Moment:
    first = day_start(day) + hour * HOUR + of * MINUTE
    return first, first + MINUTE - 1


def whole(day: date) -> Moment:
    return day_start(day), day_end(day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨天 18:05", minute(date(2026, 11, 21), 18, 5)),
        ("昨天18:05", minute(date(2026, 11, 21), 18, 5)),
        ("前天 08:00", minute(date(2026, 11, 20), 8, 0)),
        ("今天 09:30", minute(date(2026, 11, 22), 9, 30)),
        ("09:30", minute(date(2026, 11, 22), 9, 30)),
        ("今天", (day_start(date(2026, 11, 22)), NOON)),
        ("11-20", whole(date(2026, 11, 20))),
        ("11月20日", whole(date(2026, 11, 20))),
        ("11-20 18:05", minute(date(2026, 11, 20), 18, 5)),
        ("12-25", whole(date(2025, 12, 25))),
        ("02-29", whole(date(2024, 2, 29))),
        ("周五", whole(date(2026, 11, 20))),
        ("星期五 10:00", minute(date(2026, 11, 20), 10, 0)),
        ("刚刚", (NOON - HOUR + 1, NOON)),
        ("30秒前", (NOON - 59, NOON)),
        ("3 天前", (NOON - 4 * DAY + 1, day_end(date(2026, 11, 19)))),
        ("三天前", (NOON - 4 * DAY + 1, day_end(date(2026, 11, 19)))),
    ],
)
def test_what_platforms_show_is_understood(text: str, expected: Moment) -> None:
    assert bounds(text, (NOON, NOON)) == expected


def test_a_day_by_its_own_name_is_today_or_a_week_ago() -> None:
    assert bounds("周日", (NOON, NOON)) == (day_start(date(2026, 11, 15)), NOON)


@pytest.mark.parametrize("text", ["", "2026-11-20", "不久以前", "3天后", "x天前"])
def test_anything_else_is_left_to_others(text: str) -> None:
    assert bounds(text, (NOON, NOON)) is None


@pytest.mark.parametrize("text", ["昨天 25:00", "13-40", "02-30", "今天 18:05", "23:59"])
def test_what_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"look|day"):
        bounds(text, (NOON, NOON))


@given(
    SEEN,
    st.integers(0, DAY),
    st.sampled_from(["昨天", "前天", "昨天 08:15", "今天 00:00", "11-20", "周三"]),
)
def test_a_look_known_less_exactly_gives_bounds_no_narrower(
    seen: int, slow: int, text: str
) -> None:
    early, late = bounds(text, (seen, seen)), bounds(text, (seen + slow, seen + slow))
    found = bounds(text, (seen, seen + slow))
    assert early is not None
    assert late is not None
    assert found is not None
    assert found[1] <= seen + slow
    if text != "11-20":
        assert found[0] <= early[0]
    assert found[1] >= late[1]
