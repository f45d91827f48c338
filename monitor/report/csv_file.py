"""CSV 文件: a table as bytes that a spreadsheet opens with its Chinese intact and runs nothing."""

import csv
from io import StringIO
from typing import Final

from monitor.report.table import Cell, Table

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""A text that begins so may be taken for a formula; the last four are full-width."""

READING_NOTES: Final = (
    "空白表示没有数据,0 表示数为零。时间均为北京时间。",
    "代码、账号ID等长数字按文本保存。用电子表格软件直接打开可能显示成科学计数,"
    "请以“自文本/CSV”方式导入,并把这些列设为文本。",
    "以半角单引号开头的内容,是为防止被当作公式运行而加的,引号不属于原文。",
)


def render(table: Table) -> bytes:
    """The table as utf-8 with a byte-order mark, CRLF, one header row; the same for the same."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(each) for each in table.columns])
    writer.writerows([safe(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def safe(cell: Cell) -> Cell:
    """A text no spreadsheet takes for a formula; real numbers as they are, no data as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        plain = cell.replace("\x00", "")
        return f"'{plain}" if plain.startswith(DANGEROUS) else plain
    return cell


def explanation(table: Table) -> str:
    """The text of 同名.说明.txt: what the table holds and how to read it."""
    lines = [table.name, "", *table.notes, *READING_NOTES, "", "各列:", "、".join(table.columns)]
    return "\r\n".join(lines) + "\r\n"


def explanation_name(name: str) -> str:
    """`问题清单.说明.txt` beside `问题清单.csv`."""
    return f"{name.rsplit('.', 1)[0]}.说明.txt"
