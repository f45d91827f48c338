"""Truth of the ledger: who is believed before whom, what lapses, and the interval by an oracle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from monitor.domain.account import State
from monitor.domain.patrol import Seen
from monitor.domain.truth import Basis, Found, Known, Look, Verdict, Word
from monitor.judge.truth import score, weigh, wilson

NAME = "平安甲(演示)"
R, W, U = Verdict.RIGHT, Verdict.WRONG, Verdict.UNKNOWN
ACTIVE, CLOSED = State.ACTIVE, State.CLOSED


@pytest.mark.parametrize(
    ("seen", "state", "name_now", "verdict"),
    [
        (Seen.OK, ACTIVE, "", R),
        (Seen.OK, CLOSED, "", W),
        (Seen.RENAMED, ACTIVE, "平安乙(演示)", W),
        (Seen.RENAMED, ACTIVE, NAME, R),
        (Seen.RENAMED, ACTIVE, "", W),
        (Seen.DEREGISTERED, ACTIVE, "", W),
        (Seen.DEREGISTERED, CLOSED, "", R),
        (Seen.UNREACHABLE, ACTIVE, "", U),
        (Seen.NOT_FOUND, State.REMOVED, "", R),
    ],
)
def test_a_look_is_held_against_what_the_registry_says(
    seen: Seen, state: State, name_now: str, verdict: Verdict
) -> None:
    assert weigh(Known(NAME, state, 0, looks=(Look(seen, 9, name_now),))).verdict is verdict


def test_a_page_that_cannot_be_opened_counts_the_second_time() -> None:
    looks = (Look(Seen.UNREACHABLE, 9), Look(Seen.NOT_FOUND, 5))
    found = weigh(Known(NAME, ACTIVE, 0, looks=looks))
    assert (found.verdict, found.said) == (W, "连续两次巡查打不开")
    assert weigh(Known(NAME, ACTIVE, 0, looks=(looks[0], Look(Seen.OK, 5)))).verdict is U


def test_the_newest_third_person_is_believed_before_the_unit_unless_it_speaks_against_itself() -> (
    None
):
    wrong, right = Word(False, 5, "名称不同"), Word(True, 9)
    looked = (Look(Seen.OK, 8),)
    assert weigh(Known(NAME, ACTIVE, 0, wrong, looked)).verdict is R
    assert weigh(Known(NAME, ACTIVE, 0, wrong, own=right)).basis is Basis.SPOT
    assert weigh(Known(NAME, ACTIVE, 0, own=right)).basis is Basis.OWN
    admitted = weigh(Known(NAME, ACTIVE, 0, looks=looked, own=Word(False, 9, "已改名")))
    assert (admitted.verdict, admitted.basis) == (W, Basis.OWN)


def test_an_entry_put_right_since_waits_to_be_checked_and_a_right_one_stays() -> None:
    assert weigh(Known(NAME, ACTIVE, 6, Word(False, 5, "名称不同"))).verdict is U
    assert weigh(Known(NAME, ACTIVE, 6, Word(True, 5))).verdict is R
    assert weigh(Known(NAME, ACTIVE, 6)).verdict is U


@given(st.lists(st.sampled_from([R, W, U]), max_size=60))
def test_a_score_adds_up_and_what_nobody_checked_is_not_right(verdicts: list[Verdict]) -> None:
    found = score(Found(each, Basis.NONE if each is U else Basis.SPOT) for each in verdicts)
    assert found.right + found.wrong + found.unknown == found.asked == len(verdicts)
    assert (found.right, found.unknown) == (verdicts.count(R), verdicts.count(U))
    assert (found.spotted, found.same) == (found.checked, found.right)
    assert (found.share is None) == (found.low is None) == (not found.checked)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_wilsons(pair: tuple[int, int]) -> None:
    right, checked = pair
    oracle = binomtest(right, checked).proportion_ci(0.95, method="wilson")
    assert wilson(right, checked) == pytest.approx((oracle.low, oracle.high), abs=1e-9)
