"""A returned 回执表: known by its hidden sheet, read row by row as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect.files import header, workbook
from monitor.collect.files.grid import LIMITS, Limits, Row, Sheet, is_blank
from monitor.collect.files.values import text_of
from monitor.domain.errors import InputError
from monitor.domain.receipt_sheet import (
    ACCOUNT,
    FILLED,
    HIDDEN,
    NOTE,
    OUT,
    TASK,
    TEMPLATE,
    URL,
    SheetRow,
)

WORDS: Final = (TASK, ACCOUNT, *FILLED)
WITHIN: Final = 10


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned workbook: of which campaign, and its rows."""

    campaign_id: int
    rows: tuple[SheetRow, ...]


def read(content: bytes, name: str, limits: Limits = LIMITS) -> Returned:
    """The rows of a returned workbook; InputError where it is not one that was sent out."""
    sheets = workbook.read(content, name, limits)
    campaign_id = _made_by_us(sheets, name)
    for sheet in sheets:
        found = header.find(sheet.rows, WORDS, WITHIN)
        if found is not None:
            places = header.exact(found.titles, {each: (each,) for each in WORDS}, name)
            return Returned(campaign_id, _rows(sheet, found.row, places))
    raise InputError("回执表的表头被改动过", name, "请用原来下发的表填写,不要增删列")


def _made_by_us(sheets: Sequence[Sheet], name: str) -> int:
    for sheet in sheets:
        said = [text_of(row[0]) if row else "" for row in sheet.rows[:2]]
        if sheet.name == HIDDEN and said[:1] == [TEMPLATE] and said[-1].isdecimal():
            return int(said[-1])
    raise InputError("不是系统下发的回执表", name, "请在协同页重新下载回执表")


def _rows(sheet: Sheet, head: int, places: dict[str, int]) -> tuple[SheetRow, ...]:
    return tuple(
        _row(number, row, places)
        for number, row in enumerate(sheet.rows[head + 1 :], head + 2)
        if not is_blank(row)
    )


def _row(number: int, row: Row, places: dict[str, int]) -> SheetRow:
    said = {
        key: text_of(row[place]).strip() if place < len(row) else ""
        for key, place in places.items()
    }
    task = int(said[TASK]) if said[TASK].isdecimal() else 0
    return SheetRow(number, task, said[ACCOUNT], said[OUT], said[URL], said[NOTE])
