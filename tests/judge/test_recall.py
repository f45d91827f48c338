"""Calibration: a feed's word is worth something while 99 of 100 known posts are in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.instants import DAY
from monitor.judge.recall import Recall, calibrate

WEEKS = 28 * DAY


@pytest.mark.parametrize(
    ("known", "found", "span", "ceiling"),
    [
        (200, 198, WEEKS, 2),
        (200, 197, WEEKS, 0),
        (199, 199, WEEKS, 0),
        (200, 200, WEEKS - 1, 0),
        (0, 0, WEEKS, 0),
        (1000, 990, WEEKS, 2),
        (1000, 989, WEEKS, 0),
    ],
)
def test_a_feed_counts_from_200_posts_of_4_weeks_and_99_percent_on(
    known: int, found: int, span: int, ceiling: int
) -> None:
    verdict = calibrate(Recall(known, found, 0, span), grade=2)
    assert verdict.ceiling == ceiling
    assert str(known) in verdict.reason
    assert str(found) in verdict.reason


@given(st.integers(0, 5000), st.data(), st.integers(0, 60))
def test_no_share_below_99_percent_ever_convicts(
    known: int, data: st.DataObject, days: int
) -> None:
    found = data.draw(st.integers(0, known))
    verdict = calibrate(Recall(known, found, 0, days * DAY), grade=2)
    missed = known - found
    assert (verdict.ceiling > 0) == (known >= 200 and days >= 28 and missed <= known // 100)


def test_more_found_than_known_is_nonsense() -> None:
    with pytest.raises(ValueError, match="at most"):
        Recall(1, 2, 0, WEEKS)
