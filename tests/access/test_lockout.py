"""Waiting after failures: it grows, it ends, and it cannot be outrun."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import lockout
from monitor.domain.instants import DAY, HOUR, MINUTE

NOW = 1_790_000_000


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (500, 15)]
)
def test_the_wait_doubles_from_the_fifth_failure_to_a_quarter_of_an_hour(
    failures: int, minutes: int
) -> None:
    assert lockout.wait([NOW] * failures, [], NOW) == minutes * MINUTE


@pytest.mark.parametrize(("failures", "minutes"), [(29, 0), (30, 1), (39, 1), (40, 2), (70, 15)])
def test_an_address_that_many_people_share_is_given_more_patience(
    failures: int, minutes: int
) -> None:
    assert lockout.wait([], [NOW] * failures, NOW) == minutes * MINUTE


def test_the_wait_is_over_when_its_time_is_over() -> None:
    assert lockout.wait([NOW - MINUTE + 1] * 5, [], NOW) == 1
    assert lockout.wait([NOW - MINUTE] * 5, [], NOW) == 0


def test_failures_of_yesterday_are_forgotten() -> None:
    assert lockout.wait([NOW - DAY] * 50 + [NOW], [], NOW) == 0
    assert lockout.wait([], [NOW - HOUR] * 90 + [NOW], NOW) == 0


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (900, 15)])
def test_the_sentence_rounds_up_to_whole_minutes(seconds: int, minutes: int) -> None:
    assert f"{minutes}分钟" in lockout.say(seconds)


@given(st.lists(st.integers(NOW - 2 * DAY, NOW), max_size=60))
def test_one_failure_more_never_shortens_the_wait(failures: list[int]) -> None:
    before = lockout.wait(failures, [], NOW)
    assert 0 <= before <= lockout.LONGEST
    assert lockout.wait([*failures, NOW], [], NOW) >= before


@pytest.mark.parametrize("every", [15, 60, 61, 300, 899, 900])
def test_a_patient_guesser_gets_few_tries_in_a_day(every: int) -> None:
    failures: list[int] = []
    for second in range(NOW, NOW + DAY, every):
        if lockout.wait(failures, [], second) == 0:
            failures.append(second)
    assert len(failures) <= 5 + 5 + DAY // lockout.LONGEST
