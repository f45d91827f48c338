"""The workbook 回执表: a campaign's open tasks, heads locked, and what a unit fills in."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from monitor.domain.receipt_sheet import FILLED, HIDDEN, KNOWN, NO, OUT, TEMPLATE, UNIT, URL, YES
from monitor.report.xlsx_file import OPTIONS, UNDATED

SHEET: Final = "回执"
HEAD_ROW: Final = 2
WIDTHS: Final = {UNIT: 28, "账号名称": 26, "截止时间": 17, URL: 44, "说明": 24}
PROTECTION: Final = {"format_columns": True, "sort": True, "autofilter": True}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One task: what stands in `KNOWN`, and what in `FILLED` (nothing, when it goes out)."""

    known: tuple[str, ...]
    filled: tuple[str, ...] = ()


def render(campaign_id: int, said: tuple[str, str], lines: Sequence[SheetLine]) -> bytes:
    """The workbook of a campaign; `said` are the title and the sentence below it."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": said[0], "created": UNDATED})
        sheet = book.add_worksheet(SHEET)
        _head(book, sheet, said)
        _lines(book, sheet, lines)
        _guard(sheet, len(lines))
        hidden = book.add_worksheet(HIDDEN)
        for place, text in enumerate((TEMPLATE, str(campaign_id))):
            hidden.write_string(place, 0, text)
        hidden.very_hidden()
    return content.getvalue()


def _head(book: Any, sheet: Any, said: tuple[str, str]) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    note = book.add_format({"font_color": "#5b6875"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#e3e8ef"})
    sheet.write_string(0, 0, said[0], title)
    sheet.write_string(1, 0, said[1], note)
    for place, column in enumerate((*KNOWN, *FILLED)):
        sheet.write_string(HEAD_ROW, place, column, head)
        sheet.set_column(place, place, WIDTHS.get(column, 12))


def _lines(book: Any, sheet: Any, lines: Sequence[SheetLine]) -> None:
    fixed = book.add_format({"border": 1, "bg_color": "#f4f6f9"})
    free = book.add_format({"border": 1, "locked": False, "num_format": "@"})
    for row, line in enumerate(lines, HEAD_ROW + 1):
        for place, text in enumerate(line.known):
            sheet.write_string(row, place, text, fixed)
        filled = (*line.filled, *("",) * len(FILLED))[: len(FILLED)]
        for place, text in enumerate(filled, len(KNOWN)):
            sheet.write_string(row, place, text, free)


def _guard(sheet: Any, count: int) -> None:
    """What is ours cannot be typed over; whether it is out is chosen."""
    sheet.freeze_panes(HEAD_ROW + 1, 3)
    sheet.protect("", PROTECTION)
    place = len(KNOWN) + FILLED.index(OUT)
    rule = {
        "validate": "list",
        "source": [YES, NO],
        "error_title": "请从列表中选择",
        "error_message": f"{YES}、{NO}",
    }
    sheet.data_validation(HEAD_ROW + 1, place, HEAD_ROW + max(count, 1), place, rule)
