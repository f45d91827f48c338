"""A returned 自查表: known by its hidden sheet, read row by row as it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect import filled_book
from monitor.collect.files import workbook
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.collect.files.values import text_of
from monitor.domain.clearing_sheet import ACCOUNT, ANSWER, LINE, NOTE, TOKEN, VERSION, SheetRow
from monitor.domain.errors import InputError
from monitor.domain.form import FORM_MARK, HIDDEN_SHEET

WORDS: Final = (LINE, VERSION, ACCOUNT, ANSWER, NOTE)


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned workbook: of which project, and the rows in which something was said."""

    clearing_id: int
    rows: tuple[SheetRow, ...]


def read(content: bytes, name: str, limits: Limits = LIMITS) -> Returned:
    """The rows that were filled in; InputError where it is no sheet that was sent out."""
    sheets = workbook.read(content, name, limits)
    clearing_id = _made_by_us(sheets, name)
    body = filled_book.body(sheets, WORDS, name, "自查表", "下载")
    read = (_row(number, body.words(row)) for number, row in body.rows())
    return Returned(clearing_id, tuple(each for each in read if each.answer or each.note))


def _made_by_us(sheets: Sequence[Sheet], name: str) -> int:
    for sheet in sheets:
        said = [text_of(each) for each in sheet.rows[0][:2]] if sheet.rows else []
        if sheet.name == HIDDEN_SHEET and said[:1] == [FORM_MARK] and said[-1].startswith(TOKEN):
            return _number(said[-1].removeprefix(TOKEN))
    raise InputError("不是系统下发的自查表", name, "请在清理排查页的“自查”重新下载")


def _row(number: int, said: Mapping[str, str]) -> SheetRow:
    ids = (_number(said[LINE]), _number(said[VERSION]))
    return SheetRow(number, *ids, said[ACCOUNT], said[ANSWER], said[NOTE])


def _number(text: str) -> int:
    return int(text[:18]) if text.isascii() and text.isdecimal() else -1
