"""The workbook of 填报: pre-filled lines, locked heads, drop-downs, and a hidden template id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from monitor.domain.report_line import (
    COLUMNS,
    COMMENTS,
    KEEPER,
    KEEPERS,
    NEWEST,
    REASON,
    YES_NO,
    StopReason,
)
from monitor.report.xlsx_file import OPTIONS, UNDATED

SHEET: Final = "填报"
HIDDEN: Final = "模板"
TEMPLATE: Final = "sentinel-report-1"
KNOWN: Final = ("平台", "账号名称", "主办单位", "账号编号")
HEAD_ROW: Final = 2
WIDTHS: Final = {"账号名称": 26, "主办单位": 24, NEWEST: 20, "最近一条链接": 36, "备注": 24}
LISTS: Final[Mapping[str, Sequence[str]]] = {
    COMMENTS: YES_NO,
    REASON: tuple(StopReason),
    KEEPER: KEEPERS,
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One account's row: who it is, its number in the registry, and what stands in it already."""

    platform: str
    name: str
    unit: str
    account_id: int
    words: Mapping[str, str]


def render(unit: str, week: str, said: tuple[str, str], lines: Sequence[SheetLine]) -> bytes:
    """A unit's workbook for a week; `said` are the title and the sentence below it."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": said[0], "created": UNDATED})
        sheet = book.add_worksheet(SHEET)
        _head(book, sheet, said)
        _lines(book, sheet, lines)
        _guard(sheet, len(lines))
        hidden = book.add_worksheet(HIDDEN)
        for place, text in enumerate((TEMPLATE, week, unit)):
            hidden.write_string(place, 0, text)
        hidden.very_hidden()
    return content.getvalue()


def _head(book: Any, sheet: Any, said: tuple[str, str]) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    note = book.add_format({"font_color": "#5b6875"})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#e3e8ef"})
    sheet.write_string(0, 0, said[0], title)
    sheet.write_string(1, 0, said[1], note)
    for place, column in enumerate((*KNOWN, *COLUMNS)):
        sheet.write_string(HEAD_ROW, place, column, head)
        sheet.set_column(place, place, WIDTHS.get(column, 12))


def _lines(book: Any, sheet: Any, lines: Sequence[SheetLine]) -> None:
    fixed = book.add_format({"border": 1, "bg_color": "#f4f6f9"})
    free = book.add_format({"border": 1, "locked": False, "num_format": "@"})
    for row, line in enumerate(lines, HEAD_ROW + 1):
        for place, text in enumerate((line.platform, line.name, line.unit, str(line.account_id))):
            sheet.write_string(row, place, text, fixed)
        for place, column in enumerate(COLUMNS, len(KNOWN)):
            sheet.write_string(row, place, line.words.get(column, ""), free)


def _guard(sheet: Any, count: int) -> None:
    """What is ours cannot be typed over; what is a choice is chosen."""
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.protect("", {"format_columns": True, "sort": True, "autofilter": True})
    last = HEAD_ROW + max(count, 1)
    for column, choices in LISTS.items():
        place = len(KNOWN) + COLUMNS.index(column)
        sheet.data_validation(
            HEAD_ROW + 1,
            place,
            last,
            place,
            {
                "validate": "list",
                "source": list(choices),
                "error_title": "请从列表中选择",
                "error_message": "、".join(choices),
            },
        )
