"""A campaign looked back upon: against numpy, and against sums done a second way by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.campaign_effect import (
    burden,
    effect,
    in_time,
    quartiles,
    reach_of,
    response_of,
)
from monitor.domain.campaign import Task, TaskState
from monitor.domain.campaign_review import Burden, Effect, Held, Read
from monitor.domain.instants import HOUR

T = TaskState
NUMBERS = st.none() | st.integers(0, 1000)
READS = st.lists(
    st.builds(Read, st.integers(1, 4), st.booleans(), reach=NUMBERS, response=NUMBERS), max_size=60
)


def naive(reads: list[Read], name: str) -> tuple[int, list[float]]:
    """Account by account, looked up anew each time, with numpy's median."""
    accounts = {each.account_id for each in reads if each.own}
    ratios = []
    for account in sorted(accounts):
        mine = [each for each in reads if each.account_id == account]
        now = [getattr(each, name) for each in mine if each.own]
        then = [getattr(each, name) for each in mine if not each.own]
        now = [each for each in now if each is not None]
        then = [each for each in then if each is not None]
        if now and len(then) >= 5 and np.median(then) > 0:
            ratios.append(max(now) / float(np.median(then)))
    return len(accounts), ratios


@given(READS)
def test_the_effect_is_the_one_reckoned_account_by_account(reads: list[Read]) -> None:
    for name, number in (("reach", reach_of), ("response", response_of)):
        published, ratios = naive(reads, name)
        found = effect(reads, number)
        assert (found.published, found.measured) == (published, len(ratios))
        if ratios:
            theirs = np.quantile(ratios, [0.25, 0.5, 0.75])
            for ours, each in zip((found.lower, found.middle, found.upper), theirs, strict=True):
                assert ours is not None
                assert math.isclose(ours, each, rel_tol=1e-9, abs_tol=1e-12)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_quartiles_are_numpys(values: list[float]) -> None:
    assert np.allclose(quartiles(values), np.quantile(values, [0.25, 0.5, 0.75]))


def test_one_post_that_ran_far_ahead_is_no_normal() -> None:
    before = [Read(1, own=False, reach=each) for each in (100, 110, 90, 105, 100_000)]
    found = effect([*before, Read(1, own=True, reach=210)], reach_of)
    assert found == Effect(1, 1, 2.0, 2.0, 2.0)


def test_who_has_no_normal_or_no_number_is_said_to_be_so() -> None:
    few = [Read(1, own=False, reach=50)] * 4
    unread = [Read(2, own=False, reach=50)] * 9
    reads = [*few, *unread, Read(1, own=True, reach=50), Read(2, own=True)]
    assert effect(reads, reach_of) == Effect(2, 0)
    assert effect([], reach_of) == Effect(0, 0)


def a_task(state: TaskState, published: int | None = None, opens: int | None = 0) -> Task:
    return Task(state, due=10 * HOUR, opens=opens, published=published)


def test_a_unit_is_burdened_from_its_first_turn_to_its_last_answer() -> None:
    held = [
        Held(1, a_task(T.VERIFIED, HOUR)),
        Held(1, a_task(T.VERIFIED, 3 * HOUR, opens=2 * HOUR)),
        Held(2, a_task(T.TO_PUBLISH, opens=4 * HOUR)),
        Held(3, a_task(T.EXCUSED)),
        Held(4, a_task(T.TO_PUBLISH, opens=None)),
    ]
    assert burden(held, 9 * HOUR) == Burden(4, 1.0, 2, 4.0)
    assert burden([], 0) == Burden(0)


@pytest.mark.parametrize(
    ("tasks", "share"),
    [
        ([], None),
        ([a_task(T.EXCUSED), a_task(T.UNKNOWN), a_task(T.REPORTED)], None),
        ([a_task(T.VERIFIED, 10 * HOUR), a_task(T.LATE, 10 * HOUR + 1)], 0.5),
        ([a_task(T.VERIFIED, 1), a_task(T.MISSED), a_task(T.DIFFERS, 2), a_task(T.UNKNOWN)], 2 / 3),
    ],
)
def test_in_time_is_of_those_who_were_asked_and_of_whom_it_is_known(
    tasks: list[Task], share: float | None
) -> None:
    assert in_time(tasks) == share
