"""The office's sheet for cases says what is done; what makes no sense is named with its line."""

from typing import Any

import pytest

from monitor.collect import shelf
from monitor.coordinate import case_rules
from monitor.domain.case import Measure, Problem, Reason, Side, State
from monitor.domain.case_rules import CaseRules, Given, Paper
from monitor.domain.errors import InputError
from monitor.settings import ROOT

TEXT = (ROOT / "data" / "cases.yaml").read_text("utf-8")


def parsed(text: str = TEXT) -> CaseRules:
    page = shelf.parse(text.encode(), "cases.yaml")
    return case_rules.parse(page.mapping, "cases.yaml", shelf.lines(page.text))


def problems(*kinds: str, **more: Any) -> list[Problem]:
    return [Problem(kind, "情况", **more) for kind in kinds]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("内容不更新", Given(3)),
        ("不互动无服务", Given(5)),
        ("未备案", Given(5)),
        ("多头", Given(15)),
        ("僵尸", Given(15)),
        ("表述错误", Given(1, 24)),
        ("从没听过的", Given(5)),
    ],
)
def test_each_kind_has_the_time_the_office_knows(kind: str, given: Given) -> None:
    assert parsed().term(problems(kind)) == given


def test_of_several_problems_the_urgent_goes_first_then_the_longest() -> None:
    rules = parsed()
    assert rules.term(problems("睡眠", "未备案")) == Given(5)
    assert rules.term(problems("多头", "表述错误")).hours == 24
    gone = problems("多头", confirmed=False) + problems("睡眠")
    assert rules.term(gone) == Given(3)


def test_the_measure_follows_the_kind_and_the_times_it_happened() -> None:
    rules = parsed()
    assert rules.measure(problems("睡眠"), 1) is Measure.PUT_RIGHT
    assert rules.measure(problems("睡眠"), 2) is Measure.NAME
    assert rules.measure(problems("睡眠"), 5) is Measure.TALK
    assert rules.measure(problems("睡眠", "僵尸"), 1) is Measure.CLOSE


def test_the_sheet_of_the_office_is_whole() -> None:
    rules = parsed()
    assert set(rules.reasons) == set(Reason)
    assert rules.turns[State.UNDER_WAY, Side.DESK] == 5
    assert (rules.appeal_days, rules.look_again_days, rules.fresh_days) == (3, 30, 1)
    assert set(rules.words) == set(Paper)
    assert all(each.source and each.rank for each in rules.kinds)


@pytest.mark.parametrize(
    ("old", "new", "line_of", "told"),
    [
        ("days: 3\n    measure", "days: 0\n    measure", "    days: 0", "应写且只写一个"),
        ("days: 3\n    measure", "days: 90\n    measure", "    days: 90", "不能超过"),
        (
            "    hours: 24",
            "    hours: 24\n    days: 1",
            '    days: 1\n    measure: 限期整改\n    close: {words: "2小时',
            "只写一个",
        ),
        ("measure: 责令关停", "measure: 罚款", "measure: 罚款", "应为提醒"),
        ("rank: 省级规定", "rank: 市级规定", "rank: 市级规定", "应为国家规定"),
        (
            '{posts: 2, within_days: 14, words: "内容',
            '{posts: 2, words: "内容',
            "close: {posts: 2, words",
            "一起写",
        ),
        ("covers: [多头]", "covers: [多头, 睡眠]", "kinds:", "写进了两类"),
        ("{name: 采集有误}", "{name: 看错了}", "看错了", "采集有误"),
        ("{state: 待审核, side", "{state: 审核中, side", "审核中", "待核实"),
        ("day: 3, to: [市州", "day: 0, to: [市州", "steps:", "从小到大"),
        ("percent: 20", "percent: 200", "errors:", "1至100"),
        ("appeal_days: 3", "appeal_days: 三", "appeal_days", "整数"),
        ("word: 核实", "word: 整改", "papers:", "不重复"),
        ("look_again_days: 30", "look_again: 30", "version", "look_again_days"),
        ("source: 本厅设定\n    rank", "source: ''\n    rank", "source: ''", "不能为空"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_line(
    old: str, new: str, line_of: str, told: str
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    with pytest.raises(InputError) as refused:
        parsed(text)
    assert told in str(refused.value)
    line = text[: text.index(line_of) + len(line_of) - len(line_of.lstrip())].count("\n") + 1
    assert f"第{line}行" in str(refused.value), str(refused.value)
