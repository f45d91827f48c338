"""`sentinel forms`: sent, taken back and counted; what is refused leaves nothing behind."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.service.conftest import Sentinel, kept, refused

DUE = "2099-12-31"
CITY = "荆州市公安局"


@pytest.fixture
def sent(registered: Sentinel, home: Path) -> Path:
    """The package of a distribution to the cities."""
    out = home / "分发.zip"
    done = registered("forms", "send", "--title", "11月核对", "--due", DUE, "--out", str(out))
    assert done.exit_code == 0
    assert "第1次分发,共" in done.stderr
    return out


def form_of(package: Path, unit: str = CITY, **cells: str) -> Path:
    """A unit's form out of the package, with cells of its first line filled in."""
    with zipfile.ZipFile(package) as opened:
        name = next(each for each in opened.namelist() if each.startswith(f"{unit}_"))
        book = openpyxl.load_workbook(io.BytesIO(opened.read(name)))
    sheet = book["台账"]
    titles = [each.value for each in sheet[1]]
    for column, value in cells.items():
        sheet.cell(2, titles.index(column) + 1).value = value
    path = package.with_name(f"{unit}.xlsx")
    book.save(path)
    return path


def test_a_form_sent_and_taken_back_changes_the_registry(
    registered: Sentinel, sent: Path, home: Path
) -> None:
    assert "已交 0" in registered("forms", "status").stdout
    path = form_of(sent, 账号ID="demo_9")
    before = kept(home)
    looked = registered("forms", "receive", str(path), "--dry-run")
    assert (looked.exit_code, kept(home)) == (0, before)
    assert f"{CITY}\t无误\t新增 0 变更 1" in looked.stdout
    assert "未保存任何内容" in looked.stderr
    done = registered("forms", "receive", str(path))
    assert done.exit_code == 0
    status = registered("forms", "status").stdout
    assert "已交 1" in status
    assert f"{CITY}\t已交\t0处\t{path.name}" in status
    assert "demo_9" in registered("accounts", "list").stdout


def test_a_faulty_form_is_noted_and_nothing_of_it_is_merged(
    registered: Sentinel, sent: Path, home: Path
) -> None:
    path = form_of(sent, 账号ID="demo_9", 平台="某平台")
    before = kept(home, "form")
    done = registered("forms", "receive", str(path))
    assert done.exit_code == 1
    assert "有误" in done.stdout
    assert "某平台" in done.stdout
    assert kept(home, "form") == before
    assert "有误 1" in registered("forms", "status", "--round", "1").stdout


def test_a_file_that_is_no_form_of_ours_saves_nothing(
    registered: Sentinel, sent: Path, home: Path
) -> None:
    del sent
    other = home / "别的.xlsx"
    openpyxl.Workbook().save(other)
    before = kept(home)
    done = registered("forms", "receive", str(other))
    assert done.exit_code == 1
    assert "未识别" in done.stdout
    refused(registered("forms", "receive", str(home / "没有.xlsx")), 2, "找不到文件")
    assert kept(home) == before


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--due": "下周四"}, "读不懂"),
        ({"--due": "2020-01-01"}, "截止时间应在现在之后"),
        ({"--title": "  "}, "名称应为"),
        ({"--title": "长" * 41}, "名称应为"),
        ({"--level": "派出所"}, "不能按这个层级分发"),
        ({"--out": "表格.rar"}, ".zip"),
        ({"--out": "没有这个文件夹/a.zip"}, ".zip"),
        ({"--out": "台账.csv"}, ".zip"),
        ({"--out": f"{'长' * 100}.zip"}, ".zip"),
    ],
)
def test_a_distribution_that_cannot_be_is_refused_whole(
    registered: Sentinel, home: Path, changed: dict[str, str], said: str
) -> None:
    asked = {"--title": "11月核对", "--due": DUE, "--out": "分发.zip"} | changed
    asked["--out"] = str(home / asked["--out"])
    before, files = kept(home), sorted(home.iterdir())
    refused(
        registered("forms", "send", *(part for pair in asked.items() for part in pair)), 2, said
    )
    assert kept(home) == before
    assert {each.suffix for each in set(home.iterdir()) - set(files)} <= {".db-wal", ".db-shm"}


def test_a_package_is_not_written_over_another_file(
    registered: Sentinel, sent: Path, home: Path
) -> None:
    before, content = kept(home), sent.read_bytes()
    again = registered("forms", "send", "--title", "二", "--due", DUE, "--out", str(sent))
    refused(again, 2, "还不存在")
    assert (kept(home), sent.read_bytes()) == (before, content)


def test_the_status_of_a_distribution_that_never_was_is_refused(registered: Sentinel) -> None:
    refused(registered("forms", "status"), 2, "没有这次分发")
    refused(registered("forms", "status", "--round", "7"), 2, "没有这次分发")
