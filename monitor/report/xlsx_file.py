"""XLSX 文件: a sheet 说明 and one sheet per table, all text as text, nothing that runs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from monitor.report.table import Cell, Table

UNDATED: Final = datetime(2019, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The file's own date stands still, so that the same tables are the same bytes."""
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}
WIDEST: Final = 48
NARROWEST: Final = 8
MEASURED_ROWS: Final = 200
READING: Final = ("空白表示没有数据,0 表示数为零。时间均为北京时间。",)


def render(tables: Sequence[Table], heading: str) -> bytes:
    """The tables as a workbook; `heading` is the first line of the sheet 说明."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": heading, "created": UNDATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _explain(book.add_worksheet("说明"), tables, heading, wrap)
        for table in tables:
            _fill(book.add_worksheet(table.name), table, bold)
    return content.getvalue()


def _explain(sheet: Any, tables: Sequence[Table], heading: str, wrap: Any) -> None:
    sheet.set_column(0, 0, 100)
    lines = [heading]
    for table in tables:
        lines += ["", f"{table.name}({len(table.rows)}行)", *table.notes]
    for place, line in enumerate([*lines, "", *READING]):
        sheet.write_string(place, 0, line, wrap)


def _fill(sheet: Any, table: Table, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, _width(table, column))
    for line, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, line, column, cell)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, line: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(line, column, cell)
    else:
        sheet.write_number(line, column, cell)


def _width(table: Table, column: int) -> int:
    """Wide enough for what stands in it: a Chinese character takes two places."""
    texts = [table.columns[column], *(str(row[column] or "") for row in table.rows[:MEASURED_ROWS])]
    widest = max(sum(1 if char.isascii() else 2 for char in text) for text in texts)
    return min(max(widest + 2, NARROWEST), WIDEST)
