"""Sheets: the bytes of a table file, whatever its extension says, as rows of cells."""

from collections.abc import Sequence
from typing import Final

from monitor.collect.files import delimited, markup, workbook
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.domain.errors import InputError

PICTURES_AND_PAPERS: Final = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"SQLite format 3": "数据库文件",
    b"{\\rtf": "RTF 文档",
}
"""Things people drop here by mistake, by their first bytes."""
SAVE_AS: Final = "请用表格软件打开,另存为 .xlsx 或 CSV 后再导入"


def read(content: bytes, name: str, limits: Limits = LIMITS) -> list[Sheet]:
    """All sheets of a file, in order, trailing blank rows left off; rows count from 1 as in Excel.

    InputError where it is empty, too large, protected, damaged or no table at all.
    """
    if not content.strip(b"\x00\r\n\t "):
        raise InputError("文件是空的", name, "请重新导出或另存后再导入")
    if len(content) > limits.bytes:
        size = limits.bytes / 1_000_000
        raise InputError(f"文件超过{size:g} MB", name, "请分段导出,或请管理员调整文件大小上限")
    for first, what in PICTURES_AND_PAPERS.items():
        if content.startswith(first):
            raise InputError(f"这是{what},不是表格", name, SAVE_AS)
    found = [each for each in _open(content, name, limits) if each.rows]
    if not found:
        raise InputError("文件里没有任何数据", name, "请核对是否导错了文件")
    return found


def _open(content: bytes, name: str, limits: Limits) -> Sequence[Sheet]:
    if content.startswith((*workbook.ZIP, workbook.OLE)):
        return workbook.read(content, name, limits)
    text = delimited.decode(content, name)
    if markup.looks_like(text):
        return markup.read(text, name, limits)
    return delimited.read(text, name, limits)
