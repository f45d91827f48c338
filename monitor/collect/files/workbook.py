"""Workbooks: xlsx, ods and old xls, read in a process of their own."""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from monitor.collect.files import package, reader
from monitor.collect.files.grid import Columns, Limits, Sheet, trimmed
from monitor.domain.errors import InputError

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: Final = tuple(each.encode("utf-16-le") for each in ("Workbook", "Book"))
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
UNPROTECT: Final = "请在表格软件中取消打开密码,另存后再导入"


def read(content: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Every sheet of cells, in the order of the workbook; charts have none.

    InputError where it is protected, damaged, no workbook, or larger than allowed.
    """
    if content.startswith(ZIP):
        package.check(content, name, limits)
    elif _PROTECTED in content:
        # An xlsx with a password comes in the shell of an old workbook.
        raise InputError("文件设有打开密码", name, UNPROTECT)
    elif not any(each in content for each in _STREAMS):
        raise InputError("不是完整的表格文件", name, "请重新下载,或另存为 .xlsx 或 CSV 后再导入")
    kind, said = _ask(content, limits)
    if kind == "sheets":
        return [
            Sheet(title, trimmed(Columns(rows, strips)), merged and tuple(merged))
            for title, rows, strips, merged in said
        ]
    raise _refusal(kind, said, name, limits)


def _ask(content: bytes, limits: Limits) -> tuple[str, Any]:
    """What the reader answers; 'none' where it was taken down by what it read."""
    sizes = (limits.rows, limits.columns, limits.cells)
    command = [sys.executable, str(Path(reader.__file__)), *map(str, sizes)]
    try:
        done = subprocess.run(  # nosec B603 # our own module, no shell
            command, input=content, capture_output=True, check=False, timeout=reader.SECONDS
        )
    except subprocess.TimeoutExpired:
        return "none", None
    if done.returncode != 0:
        return "none", None
    # The bytes come from our own process, not from the file.
    answer: tuple[str, Any] = pickle.loads(done.stdout)  # nosec B301 # written by our own child
    return answer


def _refusal(kind: str, said: Any, name: str, limits: Limits) -> InputError:
    if kind == "password":
        return InputError("文件设有打开密码", name, UNPROTECT)
    if kind == "large":
        title, rows, columns = said
        most = f"上限为{limits.rows}行、{limits.columns}列"
        return InputError(
            f"表格过大:{rows}行、{columns}列,{most}",
            f"{name} 工作表“{title}”",
            "请删除多余的空行空列,或分段导出后分次导入",
        )
    return InputError("表格文件已损坏、不完整或过大", name, package.DAMAGED)
