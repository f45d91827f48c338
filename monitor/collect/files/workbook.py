"""Workbooks: xlsx, ods and old xls by python-calamine, checked before they are unpacked."""

import zipfile
from io import BytesIO
from typing import Final

import python_calamine as calamine

from monitor.collect.files.grid import Limits, Sheet, trimmed
from monitor.collect.files.values import Cell
from monitor.domain.errors import InputError

DAMAGED: Final = "请重新下载或重新导出;仍不行请用表格软件打开后另存为 .xlsx"


def read_zip(content: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Sheets of an xlsx or ods."""
    return _sheets(content, name, limits)


def read_old(content: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Sheets of an xls."""
    return _sheets(content, name, limits)


def _sheets(content: bytes, name: str, limits: Limits) -> list[Sheet]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        return [_sheet(book, each, name, limits) for each in book.sheet_names]
    except calamine.PasswordError:
        raise InputError("文件设有打开密码", name, "请取消密码另存后再导入") from None
    except (calamine.CalamineError, zipfile.BadZipFile) as error:
        raise InputError(f"表格文件已损坏或格式不支持({error})", name, DAMAGED) from None


def _sheet(book: calamine.CalamineWorkbook, title: str, name: str, limits: Limits) -> Sheet:
    sheet = book.get_sheet_by_name(title)
    limits.check(sheet.total_height, sheet.total_width, f"{name} 工作表“{title}”")
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(title, trimmed(rows))
