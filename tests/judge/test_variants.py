"""Variants: other limits and outcomes by platform, level and type, and what is refused of them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.errors import InputError
from monitor.domain.finding import Judgement
from monitor.domain.instants import DAY
from monitor.domain.rulebook import Rulebook
from monitor.judge.evaluate import judge
from monitor.judge.rulebook import parse
from tests.judge.evidence import measure, standing
from tests.judge.shelf import NOW, document, of, silent

STATIONS = {
    "title": "派出所微博",
    "platforms": ["weibo"],
    "levels": ["派出所"],
    "source": "本厅设定",
    "rank": "本厅设定",
    "over_days": {"提醒": 14, "内容不更新": 28},
    "outcomes": {"不互动": "提醒", "未备案": "不适用"},
}
SERVICES = {
    "title": "服务号",
    "types": ["服务号"],
    "source": "服务号每月可群发4次",
    "rank": "外地做法",
    "over_days": {"提醒": 10},
}


def with_variants(*variants: dict[str, Any]) -> Rulebook:
    more = {"variants": list(variants)} if variants else {}
    return parse(document("hubei-default") | more)


def judged(days: int, book: Rulebook, **stands: object) -> Judgement:
    record = silent(days * DAY + 1, standings=(standing(**stands),))
    return judge(measure(record, NOW), book)


@pytest.mark.parametrize(
    ("days", "station", "county"),
    [(8, "正常", "提醒"), (15, "提醒", "内容不更新"), (29, "内容不更新", "内容不更新")],
)
def test_a_station_has_other_limits_than_a_county(days: int, station: str, county: str) -> None:
    book = with_variants(STATIONS)
    assert judged(days, book, level="派出所").status == station
    assert judged(days, book, level="县级局").status == county
    assert judged(days, book, level="派出所", platform="douyin").status == county


def test_the_limit_that_stands_for_the_account_is_told_with_its_source() -> None:
    found = judged(29, with_variants(STATIONS), level="派出所")
    assert found.limit == 28 * DAY
    assert "超过28天(本厅设定)" in found.findings[0].sentence
    assert judged(29, with_variants(STATIONS), level="县级局").limit == 14 * DAY


def test_a_rule_may_be_milder_or_left_out_for_some() -> None:
    book = with_variants(STATIONS)
    assert of(judged(1, book, level="县级局", filed=False), "未备案") is not None
    assert of(judged(1, book, level="派出所", filed=False), "未备案") is None
    assert of(judged(1, book, level="派出所"), "不互动") is None
    assert of(judged(1, book, level="县级局"), "不互动") is not None


def test_the_first_variant_that_fits_stands() -> None:
    book = with_variants(SERVICES, STATIONS)
    both = {"level": "派出所", "platform": "weibo", "account_type": "服务号"}
    assert judged(12, book, **both).status == "提醒"
    assert judged(9, book, **both).status == "正常"
    assert judged(12, book, level="派出所").status == "正常"


@given(st.sampled_from(["weibo", "douyin"]), st.sampled_from(["派出所", "大队"]))
def test_a_variant_that_changes_nothing_changes_no_answer(platform: str, level: str) -> None:
    same = STATIONS | {"over_days": {}, "outcomes": {}}
    stands = {"platform": platform, "level": level}
    plain = judged(20, with_variants(), **stands)
    assert judged(20, with_variants(same), **stands) == plain


def _changed(**values: Any) -> Callable[[], dict[str, Any]]:
    return lambda: STATIONS | values


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (_changed(levels=["派出所所"]), r"variants\[0\].levels\[0\].*应为"),
        (_changed(platforms=["微薄"]), r"variants\[0\].platforms\[0\]"),
        (_changed(platforms=[], levels=[]), "至少写一项"),
        (_changed(rank="国家"), r"variants\[0\].rank"),
        (_changed(over_days={"提醒": 14}), "内容不更新应大于提醒的天数"),
        (_changed(over_days={"内容不更新": 2}), "内容不更新应大于提醒的天数"),
        (_changed(over_days={"很久": 14}), "不认识的项"),
        (_changed(over_days={"提醒": 40, "内容不更新": 45, "睡眠": 60}), "从未更新的30天"),
        (_changed(outcomes={"不互动": "警告"}), "不适用"),
        (_changed(outcomes={"点赞": "提醒"}), "本标准已有的规则"),
        (_changed(over_days={"提醒": 1, "内容不更新": 7}), "最短的不合格期限7天过短"),
    ],
)
def test_a_variant_that_makes_no_sense_is_refused_by_name(
    made: Callable[[], dict[str, Any]], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        with_variants(made())
