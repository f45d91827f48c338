"""A returned 回执表: known by its hidden sheet, read row by row as it was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect import filled_book
from monitor.collect.files import workbook
from monitor.collect.files.grid import LIMITS, Limits, Sheet
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


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned workbook: of which campaign, and its rows."""

    campaign_id: int
    rows: tuple[SheetRow, ...]


def read(content: bytes, name: str, limits: Limits = LIMITS) -> Returned:
    """The rows of a returned workbook; InputError where it is not one that was sent out."""
    sheets = workbook.read(content, name, limits)
    campaign_id = _made_by_us(sheets, name)
    body = filled_book.body(sheets, WORDS, name, "回执表")
    rows = tuple(_row(number, body.words(row)) for number, row in body.rows())
    return Returned(campaign_id, rows)


def _made_by_us(sheets: Sequence[Sheet], name: str) -> int:
    for sheet in sheets:
        said = filled_book.first_cells(sheet, 2)
        if sheet.name == HIDDEN and said[:1] == [TEMPLATE] and said[-1].isdecimal():
            return int(said[-1])
    raise InputError("不是系统下发的回执表", name, "请在协同页重新下载回执表")


def _row(number: int, said: Mapping[str, str]) -> SheetRow:
    task = int(said[TASK]) if said[TASK].isdecimal() else 0
    return SheetRow(number, task, said[ACCOUNT], said[OUT], said[URL], said[NOTE])
