"""A returned 自查表: known by its hidden sheet, read row by row as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect.files import header, workbook
from monitor.collect.files.grid import LIMITS, Limits, Row, Sheet, is_blank
from monitor.collect.files.values import text_of
from monitor.domain.clearing_sheet import ACCOUNT, ANSWER, LINE, NOTE, TOKEN, VERSION, SheetRow
from monitor.domain.errors import InputError
from monitor.domain.form import FORM_MARK, HIDDEN_SHEET

WORDS: Final = (LINE, VERSION, ACCOUNT, ANSWER, NOTE)
WITHIN: Final = 10


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned workbook: of which project, and the rows in which something was said."""

    clearing_id: int
    rows: tuple[SheetRow, ...]


def read(content: bytes, name: str, limits: Limits = LIMITS) -> Returned:
    """The rows that were filled in; InputError where it is no sheet that was sent out."""
    sheets = workbook.read(content, name, limits)
    clearing_id = _made_by_us(sheets, name)
    for sheet in sheets:
        found = header.find(sheet.rows, WORDS, WITHIN)
        if found is not None:
            places = header.exact(found.titles, {each: (each,) for each in WORDS}, name)
            return Returned(clearing_id, _rows(sheet, found.row, places))
    raise InputError("自查表的表头被改动过", name, "请用原来下载的表填写,不要增删列")


def _made_by_us(sheets: Sequence[Sheet], name: str) -> int:
    for sheet in sheets:
        said = [text_of(each) for each in sheet.rows[0][:2]] if sheet.rows else []
        if sheet.name == HIDDEN_SHEET and said[:1] == [FORM_MARK] and said[-1].startswith(TOKEN):
            return _number(said[-1].removeprefix(TOKEN))
    raise InputError("不是系统下发的自查表", name, "请在清理排查页的“自查”重新下载")


def _rows(sheet: Sheet, head: int, places: dict[str, int]) -> tuple[SheetRow, ...]:
    read = (
        _row(number, row, places)
        for number, row in enumerate(sheet.rows[head + 1 :], head + 2)
        if not is_blank(row)
    )
    return tuple(each for each in read if each.answer or each.note)


def _row(number: int, row: Row, places: dict[str, int]) -> SheetRow:
    said = {
        key: text_of(row[place]).strip() if place < len(row) else ""
        for key, place in places.items()
    }
    ids = (_number(said[LINE]), _number(said[VERSION]))
    return SheetRow(number, *ids, said[ACCOUNT], said[ANSWER], said[NOTE])


def _number(text: str) -> int:
    return int(text[:18]) if text.isascii() and text.isdecimal() else -1
