"""`sentinel patrol`: the form out and back; a doubtful line is named, the others are stored."""

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from monitor import clock
from monitor.domain.instants import SHANGHAI
from monitor.domain.patrol_sheet import COLUMNS, LOOKED, NEWEST, SECOND
from tests.service.conftest import Sentinel, kept, refused, written


def days_ago(days: float) -> str:
    return f"{clock.now().astimezone(SHANGHAI) - timedelta(days=days):%Y-%m-%d %H:%M}"


@pytest.fixture
def sheet(registered: Sentinel, home: Path) -> Path:
    """The form of the one account that waits."""
    out = home / "巡查表.xlsx"
    done = registered("patrol", "sheet", "--out", str(out))
    assert done.exit_code == 0
    assert "已写出 1 个待巡查账号" in done.stderr
    return out


def filled(sheet: Path, **cells: str) -> str:
    """The form with cells of its line filled in."""
    book = openpyxl.load_workbook(sheet)
    for column, value in cells.items():
        book["巡查表"].cell(2, COLUMNS.index(column) + 1).value = value
    path = sheet.with_name("填好.xlsx")
    book.save(path)
    return str(path)


def test_a_line_is_stored_once(registered: Sentinel, sheet: Path, home: Path) -> None:
    path = filled(sheet, **{LOOKED: days_ago(0.1), NEWEST: days_ago(2)})
    done = registered("patrol", "load", path)
    assert done.exit_code == 0
    assert "巡查 1 个,先前已导入 0 个,未填写 0 行" in done.stdout
    assert len(kept(home)["look"]) == 1
    again = registered("patrol", "load", path)
    assert "巡查 0 个,先前已导入 1 个" in again.stdout
    assert len(kept(home)["look"]) == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({LOOKED: days_ago(0.1), NEWEST: "上个世纪"}, f"第2行“{NEWEST}”列:“上个世纪”有误"),
        ({LOOKED: days_ago(0.1), NEWEST: days_ago(60)}, f"第2行“{SECOND}”列"),
        ({LOOKED: days_ago(-3), NEWEST: days_ago(2)}, f"第2行“{LOOKED}”列"),
    ],
)
def test_a_doubtful_line_is_named_and_not_stored(
    registered: Sentinel, sheet: Path, home: Path, cells: dict[str, str], said: str
) -> None:
    before = kept(home)
    done = registered("patrol", "load", filled(sheet, **cells))
    assert done.exit_code == 1
    assert said in done.stdout
    assert kept(home) == before


def test_a_file_that_is_no_form_is_refused(registered: Sentinel, home: Path) -> None:
    before = kept(home)
    refused(registered("patrol", "load", str(home / "没有.xlsx")), 2, "找不到文件")
    refused(registered("patrol", "load", written(home, "别的.csv", "甲,乙\n")), 2, "巡查表")
    assert kept(home) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "巡查表.csv"], ".xlsx"),
        (["--out", "没有这个文件夹/巡查表.xlsx"], "写不进去"),
        (["--out", "巡查表.xlsx", "--scope", "000000000000"], "机构代码"),
    ],
)
def test_a_form_that_cannot_be_written_is_refused(
    registered: Sentinel, home: Path, arguments: list[str], said: str
) -> None:
    path = home / arguments[1]
    refused(registered("patrol", "sheet", "--out", str(path), *arguments[2:]), 2, said)
    assert not path.exists()
