"""A rulebook's sheet and the form that edits it: what is not changed stays, figures keep honest."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect import shelf
from monitor.domain.errors import InputError
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.judge import book_lines, revising, rulebook, sheet_form
from monitor.judge.rule import RULES
from monitor.settings import ROOT

SHEETS = {
    path.stem: shelf.read(path).mapping
    for path in sorted((ROOT / "data" / "rulebooks").glob("*.yaml"))
}
DEFAULT = SHEETS["hubei-default"]


def form(name: str = "hubei-default", **said: str) -> dict[str, Any]:
    """The sheet after a form in which some fields were changed."""
    sheet = SHEETS[name]
    return revising.revised(sheet, sheet_form.words(sheet) | said)


@pytest.mark.parametrize("name", SHEETS)
def test_a_form_sent_unchanged_changes_nothing(name: str) -> None:
    assert form(name) == SHEETS[name]
    assert not book_lines.differences(rulebook.parse(SHEETS[name]), rulebook.parse(form(name)))


@pytest.mark.parametrize("name", SHEETS)
def test_every_line_of_a_rulebook_has_its_source_and_rank(name: str) -> None:
    found = book_lines.lines(rulebook.parse(SHEETS[name]))
    assert all(each.said and each.source and each.rank for each in found)
    items = [each.item for each in found]
    assert len(set(items)) == len(items)


def test_every_parameter_of_every_rule_has_a_word() -> None:
    assert {key for rule in RULES for key in rule.parameters} <= set(book_lines.PARAMETERS)


def test_a_changed_figure_stands_on_the_offices_word_and_nothing_else_changes() -> None:
    after = form(**{"内容不更新·天数": "20"})
    parsed = rulebook.parse(after)
    (found,) = book_lines.differences(rulebook.parse(DEFAULT), parsed)
    assert found.item == "分级·内容不更新"
    assert found.before is not None
    assert found.after is not None
    assert (found.before.said, found.after.said) == ("超过14天,不合格", "超过20天,不合格")
    assert (found.before.rank, found.after.rank) == ("国家规定", "本厅设定")
    assert found.after.source == "本厅设定"


def test_a_changed_figure_keeps_the_source_that_is_given_with_it() -> None:
    said = {"僵尸·天数": "92", "僵尸·来源": "某省办法", "僵尸·级别": "外地做法"}
    book = rulebook.parse(form(**said))
    zombie = next(each for each in book.classes if each.name == "僵尸")
    assert (zombie.over_seconds, zombie.source, zombie.rank) == (92 * DAY, "某省办法", "外地做法")


def test_grace_rules_kinds_and_variants_go_in_and_out() -> None:
    book = rulebook.parse(
        form(
            **{
                "新开账号宽限期·天数": "0",
                "不互动·结论": "不适用",
                "无服务·核查有效天数": "90",
                "不计入静默的情形": "批准关停、春节",
                "生效日期": "2027-01-01",
                "另定·新增·名称": "县级抖音",
                "另定·新增·平台": "抖音",
                "另定·新增·层级": "县级局",
                "另定·新增·内容不更新·天数": "21",
            }
        )
    )
    assert book.grace is None
    assert "不互动" not in book.terms
    assert book.terms["无服务"].parameters["valid_days"] == 90
    assert book.terms["无服务"].rank == "本厅设定"
    assert book.excused_kinds == {"批准关停", "春节"}
    (own,) = book.variants
    assert (own.platforms, own.levels, own.rank) == ({"douyin"}, {"县级局"}, "本厅设定")
    assert own.book.least_failing_limit == 21 * DAY
    assert "抖音;县级局" in {each.said for each in book_lines.lines(book)}


def test_a_variant_is_altered_and_taken_away_and_a_grace_comes_back() -> None:
    head = "另定·市、县政府部门"
    altered = rulebook.parse(form("he2019", **{f"{head}·提醒·天数": "5", f"{head}·层级": "县级局"}))
    (own,) = altered.variants
    assert (own.levels, own.rank) == ({"县级局"}, "本厅设定")
    assert own.book.classes[1].over_seconds == 5 * DAY
    assert not rulebook.parse(form("he2019", **{f"{head}·名称": ""})).variants
    grace = rulebook.parse(form("he2019", **{"新开账号宽限期·天数": "15"})).grace
    assert grace is not None
    assert (grace.seconds, grace.rank) == (15 * DAY, "本厅设定")


@given(st.sampled_from(sorted(sheet_form.words(DEFAULT))), st.text(max_size=8))
def test_whatever_is_typed_is_a_rulebook_or_refused_by_name(field: str, typed: str) -> None:
    with suppress(InputError):
        book = rulebook.parse(form(**{field: typed}))
        assert book.name == "hubei-default"


@given(st.lists(st.integers(8, 400), min_size=5, max_size=5, unique=True))
def test_limits_typed_in_order_are_the_limits_that_are_judged_by(limits: list[int]) -> None:
    names = [each["name"] for each in DEFAULT["classes"][1:]]
    typed = dict(zip(names, sorted(limits), strict=True))
    said = {f"{name}·天数": str(days) for name, days in typed.items()} | {"从未更新·天数": "401"}
    book = rulebook.parse(form(**said))
    assert {each.name: each.over_seconds // DAY for each in book.classes[1:]} == typed
    for each in book.classes:
        was = next(one for one in DEFAULT["classes"] if one["name"] == each.name)
        unchanged = was["over_days"] == each.over_seconds // DAY
        assert (each.source == was["source"]) == (unchanged or was["source"] == "本厅设定")


def test_a_figure_under_the_name_of_a_document_that_does_not_say_it_is_found() -> None:
    typed = form()
    typed["classes"][2]["over_days"] = 20
    part = sheet_form.unsourced(DEFAULT, typed)
    assert part is not None
    assert part.path == "classes[2]"
    assert sheet_form.unsourced(DEFAULT, form(**{"内容不更新·天数": "20"})) is None
    own = form()
    own["classes"][3]["over_days"] = 45
    assert own["classes"][3]["rank"] == "本厅设定"
    assert sheet_form.unsourced(DEFAULT, own) is None


def test_what_the_reader_refuses_is_told_by_the_fields_name() -> None:
    after = form(**{"睡眠·天数": "10"})
    with pytest.raises(InputError) as refused:
        rulebook.parse(after)
    assert sheet_form.label(after, refused.value.explained.where) == "睡眠·天数"
    assert sheet_form.label(after, "rules.无服务.parameters.valid_days") == "无服务·核查有效天数"
    assert sheet_form.label(after, "valid_from") == "生效日期"
    assert Outcome.FAIL.value == "不合格"
