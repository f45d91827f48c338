"""`sentinel reports`: links out once, workbooks out and back; what is refused is not saved."""

from pathlib import Path

import openpyxl
import pytest

from monitor.domain.report_line import COLUMNS, NEWEST, POSTS
from tests.service.conftest import Sentinel, kept, refused, written

UNIT = "421000000000"
WEEK = "2026-W46"
OF_WEEK = ("--week", WEEK)
ONE = (*OF_WEEK, "--scope", UNIT)


@pytest.fixture
def book(registered: Sentinel, home: Path) -> Path:
    """The workbook of the one unit with an account."""
    done = registered("reports", "sheet", str(home / "填报表"), *ONE)
    assert done.exit_code == 0
    assert "已生成 1 个填报表" in done.stderr
    (path,) = (home / "填报表").iterdir()
    return path


def filled(book: Path, **cells: str) -> str:
    """The workbook with cells of its line filled in."""
    opened = openpyxl.load_workbook(book)
    for column, value in cells.items():
        opened["填报"].cell(4, 5 + COLUMNS.index(column)).value = value
    path = book.with_name("交回.xlsx")
    opened.save(path)
    return str(path)


def test_a_link_is_shown_once_kept_renewed_and_revoked(registered: Sentinel, home: Path) -> None:
    due = ("--due", "2099-11-26T17:00")
    first = registered("reports", "open", *ONE, *due)
    assert first.exit_code == 0
    assert first.stdout.count("/r/") == 1
    assert "其中 0 个沿用原链接" in first.stderr
    again = registered("reports", "open", *ONE, *due)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "其中 1 个沿用原链接" in again.stderr
    out = home / "链接.csv"
    renewed = registered("reports", "open", *ONE, *due, "--renew", "--out", str(out))
    assert renewed.exit_code == 0
    assert "/r/" in out.read_text("utf-8-sig")
    assert "已撤回 1 条链接" in registered("reports", "revoke", UNIT, *OF_WEEK).stderr
    assert "已撤回 0 条链接" in registered("reports", "revoke", UNIT, *OF_WEEK).stderr


def test_a_workbook_comes_back_and_is_counted(registered: Sentinel, book: Path, home: Path) -> None:
    path = filled(book, **{POSTS: "3", NEWEST: "2026-11-10"})
    before = kept(home)
    looked = registered("reports", "load", path, "--dry-run")
    assert (looked.exit_code, kept(home)) == (0, before)
    done = registered("reports", "load", path)
    assert done.exit_code == 0
    assert "收到 1 个账号" in done.stdout
    assert "已填1/1" in registered("reports", "status", *ONE).stdout


def test_a_bad_answer_is_named_and_not_saved(registered: Sentinel, book: Path, home: Path) -> None:
    before = kept(home)
    done = registered("reports", "load", filled(book, **{POSTS: "很多", NEWEST: "2026-11-10"}))
    assert done.exit_code == 1
    assert f"第4行“{POSTS}”列:“很多”有误" in done.stdout
    assert kept(home) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["open", "--week", "第48周"], "周次"),
        (["open", *OF_WEEK, "--due", "周四"], "读不懂"),
        (["open", *OF_WEEK, "--scope", "000000000000"], "机构代码"),
        (["sheet", "填报表", "--week", "第48周"], "周次"),
        (["status", "--week", "2026-W99"], "周次"),
        (["status", "--scope", "000000000000"], "机构代码"),
        (["revoke", "000000000000"], "机构代码"),
        (["load", "没有.xlsx"], "找不到文件"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    registered: Sentinel, home: Path, arguments: list[str], said: str
) -> None:
    before = kept(home)
    refused(registered("reports", *arguments), 2, said)
    assert kept(home) == before


def test_links_that_could_not_be_written_down_are_not_made(
    registered: Sentinel, home: Path
) -> None:
    """A link is shown once: made and not shown, it would be lost."""
    before = kept(home)
    refused(registered("reports", "open", *ONE, "--out", str(home / "data")), 2, "写不进去")
    assert kept(home) == before
    assert registered("reports", "open", *ONE, "--due", "2099-11-26T17:00").stdout.count("/r/") == 1


def test_a_table_that_is_no_workbook_of_ours_is_refused(registered: Sentinel, home: Path) -> None:
    before = kept(home)
    other = home / "别的.xlsx"
    openpyxl.Workbook().save(other)
    refused(registered("reports", "load", str(other)), 2, "填报")
    table = written(home, "别的.csv", "甲,乙\n1,2\n")
    refused(registered("reports", "load", table), 2, "不是完整的表格文件")
    assert kept(home) == before
