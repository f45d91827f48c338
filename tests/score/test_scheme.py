"""Schemes are read strictly: what makes no sense is named with its line."""

from typing import Any

import pytest

from monitor.collect import shelf
from monitor.domain.errors import InputError
from monitor.score.scheme import parse
from tests.score import sheets
from tests.score.sheets import FOLDER, line, written

SHIPPED = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scheme_is_a_scheme_and_says_on_whose_word(name: str) -> None:
    found = sheets.shipped(name)
    assert found.name == name
    assert found.source
    assert found.rank in ("国家规定", "省级规定", "外地做法", "本厅设定")


def test_co_operation_is_shown_and_weighs_nothing() -> None:
    lines = {each.id: each for each in sheets.shipped("hubei-police-default").indicators()}
    assert lines["D1"].measure == "协同响应率"
    assert lines["D1"].max == 0


def test_a_mistake_is_named_with_its_line() -> None:
    text = (FOLDER / "hubei-police-default.yaml").read_text("utf-8")
    broken = text.replace("target: 0.95", "target: 九成五")
    page = shelf.parse(broken.encode(), "方案.yaml")
    with pytest.raises(InputError) as told:
        parse(page.mapping, "方案.yaml", shelf.lines(page.text))
    number = next(n for n, each in enumerate(broken.splitlines(), 1) if "九成五" in each)
    assert f"方案.yaml 第{number}行" in str(told.value)
    assert "sections[1].indicators[0].score.target" in str(told.value)


def first(**also: Any) -> dict[str, Any]:
    """A scheme of one line that is changed so."""
    return written({**line(1, "{method: 目标比, target: 1}"), **also})


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        (first(measure="转发任务完成率"), "不在测量项目中"),
        (first(measure="人工", name="干警点赞完成率"), "不得要求或统计"),
        (first(measure="协同响应率", max=20), "没有公开先例"),
        (first(score={"method": "目标比", "target": 0}), "应大于0"),
        (first(score={"method": "目标比", "target": 1, "each": 2}), "没有这一项"),
        (first(score={"method": "极差", "low": 3, "high": 3}), "应大于 low"),
        (first(score={"method": "线性", "low_at": 3, "full_at": 3}), "不能与 low_at 相同"),
        (first(score={"method": "名次分", "points": [5, 8]}), "由高到低"),
        (first(score={"method": "分档", "bands": [{"at_least": 1, "points": 11}]}), "满分"),
        (first(platforms={"wechat": 60, "weibo": 30}), "应为100"),
        (first(platforms={"wechat": 60, "bbs": 40}), "不是平台"),
        (first(items=[{"id": "x", "name": "x", "measure": "作品数", "each": 1}]), "只写一个"),
        (first(few="正常"), "样本不足或不适用"),
        ({**first(), "grades": [{"name": "好", "at_least": 60}]}, "应从0起"),
        ({**first(), "full": 90}, "合计"),
        ({**first(), "gates": [{"id": "g", "name": "g", "measure": "作品数"}]}, "后果"),
        (
            {**first(), "deductions": [{"id": "L1", "name": "x", "measure": "作品数", "each": 1}]},
            "两次",
        ),
        (
            {
                **first(),
                "rollup": {"levels": ["市州局"], "below_levels": ["县级局"], "own": 4, "below": 6},
            },
            "应为100",
        ),
        ({**first(), "sense": 1}, "没有这一项"),
    ],
)
def test_nonsense_is_refused(mapping: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse(mapping)
