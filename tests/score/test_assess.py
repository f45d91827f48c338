"""Missing by cause, pooled rates, gates and roll-up; and what holds for every scheme and value."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.errors import InputError
from monitor.score.assess import Assessment, assess
from monitor.score.catalogue import MEASUREMENTS
from tests.score.sheets import line, roster, rows, run, shipped, written

RATE = "{method: 目标比, target: 1}"


def two(measured: pd.DataFrame, **also: Any) -> Assessment:
    """Two lines of 40 and 60 points, one unit."""
    lines = (line(1, RATE, "原创率", 40), line(2, RATE, "回复率", 60))
    return run(written(*lines, **also), measured, roster("u"))


def told(**known: Any) -> pd.DataFrame:
    """The first line as given, the second at half."""
    return rows(("u", "原创率", known), ("u", "回复率", {"numerator": 5, "denominator": 10}))


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({"cause": "不适用"}, "不适用"),
        ({"cause": "样本不足"}, "样本不足"),
        ({"cause": "系统原因"}, "不计分-系统原因"),
        ({"cause": "单位原因"}, "不计分-系统原因"),
        ({"cause": "单位原因", "asked": 9}, "不计分-系统原因"),
        ({"numerator": 0, "denominator": 0}, "不适用"),
        ({}, "不计分-系统原因"),
    ],
)
def test_what_is_missing_is_spread_and_says_why(known: dict[str, Any], status: str) -> None:
    found = two(told(**known))
    assert found.lines["status"].iloc[0] == status
    assert pd.isna(found.lines["points"].iloc[0])
    assert list(found.lines["adjusted"]) == [0, 100]
    assert found.totals["final"].iloc[0] == 50
    assert found.totals["unscored"].iloc[0] == 40


@pytest.mark.parametrize(
    ("known", "final"),
    [
        ({"cause": "单位原因", "asked": 10}, 30),
        ({"cause": "单位原因", "asked": 10, "numerator": 3, "denominator": 10}, 42),
        ({"cause": "经认定作废", "numerator": 10, "denominator": 10}, 30),
    ],
)
def test_a_unit_that_was_asked_long_enough_has_only_what_is_evidenced(
    known: dict[str, Any], final: float
) -> None:
    found = two(told(**known))
    assert found.lines["status"].iloc[0] == "按下限计"
    assert found.totals["final"].iloc[0] == final


def test_no_row_at_all_is_not_nought() -> None:
    found = two(rows(("u", "回复率", {"value": 0.5})))
    assert found.lines["status"].iloc[0] == "不计分-系统原因"


def test_over_forty_points_missing_there_is_no_grade_and_no_place() -> None:
    grades = [{"name": "合格", "at_least": 0}]
    found = two(rows(("u", "原创率", {"value": 1})), grades=grades).totals.iloc[0]
    assert pd.isna(found["final"])
    assert (found["grade"], found["reason"]) == ("", "数据不足,不评档、不排位")


def test_a_rate_is_pooled_over_accounts_so_that_their_number_neither_helps_nor_hurts() -> None:
    big, small = {"numerator": 90, "denominator": 100}, {"numerator": 0, "denominator": 1}
    measured = rows(
        ("u", "原创率", {**big, "account": "a"}), ("u", "原创率", {**small, "account": "b"})
    )
    first = run(written(line(1, RATE, "原创率")), measured, roster("u")).lines.iloc[0]
    assert (first["numerator"], first["denominator"]) == (90, 101)
    assert first["raw"] == pytest.approx(90 / 101)


def test_an_account_that_could_not_be_read_is_out_of_both() -> None:
    read = {"numerator": 9, "denominator": 10, "account": "a"}
    measured = rows(("u", "原创率", read), ("u", "原创率", {"cause": "系统原因", "account": "b"}))
    assert run(written(line(1, RATE, "原创率")), measured, roster("u")).lines["raw"].iloc[0] == 0.9


@pytest.mark.parametrize(("absent", "raw"), [("重分配", 0.7), ("计零", 0.42)])
def test_platforms_weigh_as_the_scheme_says(absent: str, raw: float) -> None:
    platforms = {"wechat": 40, "weibo": 20, "douyin": 40}
    measured = rows(
        ("u", "原创率", {"value": 0.8, "platform": "wechat"}),
        ("u", "原创率", {"value": 0.5, "platform": "weibo"}),
    )
    scheme = written(line(1, RATE, "原创率", platforms=platforms, absent=absent))
    assert run(scheme, measured, roster("u")).lines["raw"].iloc[0] == pytest.approx(raw)


def test_too_few_samples_and_too_little_seen_are_told_apart() -> None:
    lines = (
        line(1, RATE, "原创率", 20, least=5),
        line(2, RATE, "回复率", 20, least=5, few="不适用"),
        line(3, RATE, "有发布周率", 20, least_coverage=0.8),
        line(4, RATE, "群众满意率", 40),
    )
    few = {"numerator": 2, "denominator": 4}
    measured = rows(
        ("u", "原创率", few),
        ("u", "回复率", few),
        ("u", "有发布周率", {"value": 1, "coverage": 0.79}),
        ("u", "群众满意率", {"value": 1}),
    )
    found = run(written(*lines, missing={"limit": 60}), measured, roster("u"))
    assert list(found.lines["status"]) == ["样本不足", "不适用", "不计分-系统原因", "正常"]
    assert found.totals["final"].iloc[0] == 100


def test_an_account_nobody_could_read_makes_what_was_seen_less() -> None:
    measured = rows(
        ("u", "有发布周率", {"value": 1, "coverage": 1.0, "account": "a"}),
        ("u", "有发布周率", {"value": 1, "coverage": 0.8, "account": "b"}),
        ("u", "有发布周率", {"cause": "系统原因", "coverage": 0.0, "account": "c"}),
        ("u", "有发布周率", {"cause": "不适用", "account": "d"}),
        ("u", "群众满意率", {"value": 1}),
    )
    scheme = written(line(1, RATE, "有发布周率", 60), line(2, RATE, "群众满意率", 40))
    found = run(scheme, measured, roster("u"))
    assert found.lines["coverage"].iloc[0] == pytest.approx(0.6)
    assert found.lines["status"].iloc[0] == "正常"
    assert found.totals["coverage"].iloc[0] == pytest.approx(0.6)


def test_who_does_not_say_on_how_much_it_rests_has_not_shown_enough() -> None:
    found = run(
        written(line(1, RATE, "原创率", least=2)), rows(("u", "原创率", {"value": 1})), roster("u")
    )
    assert found.lines["status"].iloc[0] == "样本不足"


FULL = {
    "解读发布率": {"numerator": 8, "denominator": 8},
    "解读时效得分率": {"value": 1},
    "人工:A3": {"value": 1, "samples": 5},
    "来源规范率": {"numerator": 5, "denominator": 5},
    "受理及时率": {"numerator": 20, "denominator": 20},
    "按期办结率": {"numerator": 50, "denominator": 50},
    "人工:B3": {"value": 1, "samples": 10},
    "互动功能有效率": {"numerator": 4, "denominator": 4},
    "服务入口有效率": {"numerator": 9, "denominator": 9},
    "便民与防范周率": {"numerator": 13, "denominator": 13, "coverage": 1},
    "有发布周率": {"numerator": 13, "denominator": 13},
    "阅读与自身中位数之比": {"value": 1.7},
    "群众满意率": {"numerator": 45, "denominator": 50},
}
"""Everything as well as it can be."""


def default(*units: tuple[str, str, str, dict[str, Any]]) -> pd.DataFrame:
    """The totals by the default scheme: of (unit, level, above it, what else is known of it)."""
    measured = [
        (unit, key, known) for unit, _, _, also in units for key, known in {**FULL, **also}.items()
    ]
    levels, parents = [each[1] for each in units], [each[2] for each in units]
    names = roster(*[each[0] for each in units], level=levels, parent=parents, kind="窗口类")
    return assess(shipped("hubei-police-default"), rows(*measured), names, {}).totals


@pytest.mark.parametrize(
    ("also", "final", "grade"),
    [
        ({}, 100, "优秀"),
        ({"关停合并账号数": {"value": 5}, "人工:J3": {"value": 1}}, 106, "优秀"),
        ({"安全类否决数": {"value": 1}}, 59, "不合格"),
        ({"内容不更新账号数": {"value": 1}}, 97, "良好"),
        ({"内容不更新账号数": {"value": 9}}, 85, "良好"),
        ({"内容不更新账号占比": {"numerator": 2, "denominator": 10}}, 100, "优秀"),
        ({"内容不更新账号占比": {"numerator": 3, "denominator": 10}}, 59, "不合格"),
        ({"僵尸未处置账号数": {"value": 3}}, 90, "优秀"),
        ({"填报不实数": {"value": 1}, "解读发布率": {"cause": "经认定作废"}}, 80, "良好"),
    ],
)
def test_the_default_scheme_by_hand(also: dict[str, Any], final: float, grade: str) -> None:
    found = default(("u", "县级局", "", also)).iloc[0]
    assert (found["final"], found["grade"]) == (final, grade)


def test_a_prefecture_is_forty_per_cent_its_own_and_sixty_the_median_of_its_counties() -> None:
    def lost(number: int) -> dict[str, Any]:
        return {"内容不更新账号数": {"value": number}}

    found = default(
        ("市", "市州局", "省", {}),
        ("甲", "县级局", "市", lost(1)),
        ("乙", "县级局", "市", lost(2)),
        ("丙", "县级局", "市", lost(4)),
        ("直", "市州局", "省", lost(1)),
        ("所", "派出所", "甲", {}),
    ).set_index("unit")
    assert "所" not in found.index
    # 100 x 0.4 + median(97, 94, 88) x 0.6
    assert found.loc["市", ["own", "below", "final"]].tolist() == [100, 94, 96.4]
    assert found.loc["直", "final"] == 97


def test_a_veto_of_the_prefecture_itself_bounds_what_is_rolled_up_too() -> None:
    found = default(
        ("市", "市州局", "省", {"安全类否决数": {"value": 1}}), ("甲", "县级局", "市", {})
    )
    assert found["final"].iloc[0] == 59


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (pd.DataFrame({"unit": ["u"]}), "缺少列"),
        (pd.DataFrame({"unit": ["u"], "measure": ["原创率"], "like": [1]}), "不认识的列"),
        (pd.DataFrame({"unit": ["u"], "measure": ["原创率"], "cause": ["忘了"]}), "缺失原因"),
    ],
)
def test_a_frame_that_was_not_agreed_is_refused(frame: pd.DataFrame, told: str) -> None:
    with pytest.raises(InputError, match=told):
        two(frame)


def test_nothing_that_can_be_measured_is_a_task_to_like_or_forward() -> None:
    assert not [key for key in MEASUREMENTS if "任务" in key or "人数" in key or "民警" in key]


METHODS = (
    RATE,
    "{method: 线性, low_at: 0.2, low_points: 3, full_at: 0.9}",
    "{method: 分档, bands: [{at_least: 0.9, points: 10}, {at_least: 0.5, points: 4}]}",
    "{method: 极差, low: 0.1, high: 0.7}",
    "{method: 对数, full_at: 0.8}",
    "{method: 百分位, least_peers: 2}",
    "{method: 名次分, points: [10, 7, 1]}",
    "{method: 每单位, each: 12}",
    "{method: 每百分点, each: 0.2, base: 0.3}",
    "{method: 任务完成, target: 0.6, multiple: 2}",
)
"""Those by which more is better."""
VALUES = st.lists(st.one_of(st.none(), st.floats(-5, 5)), min_size=2, max_size=6)


@given(
    st.lists(st.sampled_from(METHODS), min_size=1, max_size=5),
    st.data(),
    st.sampled_from(["按比例", "均摊", "部分内均摊"]),
)
def test_points_stay_within_bounds_and_weights_always_sum_to_the_whole(
    methods: list[str], data: st.DataObject, spread: str
) -> None:
    keys = ("原创率", "回复率", "有发布周率", "群众满意率", "整改按期率")[: len(methods)]
    lines = [line(n, each, keys[n], 10) for n, each in enumerate(methods)]
    names = [f"u{n}" for n in range(4)]
    values = data.draw(st.lists(st.one_of(st.none(), st.floats(-5, 5)), min_size=20, max_size=20))
    measured = rows(
        *(
            (unit, key, {"value": values[n * 5 + m]})
            for n, unit in enumerate(names)
            for m, key in enumerate(keys)
        ),
        ("u0", "x", {"value": 1.0}),
    )
    scheme = written(*lines, missing={"spread": spread, "limit": 1000})
    found = run(scheme, measured, roster(*names))
    points = found.lines["points"].to_numpy(float)
    most = found.lines["adjusted"].to_numpy(float)
    scored = ~np.isnan(points)
    assert (points[scored] >= -1e-9).all()
    assert (points[scored] <= most[scored] + 1e-9).all()
    sums = found.lines.groupby("unit")["adjusted"].sum()
    any_scored = found.lines.groupby("unit")["points"].count() > 0
    assert np.allclose(sums[any_scored], 10 * len(methods))
    assert (sums[~any_scored] == 0).all()


@given(st.sampled_from(METHODS), st.floats(-2, 3), st.floats(0, 2))
def test_more_is_never_worth_less(method: str, value: float, more: float) -> None:
    measured = rows(
        ("a", "原创率", {"value": value + more}),
        ("b", "原创率", {"value": value}),
        ("c", "原创率", {"value": 0.5}),
    )
    points = run(written(line(1, method, "原创率")), measured, roster(*"abc")).lines["points"]
    assert points[0] >= points[1] - 1e-9
