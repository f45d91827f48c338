"""Lines of 填报: what typed words mean, and where they differ from what was seen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.disagreement import WITH_PATROL, WITH_SWEEP, Seen, hints
from monitor.domain.errors import InputError
from monitor.domain.instants import DAY, HOUR, day_start, say_minute
from monitor.domain.iso_week import due_of, monday_of, say_week, span_of, week_of
from monitor.domain.numbers import Provenance
from monitor.domain.report_entry import read, say_moment
from monitor.domain.report_line import (
    COLUMNS,
    COMMENTS,
    NEWEST,
    POSTS,
    REASON,
    RECEIVED,
    REMARK,
    REPLIED,
    URL,
    ReportLine,
)

WEEK = "2026-W48"
START, END = span_of(WEEK)
NOW = START + 4 * DAY


def test_a_week_is_said_and_due_as_the_office_says_it() -> None:
    assert say_week(WEEK) == "第48期(11月23日—11月29日)"
    assert say_minute(due_of(WEEK)) == "2026-11-26 17:00"
    assert monday_of("2026-W01") == date(2025, 12, 29)


@given(st.integers(0, 4_000_000_000))
def test_a_second_stands_in_its_week(second: int) -> None:
    start, end = span_of(week_of(second))
    assert start <= second < end
    assert end - start == 7 * DAY


@pytest.mark.parametrize("text", ["", "2026", "2026-W00", "2026-W54", "2026-48", "0000-W01"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="周次"):
        monday_of(text)


WHOLE = {POSTS: "2", NEWEST: "2026-11-24 09:30", URL: "https://a.test/1", REASON: "无"}


def test_a_whole_line_is_read() -> None:
    said = {**WHOLE, RECEIVED: "3", REPLIED: "2", COMMENTS: "是"}
    entered = read(7, WEEK, said, NOW)
    assert entered.problems == ()
    line = entered.line
    assert (line.posts, line.received, line.replied, line.comments_open) == (2, 3, 2, True)
    assert line.newest_until == (line.newest_from or 0) + 59
    assert say_moment(line.newest_from, line.newest_until) == "2026-11-24 09:30"
    claim = line.claim(NOW)
    assert claim is not None
    assert (claim.a, claim.b) == ((line.newest_until or 0) + 1, NOW - 2 * HOUR)


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({POSTS: "-1"}, POSTS),
        ({POSTS: "1.5"}, POSTS),
        ({NEWEST: "昨天"}, NEWEST),
        ({NEWEST: "2026-02-30"}, NEWEST),
        ({NEWEST: "2027-01-01"}, NEWEST),
        ({NEWEST: "2026-11-20"}, NEWEST),
        ({NEWEST: "", REASON: "无", URL: "", POSTS: ""}, NEWEST),
        ({NEWEST: "", REASON: "其他", POSTS: "0"}, NEWEST),
        ({POSTS: "0"}, POSTS),
        ({URL: "javascript:alert(1)"}, URL),
        ({URL: "https://a b"}, URL),
        ({REPLIED: "4", RECEIVED: "3"}, REPLIED),
        ({COMMENTS: "或许"}, COMMENTS),
        ({REASON: "忘了"}, REASON),
        ({REMARK: "绝密文件"}, REMARK),
        ({REMARK: "长" * 201}, REMARK),
    ],
)
def test_what_cannot_be_taken_names_its_column(changed: dict[str, str], column: str) -> None:
    problems = read(7, WEEK, {**WHOLE, **changed}, NOW).problems
    assert [each.column for each in problems] == [column]


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)))
def test_whatever_is_typed_is_read_or_refused_in_words(said: dict[str, str]) -> None:
    entered = read(7, WEEK, said, NOW)
    assert all(each.expected for each in entered.problems)
    line = entered.line
    if line.newest_from is not None and line.newest_until is not None:
        assert line.newest_from <= line.newest_until <= NOW


def line(posts: int | None = None, newest: int | None = None) -> ReportLine:
    return ReportLine(7, WEEK, posts=posts, newest_from=newest, newest_until=newest)


def look(a: int, b: int, source: Provenance = Provenance.PATROL) -> tuple[int, int, Provenance]:
    return a, b, source


def test_where_nobody_looked_there_is_no_hint() -> None:
    assert hints(line(5, START + DAY), NOW, Seen([], [])) == ()
    assert hints(line(5, START + DAY), NOW, Seen([], [look(START, START + HOUR)])) == ()


def test_a_newest_post_nobody_saw_where_a_patrol_looked_is_a_hint() -> None:
    seen = Seen([(START, START)], [look(START + 1, NOW)])
    (hint,) = hints(line(None, START + DAY), NOW, seen)
    assert hint.label == WITH_PATROL
    assert "未见到" in hint.text


def test_a_number_that_a_whole_week_of_looks_denies_is_a_hint() -> None:
    seen = Seen([(START + DAY, START + DAY)], [look(START, NOW, Provenance.INTERFACE)])
    (hint,) = hints(line(5, START + DAY), NOW, seen)
    assert (hint.label, hint.text) == (WITH_SWEEP, "填报本周发布5篇,已见到1篇")
    assert hints(line(1, START + DAY), NOW, seen) == ()


def test_a_dated_post_leaves_room_for_both_numbers() -> None:
    dated = (START - HOUR, START + HOUR)
    seen = Seen([dated], [look(START, NOW)])
    assert hints(line(0), NOW, seen) == ()
    assert hints(line(1, START + 5), NOW, seen) == ()
    assert len(hints(line(2), NOW, seen)) == 1


@given(
    st.lists(st.integers(0, 20).map(lambda hour: (START + hour * HOUR,) * 2), max_size=6),
    st.integers(0, 20),
)
def test_a_report_that_says_what_happened_never_draws_a_hint(
    posts: list[tuple[int, int]], upto: int
) -> None:
    """Whatever part of the week was looked at, and by whom: the truth agrees with every look."""
    until = START + upto * HOUR
    seen = Seen([each for each in posts if each[0] < until], [look(START, until)])
    newest = max((each[0] for each in posts), default=None)
    told = line(len(posts), newest)
    assert hints(told, NOW, seen) == ()
    assert day_start(monday_of(WEEK)) == START
