"""The curve of publication, against scipy's censored ecdf and a product written out by hand."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from monitor.coordinate.progress import Progress, Waited, progress

WAITS = st.lists(st.builds(Waited, st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def naive(waits: list[Waited], second: int) -> float:
    """The product over every second until then of those who were left, each looked up anew."""
    left = 1.0
    for now in range(second + 1):
        watched = sum(each.seconds >= now for each in waits)
        out = sum(each.published and each.seconds == now for each in waits)
        if watched:
            left *= 1 - out / watched
    return 1 - left


@given(WAITS)
@example([Waited(7, published=True)] * 5)
@example([Waited(7, published=True)] * 3 + [Waited(7, published=False)] * 3)
@example([Waited(each, published=False) for each in (0, 3, 3, 40)])
@example([Waited(0, published=True), Waited(0, published=False)])
@example([Waited(each, published=True) for each in (0, 40)])
def test_the_curve_is_scipys_and_the_one_written_out(waits: list[Waited]) -> None:
    """Of ties, of all and of none who are still to publish, too."""
    made = progress(waits)
    sample = CensoredData.right_censored(
        np.array([each.seconds for each in waits], dtype=float),
        np.array([not each.published for each in waits]),
    )
    theirs = ecdf(sample).cdf
    for second in range(42):
        ours = float(made.at(second))
        assert math.isclose(ours, float(theirs.evaluate(second)), abs_tol=1e-9)
        assert math.isclose(ours, naive(waits, second), abs_tol=1e-9)


@given(WAITS)
def test_a_share_is_reached_at_the_first_second_at_which_the_curve_is_there(
    waits: list[Waited],
) -> None:
    made = progress(waits)
    for share, found in ((Fraction(1, 2), made.median), (Fraction(9, 10), made.ninetieth)):
        there = [second for second in range(41) if made.at(second) >= share]
        assert found == (there[0] if there else None)


def test_those_still_to_publish_are_neither_done_nor_forgotten() -> None:
    waits = [Waited(600, published=True)] * 2 + [Waited(900, published=False)] * 2
    made = progress(waits)
    assert (made.asked, made.published) == (4, 2)
    assert (made.at(599), made.at(600), made.at(9000)) == (0, Fraction(1, 2), Fraction(1, 2))
    assert (made.median, made.ninetieth) == (600, None)


def test_one_who_is_watched_for_a_while_only_counts_for_that_while() -> None:
    waits = [Waited(100, published=False), Waited(200, published=True), Waited(300, published=True)]
    assert [each.watched for each in progress(waits).steps] == [2, 1]


def test_before_the_start_is_at_once() -> None:
    assert progress([Waited(-30, published=True)]).median == 0


def test_of_nobody_there_is_no_curve() -> None:
    assert progress([]) == Progress((), 0, 0)
    with pytest.raises(AttributeError):
        progress([]).asked = 1  # type: ignore[misc]
