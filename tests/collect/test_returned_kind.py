"""Which of our forms a workbook is that comes back, whatever it is called."""

import pytest

from monitor.collect.returned_kind import Returning, kind
from monitor.domain import clearing_sheet
from monitor.report import csv_file, form_workbook, receipt_sheet, xlsx_file
from monitor.report.form_workbook import FormSheet
from monitor.report.receipt_sheet import SheetLine
from monitor.report.table import Table, build

LINE = SheetLine(("单位", "微博", "账号", "7", ""), ("是",))
HEADS = ("平台", "账号名称", "查看时间", "最近一条发布时间")
PATROL = csv_file.render(build("巡查表", HEADS, [dict.fromkeys(HEADS, "x")]))
CHECK = form_workbook.render(
    FormSheet("自查表", f"{clearing_sheet.TOKEN}3", Table("自查表", ("账号",), (("平安",),)))
)
OTHER = xlsx_file.render([Table("台账", ("账号",), (("平安",),))], "台账")


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (receipt_sheet.render(3, ("回执表", ""), [LINE]), "随便.xlsx", Returning.RECEIPT),
        (CHECK, "随便.xlsx", Returning.CHECK),
        (PATROL, "随便.csv", Returning.PATROL),
        (OTHER, "回执表.xlsx", Returning.NONE),
        (b"not a table", "回执表.xlsx", Returning.NONE),
        (b"", "自查表.xlsx", Returning.NONE),
    ],
)
def test_a_form_is_known_by_what_stands_in_it(content: bytes, name: str, found: Returning) -> None:
    assert kind(content, name) is found
