"""Workbooks: xlsx, ods and old xls by python-calamine, after their extent was checked."""

from io import BytesIO
from typing import Final

import python_calamine as calamine

from monitor.collect.files.grid import Limits, Sheet, trimmed
from monitor.collect.files.values import Cell
from monitor.domain.errors import InputError

DAMAGED: Final = "请重新下载或重新导出;仍不行请用表格软件打开后另存为 .xlsx"


def read(content: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Every sheet of cells, in the order of the workbook; charts have none."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        found: list[Sheet] = []
        cells = 0
        for each in book.sheets_metadata:
            if each.typ == calamine.SheetTypeEnum.WorkSheet:
                found.append(_sheet(book, each.name, name, limits, cells))
                cells += sum(map(len, found[-1].rows))
    except calamine.PasswordError:
        raise InputError("文件设有打开密码", name, "请取消打开密码,另存后再导入") from None
    except calamine.CalamineError as error:
        raise InputError(f"表格文件已损坏或格式不支持({error})", name, DAMAGED) from None
    except BaseException as panic:
        # The reader is written in Rust: what it did not foresee it raises outside Exception.
        if type(panic).__name__ != "PanicException":
            raise
        raise InputError("表格文件已损坏", name, DAMAGED) from None
    return found


def _sheet(
    book: calamine.CalamineWorkbook, title: str, name: str, limits: Limits, others: int
) -> Sheet:
    sheet = book.get_sheet_by_name(title)
    if sheet.end is None:
        return Sheet(title, [])
    last_row, last_column = sheet.end
    where = f"{name} 工作表“{title}”"
    limits.check(last_row + 1, last_column + 1, where, others)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(title, trimmed(rows))
