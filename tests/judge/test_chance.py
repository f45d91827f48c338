"""Chance, against scipy and against counting every choice by hand."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from monitor.judge.chance import adjusted, at_least, both, one_of_each, ranks, tail

PS = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=9), st.data())
def test_at_least_counts_every_choice(values: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(1, len(values)))
    sums = [sum(each) for each in combinations(values, chosen)]
    total = data.draw(st.integers(0, sum(values) + 1))
    expected = sum(each >= total for each in sums) / len(sums)
    assert at_least(values, chosen, total) == pytest.approx(expected, abs=1e-15)


@given(st.lists(st.integers(0, 10**6), min_size=12, max_size=30, unique=True), st.integers(3, 8))
def test_of_ranks_it_is_the_rank_sum_test(values: list[int], chosen: int) -> None:
    placed = ranks(values)
    ours = at_least(placed, chosen, sum(placed[:chosen]))
    theirs = stats.mannwhitneyu(
        values[:chosen], values[chosen:], alternative="greater", method="exact"
    )
    assert ours == pytest.approx(float(theirs.pvalue), rel=1e-9)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_ranks_are_twice_the_middle_ranks(values: list[int]) -> None:
    assert ranks(values) == [round(2 * each) for each in stats.rankdata(values)]


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=5),
    st.integers(0, 25),
)
def test_one_of_each_counts_every_choice(groups: list[list[int]], total: int) -> None:
    sums = [sum(each) for each in product(*groups)]
    expected = sum(each >= total for each in sums) / len(sums)
    assert one_of_each(groups, total) == pytest.approx(expected, abs=1e-12)


@given(st.floats(-50, 50))
def test_the_tail_is_that_of_student_with_three_degrees(z: float) -> None:
    assert tail(z) == pytest.approx(float(stats.t.sf(z, 3)), rel=1e-6)


@given(st.floats(50, 2000))
def test_the_tail_stays_exact_far_out(z: float) -> None:
    assert tail(z) == pytest.approx(float(stats.t.sf(z, 3)), rel=1e-3)


@given(PS)
def test_the_adjusted_ones_are_those_of_benjamini_and_hochberg(ps: list[float]) -> None:
    expected = np.minimum(stats.false_discovery_control(ps, method="bh"), 1)
    assert adjusted(ps) == pytest.approx(list(expected), rel=1e-12)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_both_asks_for_a_second_signal_and_one_alone_is_never_enough(ps: list[float]) -> None:
    assert both([0.0]) == 1.0
    assert both(ps) >= sorted(ps)[1]
    assert both([0.0, *[1.0] * (len(ps) - 1)]) == 1.0


def test_more_than_there_are_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="more are chosen"):
        at_least([1], 2, 1)
