"""Form 表: a pre-filled workbook with drop-downs and a locked header, its token hidden in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from monitor.domain.form import FORM_MARK, HIDDEN_SHEET
from monitor.report.table import Table
from monitor.report.xlsx_file import OPTIONS, UNDATED

SPARE_ROWS: Final = 100
"""Blank rows below the last account, for those we do not know yet."""
WIDTHS: Final = {"主办单位": 30, "账号名称": 26, "主页链接": 30, "备注": 26, "机构代码": 15}
WIDTH: Final = 13
PROTECTION: Final = {
    "select_locked_cells": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One unit's form: heading, notes a sentence each, accounts, and what may be chosen where."""

    heading: str
    token: str
    table: Table
    notes: tuple[str, ...] = ()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def render(form: FormSheet) -> bytes:
    """The workbook. Everything is text, so that codes and phones keep their digits."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": form.heading, "created": UNDATED})
        sheet = book.add_worksheet("台账")
        _fill(sheet, form, _formats(book))
        _explain(book.add_worksheet("说明"), form, book.add_format({"text_wrap": True}))
        hidden = book.add_worksheet(HIDDEN_SHEET)
        _hide(hidden, form)
        _choose(sheet, form)
    return content.getvalue()


def _formats(book: Any) -> tuple[Any, Any]:
    head = {"bold": True, "border": 1, "bg_color": "#E6ECF4", "text_wrap": True, "locked": True}
    return (
        book.add_format({**head, "valign": "vcenter"}),
        book.add_format({"num_format": "@", "locked": False, "border": 1}),
    )


def _fill(sheet: Any, form: FormSheet, formats: tuple[Any, Any]) -> None:
    head, open_cell = formats
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for column, name in enumerate(form.table.columns):
        hidden = {"hidden": name in form.hidden}
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH), None, hidden)
        sheet.write_string(0, column, name, head)
    for line in range(len(form.table.rows) + SPARE_ROWS):
        cells = form.table.rows[line] if line < len(form.table.rows) else ()
        for column in range(len(form.table.columns)):
            cell = cells[column] if cells else None
            if cell is None:
                sheet.write_blank(line + 1, column, None, open_cell)
            else:
                sheet.write_string(line + 1, column, str(cell), open_cell)
    sheet.protect("", PROTECTION)


def _explain(sheet: Any, form: FormSheet, wrap: Any) -> None:
    sheet.set_column(0, 0, 90)
    for line, text in enumerate((form.heading, "", *form.notes)):
        sheet.write_string(line, 0, text, wrap)
    sheet.protect("")


def _hide(sheet: Any, form: FormSheet) -> None:
    """The token, and the lists of the drop-downs: long ones do not fit into a rule."""
    sheet.write_string(0, 0, FORM_MARK)
    sheet.write_string(0, 1, form.token)
    for column, options in enumerate(form.choices.values()):
        for line, option in enumerate(options, 1):
            sheet.write_string(line, column, option)
    sheet.very_hidden()
    sheet.protect("")


def _choose(sheet: Any, form: FormSheet) -> None:
    last = len(form.table.rows) + SPARE_ROWS
    for column, (name, options) in enumerate(form.choices.items()):
        if name not in form.table.columns or not options:
            continue
        place = form.table.columns.index(name)
        letters = xl_col_to_name(column)
        rule = {
            "validate": "list",
            "source": f"={HIDDEN_SHEET}!${letters}$2:${letters}${len(options) + 1}",
            "error_title": "请从列表中选择",
            "error_message": f"“{name}”只能从下拉列表中选择",
        }
        sheet.data_validation(1, place, last, place, rule)
