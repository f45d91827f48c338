"""The figures of a week, counted a second time by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.account import Kind, State
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, HOUR
from monitor.domain.judged import Judged
from monitor.report import figures
from tests.report.weeks import (
    AS_OF,
    OWN,
    UPPER,
    a_full_week,
    a_judged,
    a_unit,
    a_week,
    with_problem,
)

SILENCE = st.one_of(st.none(), st.integers(0, 120 * DAY))
ONE = st.tuples(SILENCE, st.booleans(), st.sampled_from(State), st.booleans())


@st.composite
def accounts(draw: st.DrawFn) -> list[Judged]:
    """Any mixture of outcomes, owners and states."""
    found = []
    for number, (silence, personal, state, left_out) in enumerate(draw(st.lists(ONE, max_size=25))):
        outcome = Outcome.NOT_COUNTED if left_out else None
        kind = Kind.PERSONAL if personal else Kind.OFFICIAL
        found.append(a_judged(number, silence, outcome=outcome, kind=kind, state=state))
    return found


@settings(deadline=None)
@given(accounts())
def test_counts_agree_with_counting_one_by_one(judged: list[Judged]) -> None:
    ours = [
        each
        for each in judged
        if each.registered.account.kind is Kind.OFFICIAL
        and each.registered.account.state.value not in {"拟开设", "已批准待开通", "已注销"}
    ]
    told = dict.fromkeys(("正常", "提醒", "不合格", "暂不作认定", "不纳入"), 0)
    for each in ours:
        told[each.own.outcome.value] += 1
    found = figures.count(judged)
    assert found.registered == len(ours)
    assert found.counted == len(ours) - told["不纳入"]
    assert found.decided == told["正常"] + told["提醒"] + told["不合格"]
    assert (found.failed, found.undecided) == (told["不合格"], told["暂不作认定"])
    if found.decided:
        assert found.pass_rate == pytest.approx(100 - 100 * told["不合格"] / found.decided)
    else:
        assert found.pass_rate is None


@settings(max_examples=50, deadline=None)
@given(accounts(), accounts())
def test_every_failure_of_last_week_is_accounted_for(
    now: list[Judged], before: list[Judged]
) -> None:
    moved = figures.movement(now, before)
    assert moved is not None
    failed = {each.own.account_id for each in figures.failing(before)}
    still = {each.own.account_id for each in figures.failing(now)}
    gone = len(moved.recovered) + len(moved.unsure) + moved.left
    assert len(failed & still) + gone == len(failed)
    assert {each.own.account_id for each in moved.new} == still - failed


def test_the_first_week_has_nothing_to_be_compared_with() -> None:
    assert figures.movement([a_judged(1, 20 * DAY)], None) is None


def test_who_failed_and_cannot_be_told_of_any_more_has_not_recovered() -> None:
    before = [a_judged(number, 20 * DAY) for number in range(4)]
    closed = a_judged(2, outcome=Outcome.NOT_COUNTED)
    moved = figures.movement([a_judged(0, DAY), a_judged(1, None), closed], before)
    assert moved is not None
    assert [each.own.account_id for each in moved.recovered] == [0]
    assert [each.own.account_id for each in moved.unsure] == [1]
    assert moved.left == 2


def test_problems_are_classes_in_the_rulebooks_order_then_other_rules() -> None:
    judged = [
        a_judged(1, 95 * DAY),
        a_judged(2, 15 * DAY),
        with_problem(a_judged(3, 15 * DAY), "不互动"),
        with_problem(a_judged(4, DAY), "不互动"),
        with_problem(a_judged(5, DAY), "无服务", Outcome.HINT),
    ]
    assert figures.by_problem(judged, OWN) == (("内容不更新", 2), ("僵尸", 1), ("不互动", 2))
    assert figures.count(judged).failed == 3


@pytest.mark.parametrize(
    ("since_post", "is_soon"),
    [
        (11 * DAY - 1, False),
        (11 * DAY, True),
        (13 * DAY + 23 * HOUR, True),
        (14 * DAY, True),
        (14 * DAY + 1, False),
    ],
)
def test_three_days_before_the_limit_an_account_is_soon_overdue(
    since_post: int, is_soon: bool
) -> None:
    judged = a_judged(1, 10 * DAY)
    own = replace(judged.own, last_post_until=AS_OF - since_post)
    found = figures.soon([replace(judged, own=own)])
    assert bool(found) is is_soon
    if found:
        assert found[0][1] == 14 * DAY - since_post


def test_what_cannot_be_told_is_not_said_to_be_soon_overdue() -> None:
    judged = a_judged(1, 12 * DAY)
    own = replace(judged.own, outcome=Outcome.UNDECIDED)
    assert figures.soon([replace(judged, own=own)]) == ()


def test_gaps_are_grouped_by_cause_the_commonest_first() -> None:
    judged = [
        a_judged(1, None, cause="导出未交", mender="单位"),
        a_judged(2, None, cause="公众号未授权", mender="运营者", remedy="扫码"),
        a_judged(3, None, cause="公众号未授权", mender="管理员", remedy="扫码"),
        a_judged(4, None),
    ]
    first, *rest = figures.gaps(judged)
    assert (first.cause, first.accounts, first.mender, first.remedy) == (
        "公众号未授权",
        2,
        "",
        "扫码",
    )
    assert sorted(each.cause for each in rest) == ["导出未交", "数据不足,原因待查"]


def test_a_spot_check_counts_failures_their_places_and_what_cannot_be_ruled_out() -> None:
    there = a_unit(code="420100000000", region="420100", region_name="武汉市")
    judged = [a_judged(1, 20 * DAY), a_judged(2, 20 * DAY, unit=there), a_judged(3, None)]
    unseen = a_judged(4, DAY)
    finding = replace(unseen.upper.findings[0], evidence={"today_status_max": "内容不更新"})
    judged.append(replace(unseen, upper=replace(unseen.upper, findings=(finding,))))
    assert figures.spot_check(judged, UPPER) == figures.SpotCheck(2, 2, 2)


def test_places_stand_in_the_order_of_their_codes_and_the_whole_first() -> None:
    unit = a_unit("治安总队", "420000000300", region="", region_name="", county_name="")
    names = list(figures.by_place([*a_full_week().now, a_judged(9999, unit=unit)]))
    assert names[:3] == ["省级", "武汉市", "黄石市"]
    assert names[-1] == "神农架林区"


def test_counties_stand_by_name_within_a_prefecture() -> None:
    far = a_unit("公安县公安局", "421022000000", county_name="公安县")
    own = a_unit("荆州市公安局", "421000000000", county_name="")
    judged = [a_judged(1), a_judged(2, unit=far), a_judged(3, unit=own)]
    assert list(figures.by_place(judged, by_county=True)) == ["本级", "公安县", "江陵县"]


def test_a_week_begins_on_a_monday_and_has_a_name() -> None:
    with pytest.raises(ValueError, match="Monday"):
        a_week([], monday=date(2026, 11, 17))
    with pytest.raises(ValueError, match="characters"):
        a_week([], name="")
    week = a_week([])
    assert week.ends - week.begins == 7 * DAY
    assert week.sunday == date(2026, 11, 22)
