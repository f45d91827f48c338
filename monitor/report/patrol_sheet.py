"""巡查表.xlsx: one line per account to look at, drop-downs, locked heads, fit for A4 across."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from monitor.domain.patrol_sheet import (
    CHOICES,
    COLUMNS,
    FILLED,
    GIVEN,
    KEY,
    TEMPLATE,
    TEMPLATE_SHEET,
    Line,
)
from monitor.report.xlsx_file import OPTIONS, UNDATED

SHEET: Final = "巡查表"
WIDTHS: Final = (5, 9, 10, 20, 9, 20, 14, 18, 16, 16, 16, 22, 14, 9, 9, 12, 9, 14, 0)
SPARE: Final = 20
"""Blank lines for accounts that are found beside those listed."""
A4: Final = 9
HOW: Final = (
    "巡查表怎么填",
    "1. 每个账号约40秒:打开主页,看最近一条的发布时间,填在“最近一条发布时间”。没看的行空着。",
    "2. “查看时间”填到分钟,如 2026-11-22 09:30;只写日期时,按当天零时计。",
    "3. 发布时间照页面所示填写:2026-11-20 18:05、11-20、3天前、昨天18:05、刚刚都可以。",
    "4. 主页没有任何作品的,“最近一条发布时间”填“无”。",
    "5. 置顶内容不是最新,请看置顶以下第一条;微博请切换到“最新”排序。",
    "6. 微信主页只显示已通知的内容,“发表”而未通知的看不到。",
    "7. 最近一条在两周以前的,请再填“第二条发布时间”,没有第二条填“无”。",
    "8. “账号情况”空着视为正常;已改名的请填“现用名称”。",
)


def render(lines: Sequence[Line], heading: str) -> bytes:
    """The form as a workbook; the same lines are the same bytes."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        book.set_properties({"title": heading, "created": UNDATED})
        _form(book, lines, heading)
        _explain(book)
        hidden = book.add_worksheet(TEMPLATE_SHEET)
        hidden.write_string(0, 0, TEMPLATE)
        hidden.very_hidden()
    return content.getvalue()


def _form(book: Any, lines: Sequence[Line], heading: str) -> None:
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#eef1f5"})
    given = book.add_format({"text_wrap": True, "border": 1, "font_color": "#46566a"})
    free = book.add_format({"text_wrap": True, "border": 1, "locked": False, "num_format": "@"})
    for place, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width, None, {"hidden": name == KEY})
        sheet.write_string(0, place, name, head)
    for row, line in enumerate(lines, 1):
        for place, text in enumerate(_given(row, line)):
            sheet.write_string(row, place, text, given)
        for place in range(len(GIVEN), len(COLUMNS) - 1):
            sheet.write_blank(row, place, None, free)
        sheet.write_number(row, len(COLUMNS) - 1, line.account_id, given)
    for row in range(len(lines) + 1, len(lines) + 1 + SPARE):
        for place in range(len(COLUMNS) - 1):
            sheet.write_blank(row, place, None, free)
    _choices(sheet, len(lines) + SPARE)
    _print(sheet, heading)


def _given(row: int, line: Line) -> tuple[str, ...]:
    known = (line.region, line.county, line.unit, line.platform, line.name)
    return (str(row), *known, line.uid, line.homepage, line.before)


def _choices(sheet: Any, last: int) -> None:
    for name, choices in CHOICES.items():
        place = len(GIVEN) + FILLED.index(name)
        told = {"validate": "list", "source": list(choices), "error_message": "请从列表中选择"}
        sheet.data_validation(1, place, last, place, told)


def _print(sheet: Any, heading: str) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{heading.replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页,共 &N 页")


def _explain(book: Any) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 100)
    for place, line in enumerate(HOW):
        sheet.write_string(place, 0, line)
