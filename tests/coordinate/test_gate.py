"""The gate: nothing is named but what is verified, told three working days before, uncontested."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.gate import NOBODYS, sift
from monitor.domain.bulletin import Candidate
from monitor.domain.calendar import Calendar, Year
from monitor.domain.case import Case, Problem, State
from monitor.domain.instants import DAY, day_start

HOLIDAY = Calendar(
    {2026: Year(2026, frozenset({date(2026, 10, 1)}), frozenset({date(2026, 10, 10)}))}
)
FOUND = Problem("睡眠", "截至9月23日已40天未更新", confirmed=True)
CASE = Case(State.UNDER_WAY, (FOUND,))
MONDAY = day_start(date(2026, 9, 28))


def candidate(case: Case = CASE, told_at: int | None = MONDAY) -> Candidate:
    return Candidate(
        1, "整改〔2026〕001号", 7, "平安江陵", "微博", "江陵县公安局", "荆州市", case, told_at
    )


def reasons(each: Candidate, now: int) -> tuple[str, ...]:
    gate = sift([each], now, HOLIDAY)
    return gate.dropped[0].reasons if gate.dropped else ()


def test_three_whole_working_days_lie_between_telling_and_naming() -> None:
    friday = day_start(date(2026, 10, 2))
    told = ("告知单位未满3个工作日(9月28日告知,10月2日期满)",)
    assert reasons(candidate(), friday + DAY - 1) == told, "the first of October is a holiday"
    assert reasons(candidate(), friday + DAY) == ()


def test_every_reason_is_told_at_once() -> None:
    unverified = replace(CASE, state=State.UNVERIFIED, problems=(replace(FOUND, confirmed=None),))
    assert reasons(candidate(unverified, None), MONDAY) == ("尚未核实", "尚未告知责任单位")
    review = replace(CASE, state=State.REVIEW)
    assert reasons(candidate(review, None), MONDAY)[0] == "已核实,尚未同意交办"
    contested = replace(CASE, appealed=True)
    assert reasons(candidate(contested), MONDAY + 30 * DAY) == ("复核申请未办结",)


def test_what_was_not_founded_or_went_into_another_is_on_neither_list() -> None:
    for state in NOBODYS:
        gate = sift([candidate(replace(CASE, state=state))], MONDAY + 30 * DAY, HOLIDAY)
        assert (gate.entering, gate.dropped) == ((), ())


@given(
    st.sampled_from(State),
    st.booleans(),
    st.sampled_from((True, False, None)),
    st.none() | st.integers(0, 40),
    st.integers(0, 60),
)
def test_whoever_enters_was_found_told_and_uncontested(
    state: State, appealed: bool, confirmed: bool | None, told: int | None, now: int
) -> None:
    case = replace(
        CASE, state=state, appealed=appealed, problems=(replace(FOUND, confirmed=confirmed),)
    )
    told_at = None if told is None else MONDAY + told * DAY
    gate = sift([candidate(case, told_at)], MONDAY + now * DAY, HOLIDAY)
    if gate.entering:
        assert confirmed
        assert not appealed
        assert told is not None
        first = date(2026, 9, 28) + timedelta(days=told)
        days = [first + timedelta(days=n) for n in range(1, now - told)]
        assert sum(HOLIDAY.works(each) for each in days) >= 3
    else:
        assert gate.dropped or state in NOBODYS
