"""自查表: what is left goes out, what comes back enters whole, and what is wrong is named."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from monitor.actions import clearing_sheets
from monitor.domain.clearing import State
from monitor.domain.errors import Conflict, Forbidden, InputError
from tests.actions.test_clearing import Office, office

__all__ = ["office"]
Words = dict[int, tuple[str, str]]


def filled(content: bytes, words: Words) -> bytes:
    """The workbook with 自查情况 and 说明 typed into its rows, the first is 0."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for row, (answer, note) in words.items():
        sheet.cell(row + 2, 7, answer)
        sheet.cell(row + 2, 8, note)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def take(office: Office, key: int, content: bytes) -> int:
    file = ("自查表.xlsx", content)
    return clearing_sheets.take(office.store, office.unit, key, file, office.sent())


def test_what_is_left_goes_out_and_what_was_filled_in_enters_whole(office: Office) -> None:
    key = office.deploy()
    book = clearing_sheets.make(office.store, office.unit, key)
    sheet = load_workbook(BytesIO(book.content)).worksheets[0]
    assert book.lines == 2
    assert [sheet.cell(row, 5).value for row in (2, 3)] == ["甲县wechat(演示)", "甲县weibo(演示)"]
    first = sheet.column_dimensions["A"]
    assert (first.hidden, first.min, first.max) == (True, 1, 2)
    assert take(office, key, filled(book.content, {0: ("属实", "")})) == 1
    said = {each.line.answer: each.line.state for each in office.lines(key) if each.line.answer}
    assert said == {"属实": State.ANSWERED}
    again = clearing_sheets.make(office.store, office.unit, key)
    assert again.lines == 1
    assert take(office, key, filled(again.content, {0: ("拟关停", "无人维护")})) == 1
    with pytest.raises(InputError, match="没有等自查的账号"):
        clearing_sheets.make(office.store, office.unit, key)
    with pytest.raises(Conflict, match="办理过"):
        take(office, key, filled(book.content, {0: ("属实", "")}))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, "还没有填"),
        ({0: ("好", "")}, "第2行“甲县wechat.演示.”没有“好”这一项"),
        ({0: ("", "有话说")}, "第2行.*没有选自查情况"),
        ({0: ("属实", ""), 1: ("拟关停", "")}, "第3行.*须写说明"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_enters(office: Office, words: Words, told: str) -> None:
    key = office.deploy()
    book = clearing_sheets.make(office.store, office.unit, key)
    with pytest.raises(InputError, match=told):
        take(office, key, filled(book.content, words))
    assert not [each for each in office.lines(key) if each.line.answer]


def test_another_workbook_another_project_and_anothers_unit_are_refused(office: Office) -> None:
    key = office.deploy()
    book = clearing_sheets.make(office.store, office.editor, key)
    assert book.lines == 6
    with pytest.raises(InputError, match="另一次清理排查"):
        take(office, key + 1, filled(book.content, {0: ("属实", "")}))
    with pytest.raises(Forbidden):
        take(office, key, filled(book.content, dict.fromkeys(range(6), ("属实", ""))))
    foreign = load_workbook(BytesIO(book.content))
    foreign["_sentinel"]["B1"] = "abc123"
    saved = BytesIO()
    foreign.save(saved)
    with pytest.raises(InputError, match="不是系统下发的自查表"):
        take(office, key, saved.getvalue())
