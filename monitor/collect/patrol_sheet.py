"""巡查表 that comes back: every filled line read, and for the others where and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from monitor.collect import seen_times
from monitor.collect.files import header, moments, sheets
from monitor.collect.files.grid import LIMITS, Limits, Row, Sheet
from monitor.collect.files.values import Cell, Unreadable, is_missing, text_of
from monitor.domain.account import platform_of
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem
from monitor.domain.patrol import NONE_BELOW, NOTHING_SEEN, Comments, Moment, Seen
from monitor.domain.patrol_sheet import (
    CHOICES,
    COLUMNS,
    COMMENTS,
    EMPTY_PAGE,
    FILLED,
    KEY,
    LOOKED,
    LOOKER,
    NAME,
    NAME_NOW,
    NEWEST,
    NO_SECOND,
    PLATFORM,
    POST,
    REMARK,
    SECOND,
    SEEN,
    UID,
    FilledLine,
)

WORDS: Final = (PLATFORM, NAME, LOOKED, NEWEST)
WITHIN: Final = 10
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class PatrolFile:
    """A form as read: the lines somebody filled in, those refused, and how many stand blank."""

    name: str
    lines: tuple[FilledLine, ...]
    problems: tuple[RowProblem, ...]
    blank: int = 0


class _Refused(Exception):  # noqa: N818  # it reads as a sentence where it is raised
    """A cell of a line that cannot be taken."""

    def __init__(self, column: str, value: str, expected: str) -> None:
        super().__init__(expected)
        self.column = column
        self.value = value
        self.expected = expected


def read(content: bytes, name: str, now: int, limits: Limits = LIMITS) -> PatrolFile:
    """The lines of every sheet with the form's heads; InputError where no sheet has them.

    Nothing was looked at after `now` (seconds).
    """
    lines: list[FilledLine] = []
    problems: list[RowProblem] = []
    blank = found = 0
    for sheet in sheets.read(content, name, limits):
        head = header.find(sheet.rows, WORDS, WITHIN)
        if head is None:
            continue
        found += 1
        columns = header.exact(head.titles, {each: (each,) for each in COLUMNS}, name)
        for number, row in enumerate(sheet.rows[head.row + 1 :], head.row + 2):
            cells = _Cells(sheet, number, row, columns)
            if cells.untouched:
                blank += 1
                continue
            try:
                lines.append(_line(cells, now))
            except _Refused as wrong:
                problems.append(
                    RowProblem(sheet.name, number, wrong.column, wrong.value, wrong.expected)
                )
    if not found:
        raise InputError(
            f"没有找到巡查表的表头({'、'.join(WORDS)})",
            name,
            "请使用 sentinel patrol sheet 生成的表",
        )
    return PatrolFile(name, tuple(lines), tuple(problems), blank)


class _Cells:
    """One row by the names of its columns."""

    def __init__(self, sheet: Sheet, number: int, row: Row, columns: Mapping[str, int]) -> None:
        self.sheet = sheet.name
        self.number = number
        self._row = row
        self._columns = columns

    def cell(self, column: str) -> Cell:
        """The cell under a head; None where the form has no such column."""
        place = self._columns.get(column)
        return None if place is None or place >= len(self._row) else self._row[place]

    def text(self, column: str) -> str:
        """The cell as a person reads it, '' where it is missing."""
        cell = self.cell(column)
        return "" if is_missing(cell) else text_of(cell)[:LONGEST]

    @property
    def untouched(self) -> bool:
        """True where nobody wrote anything that has to do with a look."""
        marks = [each for each in FILLED if each != LOOKER]
        return all(not self.text(each) for each in marks)

    def refuse(self, column: str, expected: str) -> _Refused:
        """The refusal of this cell."""
        return _Refused(column, self.text(column), expected)


def _line(cells: _Cells, now: int) -> FilledLine:
    looked = _looked(cells, now)
    seen = Seen(_choice(cells, SEEN, Seen.OK.value))
    newest, empty = _newest(cells, looked, seen)
    platform = platform_of(cells.text(PLATFORM))
    if platform is None:
        raise cells.refuse(PLATFORM, "平台名称,如抖音")
    number = cells.text(KEY)
    return FilledLine(
        sheet=cells.sheet,
        row=cells.number,
        account_id=int(number) if number.isascii() and number.isdecimal() else None,
        platform=platform,
        name=cells.text(NAME),
        uid=cells.text(UID),
        looked=looked,
        seen=seen,
        newest=newest,
        empty=empty,
        post=cells.text(POST),
        second=_second(cells, looked),
        comments=Comments(_choice(cells, COMMENTS, Comments.UNSEEN.value)),
        name_now=cells.text(NAME_NOW),
        looker=cells.text(LOOKER),
        remark=cells.text(REMARK),
    )


def _looked(cells: _Cells, now: int) -> Moment:
    expected = "查看时间,如2026-11-22 09:30,不晚于现在"
    try:
        found = moments.moment(cells.cell(LOOKED))
    except Unreadable as error:
        raise cells.refuse(LOOKED, expected) from error
    if found is None or found[0] > now:
        raise cells.refuse(LOOKED, expected)
    return found[0], max(found[0], min(found[1], now))


def _newest(cells: _Cells, looked: Moment, seen: Seen) -> tuple[Moment | None, bool]:
    """When the newest post was published, and whether there was none."""
    if seen in NOTHING_SEEN:
        return None, False
    if cells.text(NEWEST) in EMPTY_PAGE:
        return None, True
    found = _published(cells, NEWEST, looked)
    if found is None:
        raise cells.refuse(NEWEST, f"{seen_times.EXPECTED};主页无任何作品的填“无”")
    return found, False


def _second(cells: _Cells, looked: Moment) -> Moment | None:
    if cells.text(SECOND) in NO_SECOND:
        return NONE_BELOW
    return _published(cells, SECOND, looked)


def _published(cells: _Cells, column: str, looked: Moment) -> Moment | None:
    try:
        return seen_times.published(cells.cell(column), looked)
    except Unreadable as error:
        raise cells.refuse(column, error.expected) from error


def _choice(cells: _Cells, column: str, default: str) -> str:
    text = cells.text(column) or default
    if text not in CHOICES[column]:
        raise cells.refuse(column, "、".join(CHOICES[column]) + "之一")
    return text
