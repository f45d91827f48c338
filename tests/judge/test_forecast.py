"""Days to breach: a rhythm's own pauses say how sure it is, and its own past how often it was."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.account import State
from monitor.domain.forecast import HORIZON, Backtest, Foreseen
from monitor.domain.instants import DAY
from monitor.judge.forecast import LEAST_PAUSES, Calibration, forecast, foresee
from tests.judge.evidence import Look, Post, Record, measure, standing
from tests.judge.shelf import NOW, book

LIMIT = 14 * DAY


def every(days: int, count: int, until: int) -> list[int]:
    """Posts so many days apart, the last at `until`."""
    return [until - days * DAY * each for each in reversed(range(count))]


def test_the_limit_runs_out_a_limit_after_the_last_post() -> None:
    last = NOW - 3 * DAY
    found = forecast(every(2, 20, last), NOW, LIMIT)
    assert found is not None
    assert found.at == last + LIMIT


def test_without_a_post_there_is_nothing_to_count_from() -> None:
    assert forecast([], NOW, LIMIT) is None
    assert forecast([NOW], NOW, LIMIT) is None


def test_a_few_pauses_say_nothing_of_how_sure_it_is() -> None:
    few = forecast(every(2, LEAST_PAUSES, NOW - DAY), NOW, LIMIT)
    enough = forecast(every(2, LEAST_PAUSES + 1, NOW - DAY), NOW, LIMIT)
    assert few is not None
    assert enough is not None
    assert (few.sure, few.next_post) == (None, None)
    assert enough.sure is not None
    assert enough.next_post == NOW + DAY


def test_who_posts_each_twenty_days_will_run_out_and_who_posts_each_other_day_will_not() -> None:
    slow = forecast(every(20, 8, NOW - 8 * DAY), NOW, LIMIT)
    quick = forecast(every(2, 60, NOW - DAY), NOW, LIMIT)
    assert slow is not None
    assert quick is not None
    assert slow.sure == pytest.approx(7.5 / 8)
    assert quick.sure == pytest.approx(0.5 / 60)


@given(
    st.lists(st.integers(1, 40 * DAY), min_size=1, max_size=40),
    st.integers(1, 40 * DAY),
    st.integers(8 * DAY, 40 * DAY),
)
def test_the_share_agrees_with_counting_the_pauses_one_by_one(
    pauses: list[int], elapsed: int, limit: int
) -> None:
    posts = [NOW - elapsed - sum(pauses[each:]) for each in range(len(pauses) + 1)]
    found = forecast(posts, NOW, limit)
    recent = [each for each in posts if each >= NOW - 180 * DAY]
    known = [b - a for a, b in pairwise(recent)]
    longer = [each for each in known if each >= elapsed]
    assert found is not None
    assert found.pauses == len(known)
    if len(known) >= LEAST_PAUSES:
        over = sum(each > limit for each in longer)
        assert found.sure == pytest.approx((over + 0.5) / (len(longer) + 1))
        assert 0 < found.sure < 1


def calibrated(posts: list[int], *looks: Look) -> Backtest:
    record = Record(tuple(Post(each, each) for each in posts), looks, registered=NOW - 500 * DAY)
    counting = Calibration(replace(book("gb2019"), excused_kinds=frozenset()))
    counting.add(measure(record, NOW), posts)
    return counting.result()


WHOLE = Look(NOW - 40 * DAY, NOW)


def test_a_breach_that_was_forecast_and_came_is_a_hit() -> None:
    last = NOW - 16 * DAY
    found = calibrated(every(20, 8, last), WHOLE)
    assert found == Backtest(hit=1)
    assert (found.hit_rate, found.false_alarm_rate, found.bare_rate) == (1.0, 0.0, 0.0)


def test_who_posted_after_all_is_a_false_alarm() -> None:
    last = NOW - 16 * DAY
    assert calibrated([*every(20, 8, last), last + 12 * DAY], WHOLE) == Backtest(false_alarm=1)


def test_a_breach_nobody_saw_coming_is_missed_and_who_posts_as_usual_is_quiet() -> None:
    last = NOW - 16 * DAY
    rhythm = [*every(9, 12, last - 10 * DAY), last]
    assert calibrated(rhythm, WHOLE) == Backtest(missed=1)
    assert calibrated([*rhythm, last + 10 * DAY], WHOLE) == Backtest(quiet=1)


def test_what_was_not_seen_whole_is_held_against_nobody() -> None:
    last = NOW - 16 * DAY
    part = Look(NOW - 40 * DAY, NOW - HORIZON)
    for posts in (every(20, 8, last), [*every(20, 8, last), last + 12 * DAY]):
        assert calibrated(posts, part).n == 0
        assert calibrated(posts).n == 0
    assert calibrated(every(20, 8, last), part) == Backtest(unseen=1)
    assert (Backtest(hit=3, unseen=1).covered, Backtest().covered) == (0.75, None)


def foreseen(
    posts: list[int], *looks: Look, book_name: str = "hubei-default", **more: object
) -> Foreseen | None:
    whole = Record(tuple(Post(each, each) for each in posts), looks, registered=NOW - 500 * DAY)
    facts = measure(replace(whole, **more), NOW)  # type: ignore[arg-type]
    return foresee(facts, posts, book(book_name))


def test_an_account_that_was_seen_whole_is_told_its_day_and_how_sure_that_is() -> None:
    last = NOW - 8 * DAY
    found = foreseen(every(20, 8, last), WHOLE)
    assert found == Foreseen(7, last, last + LIMIT, pytest.approx(7.5 / 8), 7)


def test_nothing_is_foreseen_where_the_data_do_not_suffice() -> None:
    last = NOW - 8 * DAY
    slow = every(20, 8, last)
    assert foreseen(slow) is None
    assert foreseen(slow, Look(NOW - 4 * DAY, NOW)) is None
    assert foreseen(slow, Look(NOW - 40 * DAY, NOW - 3 * DAY, fresh=26)) is None
    assert foreseen(every(20, LEAST_PAUSES, last), WHOLE) is None
    assert foreseen(every(20, 8, NOW - 15 * DAY), WHOLE) is None
    assert foreseen(slow, WHOLE, excuses=((NOW - DAY, NOW + DAY),)) is None
    resting = (standing(state=State.PAUSED),)
    assert foreseen(slow, WHOLE, standings=resting) is None
