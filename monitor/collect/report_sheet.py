"""A returned workbook of 填报: known by its hidden sheet, read line by line as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect import filled_book
from monitor.collect.files import moments, workbook
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.collect.files.values import Cell, Unreadable, text_of
from monitor.collect.filled_book import Body
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem
from monitor.domain.report_line import COLUMNS, NEWEST

TEMPLATE: Final = "sentinel-report-1"
HIDDEN: Final = "模板"
ACCOUNT: Final = "账号编号"
NAMES: Final = (ACCOUNT, "账号名称")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """One row as it was typed; `row` as a spreadsheet counts."""

    row: int
    account_id: int
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A returned workbook: whose, for which week, its rows and what could not be read."""

    name: str
    week: str
    unit: str
    lines: tuple[SheetWords, ...]
    problems: tuple[RowProblem, ...] = ()


def read(content: bytes, name: str, limits: Limits = LIMITS) -> ReportSheet:
    """The lines of a returned workbook; InputError where it is not one we sent out."""
    sheets = workbook.read(content, name, limits)
    week, unit = _made_by_us(sheets, name)
    body = filled_book.body(sheets, [*NAMES, *COLUMNS], name, "填报表")
    return _lines(body, (name, week, unit))


def _made_by_us(sheets: Sequence[Sheet], name: str) -> tuple[str, str]:
    for sheet in sheets:
        said = filled_book.first_cells(sheet, 3)
        if sheet.name == HIDDEN and said[:1] == [TEMPLATE] and len(said) == 3:  # noqa: PLR2004
            return said[1], said[2]
    raise InputError("不是系统下发的填报表", name, "请用“填报”页或命令重新下载本单位的表")


def _lines(body: Body, whose: tuple[str, str, str]) -> ReportSheet:
    lines: list[SheetWords] = []
    problems: list[RowProblem] = []
    seen: set[int] = set()
    for number, row in body.rows():
        account = text_of(body.cell(row, ACCOUNT))
        if not account.isdecimal() or int(account) in seen:
            problems.append(
                RowProblem(body.sheet.name, number, ACCOUNT, account, "原表中的编号,不重复")
            )
            continue
        seen.add(int(account))
        words = {
            column: text for column in COLUMNS if (text := _typed(column, body.cell(row, column)))
        }
        lines.append(SheetWords(number, int(account), words))
    return ReportSheet(*whose, tuple(lines), tuple(problems))


def _typed(column: str, cell: Cell) -> str:
    """A cell as a person would have typed it; a time that cannot be read stays as it is."""
    if column != NEWEST:
        return text_of(cell)
    try:
        found = moments.moment(cell)
    except Unreadable:
        return text_of(cell)
    return moments.say(found) if found else ""
