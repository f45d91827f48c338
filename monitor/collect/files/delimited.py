"""Delimited text: CSV and TSV in UTF-8, UTF-16 or GBK, the delimiter told by looking."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from monitor.collect.files.grid import Limits, Sheet, trimmed
from monitor.collect.files.values import Cell
from monitor.domain.errors import InputError

DELIMITERS: Final = (",", "\t", ";")
LOOKED_AT: Final = 20
"""Records from whose look the delimiter is told."""
LONGEST_CELL: Final = 1_000_000
FORMULA: Final = frozenset("=+-@＝＋－＠\t\r")  # noqa: RUF001  # full-width ones start formulas too
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(content: bytes, name: str) -> str:
    """The text: by its mark, else UTF-8, else GB18030 (which holds all of GBK)."""
    marked = [encoding for mark, encoding in _BOMS if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(
        "不是表格文件,或文字编码无法识别", name, "支持 xlsx、xls、ods、CSV;请另存后再导入"
    )


def read(text: str, name: str, limits: Limits) -> list[Sheet]:
    """The one table of a delimited text."""
    delimiter = _delimiter(text)
    rows: list[list[Cell]] = []
    widest = 0
    for record in _records(text, delimiter, name):
        widest = max(widest, len(record))
        rows.append([_cell(each) for each in record])
        limits.check(len(rows), widest, name)
    if widest < 2:  # noqa: PLR2004  # one column is a text, not a table
        raise InputError("不是表格文件:找不到分列", name, "支持 xlsx、xls、ods、CSV;请另存后再导入")
    return [Sheet("", trimmed(rows))]


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    """Records; sloppy quotes are read as tables read them, an open one at the end is refused."""
    before = csv.field_size_limit(LONGEST_CELL)
    # A record may hold line ends inside quotes: only StringIO with newline="" keeps them.
    strict = text.count('"') % 2 == 1
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    except csv.Error:
        raise InputError(
            "CSV 写法有误:引号没有成对(文件可能不完整),或一格内容过长",
            name,
            "请重新导出,或用表格软件打开后另存为 CSV",
        ) from None
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """The delimiter that cuts most records into the same number of columns, then most columns."""

    def regularity(delimiter: str) -> tuple[int, int]:
        """How many records have the usual number of columns, and that number."""
        reader = csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter)
        widths: list[int] = []
        try:
            widths = [len(row) for row in islice(reader, LOOKED_AT) if row]
        except csv.Error:
            return (0, 0)
        wide = [width for width in widths if width > 1]
        usual = max(wide, key=wide.count, default=1)
        return (wide.count(usual), usual)

    return max(DELIMITERS, key=regularity)


def _cell(text: str) -> str:
    """A cell without the apostrophe or the ="..." that keep it from being read as a formula."""
    if text[:1] == "'" and text[1:2] in FORMULA and len(text) > 1:
        return text[1:]
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    return text
