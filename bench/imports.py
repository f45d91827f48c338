"""An export of 100,000 rows by 21 columns against python-calamine reading the same file."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import python_calamine as calamine
import xlsxwriter

from bench.figures import Figure, interleave, ratio
from monitor.collect.files import load

ROWS = 100_000
COLUMNS = (
    *("平台", "账号名称", "账号ID", "作品ID", "作品链接", "标题", "体裁", "发布时间", "统计日期"),
    *("阅读播放", "点赞", "在看推荐", "评论", "转发分享", "收藏", "投币", "弹幕", "回复数"),
    *("私信数", "粉丝数", "备注"),
)
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"
BOUND = 4.0
BOUND_MB = 400.0
MEASURE = """
import resource, sys
from pathlib import Path
from bench import imports
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
imports.read(Path(sys.argv[1]))
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(max(own, before + reader))
"""


def write(path: Path, rows: int = ROWS) -> None:
    """The universal template, filled: 1,000 accounts, every cell that an office would fill."""
    options = {"constant_memory": True, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for number in range(rows):
            sheet.write_row(number + 1, 0, _row(number))


def _row(number: int) -> list[str | int | None]:
    account = number % 1000
    at = datetime(2026, 11, 20, 9, tzinfo=UTC) - timedelta(seconds=number * 97)
    return [
        *("微信公众号", f"平安示例{account}", f"gh_{account:06d}", f"{number}_1"),
        f"https://mp.weixin.qq.com/s/{number:022d}",
        *(f"第{number}条 平安提示:出行请注意安全", "图文", at.strftime("%Y-%m-%d %H:%M:%S")),
        *("2026-11-21", number % 9000, number % 300, number % 50, number % 40, number % 30),
        *(number % 20, None, None, number % 5, number % 9, 100_000 + account, ""),
    ]


def read(path: Path) -> None:
    """The import up to what would be saved: checked, recognised, every cell read."""
    found = load.read(path.read_bytes(), path.name, None, LAYOUTS, NOW)
    assert found.rows == ROWS, found.rows
    assert not found.problems, found.problems[:1]


def plainly(path: Path) -> None:
    """The same file as python-calamine reads it by itself."""
    book = calamine.CalamineWorkbook.from_path(str(path))
    assert len(book.get_sheet_by_index(0).to_python()) == ROWS + 1


def run(folder: Path) -> list[Figure]:
    """Time as a multiple of calamine's, and the memory of a fresh process with its reader."""
    path = folder / "export.xlsx"
    write(path)
    # Before anything large: a process begins with the peak of the one that started it.
    memory = _memory(path)
    ours, theirs = interleave(lambda: read(path), lambda: plainly(path))
    times, spread = ratio(ours, theirs)
    note = f"{ours}; python-calamine {theirs}"
    return [
        Figure(
            "import, 100,000 rows x 21 columns",
            times,
            BOUND,
            "lower",
            "x",
            theirs.median,
            spread,
            note,
        ),
        Figure("import, memory of process and reader", memory, BOUND_MB, "lower", "MB"),
    ]


def _memory(path: Path) -> float:
    """The most both held at once: the reader is gone before the process takes rows apart."""
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout.split()[-1]) * 1024 / 1e6
