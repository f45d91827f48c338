"""词语提示: words are found however they are spaced, numbers by their kind, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect import word_sheet
from monitor.domain.errors import InputError
from monitor.domain.words import Found, Word, WordList, plainly
from tests.collect.files import books

DATA = Path(__file__).parents[2] / "data"


def shipped() -> WordList:
    words, patterns, _ = word_sheet.shipped(DATA)
    return WordList(words, patterns)


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("机 密★1年:关于行动的通知", "密级标志"),
        ("关于反诈的通知 秘密★", "密级标志"),
        ("【内部资料】请勿转载", "内部资料标志"),
        ("案件编号:A4210242026110001 侦破始末", "疑似警情或案件编号"),
        ("联系人13800001234", "疑似手机号"),
        ("身份证42102419900101123X遗失声明", "疑似身份证号"),
    ],
)
def test_the_shipped_list_points_at_mechanical_traps(title: str, category: str) -> None:
    found = shipped().find(title)
    assert category in {each.category for each in found}
    assert not any(digit in each.word for each in found for digit in "0123456789")


@pytest.mark.parametrize(
    "title",
    ["双11退款电话别急着信,先打96110核实", "12·2全国交通安全日", "保守秘密是公民义务", "机关党建"],
)
def test_an_ordinary_title_is_let_be(title: str) -> None:
    assert shipped().find(title) == ()


WORDS = st.lists(st.text("安全行车演练雾天AB", min_size=2, max_size=4), max_size=6)


@given(WORDS, st.text("安全行车演练雾天ab ", max_size=30))
def test_a_word_is_found_exactly_where_the_plain_text_holds_it(words: list[str], text: str) -> None:
    listed = [Word(each, "类") for each in dict.fromkeys(words)]
    found = {each.word for each in WordList(listed, {}).find(text)}
    assert found == {each for each in words if plainly(each) in plainly(text)}


def test_the_offices_list_is_read_by_its_heads_and_each_word_stands_once() -> None:
    rows = [["某厅词表"], ["词语", "分类"], ["专项行动", "内部"], ["专 项行动", ""], ["演练", ""]]
    assert word_sheet.read(books.xlsx(rows), "词表.xlsx") == (
        Word("专项行动", "内部"),
        Word("演练", "本单位词表"),
    )


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([["词"], ["警"]], "第2行"),
        ([["词"], ["长" * 31]], "第2行"),
        ([["名称"], ["演练"]], "表.xlsx"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_by_its_row(
    rows: list[list[str]], where: str
) -> None:
    with pytest.raises(InputError) as refused:
        word_sheet.read(books.xlsx(rows), "表.xlsx")
    assert where in refused.value.explained.where


def test_a_hint_repeats_no_number() -> None:
    assert shipped().find("电话13800001234") == (Found("疑似手机号", "疑似手机号"),)
