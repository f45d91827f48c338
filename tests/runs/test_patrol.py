"""巡查表 goes out, is filled in and comes back: what is right is stored, the rest is named."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from monitor.domain.errors import InputError
from monitor.domain.instants import DAY, HOUR, day_start
from monitor.domain.patrol_sheet import COLUMNS, TEMPLATE, TEMPLATE_SHEET
from monitor.record.store import Store
from monitor.runs import patrol, setup
from monitor.runs.parts import Parts
from tests.builders import a_post, a_unit, an_account
from tests.conftest import StandingClock
from tests.record.builders import rows
from tests.service.parts import some_parts

START = day_start(date(2026, 11, 22))


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    made = setup.ready(some_parts(sqlite_store, clock))
    with made.store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000")
        city = a_unit(tx, "荆州市公安局", "991000000000", root, region_name="荆州市")
        for name in "甲乙丙丁戊":
            key = an_account(tx, city, f"平安{name}(演示)", "douyin")
            if name == "戊":
                a_post(tx, key, START - 2 * DAY)
    return made


def filled(path: Path, lines: dict[str, dict[str, object]]) -> Path:
    """The form with these cells written, by account name."""
    book = openpyxl.load_workbook(path)
    sheet = book["巡查表"]
    for row in range(2, sheet.max_row + 1):
        name = str(sheet.cell(row, COLUMNS.index("账号名称") + 1).value or "")
        for column, value in lines.get(name[2:3], {}).items():
            sheet.cell(row, COLUMNS.index(column) + 1).value = value  # type: ignore[assignment]
    target = path.with_name("filled.xlsx")
    book.save(target)
    return target


def test_the_form_lists_who_waits_with_drop_downs_and_a_hidden_mark(
    parts: Parts, tmp_path: Path
) -> None:
    target = tmp_path / "form.xlsx"
    assert patrol.write_sheet(parts, target) == 5
    book = openpyxl.load_workbook(BytesIO(target.read_bytes()))
    sheet = book["巡查表"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert sheet.protection.sheet
    assert not sheet.cell(2, COLUMNS.index("查看时间") + 1).protection.locked
    assert sheet.cell(2, 1).protection.locked
    assert len(sheet.data_validations.dataValidation) == 2
    assert book[TEMPLATE_SHEET].sheet_state == "veryHidden"
    assert book[TEMPLATE_SHEET]["A1"].value == TEMPLATE
    before = {sheet.cell(row, 6).value: sheet.cell(row, 9).value for row in range(2, 7)}
    assert before["平安戊(演示)"] == "2026-11-20 00:00:00"
    again = tmp_path / "again.xlsx"
    patrol.write_sheet(parts, again)
    assert again.read_bytes() == target.read_bytes()


def test_what_was_filled_in_is_stored_and_judged_and_the_rest_named_by_cell(
    parts: Parts, tmp_path: Path
) -> None:
    target = tmp_path / "form.xlsx"
    patrol.write_sheet(parts, target)
    at = "2026-11-22 10:30"
    back = filled(
        target,
        {
            "甲": {
                "查看时间": at,
                "最近一条发布时间": "3天前",
                "能否评论留言": "能",
                "查看人": "李",
            },
            "乙": {"查看时间": "2026-11-22", "最近一条发布时间": "无"},
            "丙": {"查看时间": at, "最近一条发布时间": "上个世纪"},
            "丁": {"查看时间": at, "最近一条发布时间": "2026-10-01"},
            "戊": {"查看时间": at, "最近一条发布时间": "2026-11-18"},
        },
    )
    done = patrol.load(parts, back)
    assert (done.stored, done.already) == (2, 0)
    assert {(each.column, each.row > 1) for each in done.problems} == {
        ("最近一条发布时间", True),
        ("第二条发布时间", True),
    }
    assert len(done.problems) == 3
    found = rows(parts.store, "SELECT b, grade, evidence_kind FROM coverage ORDER BY b")
    assert found == [(START, 3, "look"), (START + 8 * HOUR + 1800, 3, "look")]
    assert rows(parts.store, "SELECT count(*) FROM account_day") == [(5,)]
    again = patrol.load(parts, back)
    assert (again.stored, again.already) == (0, 2)


def test_a_form_the_units_filled_in_speaks_against_them_only(parts: Parts, tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    patrol.write_sheet(parts, target)
    line: dict[str, object] = {
        "查看时间": "2026-11-22 10:30",
        "最近一条发布时间": "2026-10-01",
        "第二条发布时间": "无",
    }
    assert patrol.load(parts, filled(target, {"甲": line}), own=True).stored == 1
    assert rows(parts.store, "SELECT grade FROM coverage") == [(1,)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("查看时间", "2027-01-01 10:00"),
        ("查看时间", "早上"),
        ("查看时间", ""),
        ("账号情况", "挺好"),
        ("能否评论留言", "也许"),
        ("最近一条发布时间", "2026-11-23"),
        ("第二条发布时间", "2026-11-22 10:00"),
        ("账号名称", "没有这个号"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(
    parts: Parts, tmp_path: Path, column: str, value: str
) -> None:
    target = tmp_path / "form.xlsx"
    patrol.write_sheet(parts, target)
    line: dict[str, object] = {"查看时间": "2026-11-22 10:30", "最近一条发布时间": "11-20"}
    if column == "账号名称":
        line["账号ID"] = ""
    done = patrol.load(parts, filled(target, {"甲": line | {column: value}}))
    (problem,) = done.problems
    assert (problem.sheet, problem.column) == ("巡查表", column)
    assert problem.expected
    assert done.stored == 0


def test_a_table_that_is_no_form_is_refused(parts: Parts, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("平台,账号名称\n抖音,甲\n", "utf-8")
    with pytest.raises(InputError, match="巡查表"):
        patrol.load(parts, path)
