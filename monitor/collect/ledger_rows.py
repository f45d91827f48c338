"""Ledger rows: each row of a ledger is an account and who owns it, or a problem with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.collect import ledger_columns as columns
from monitor.collect.files import header, values
from monitor.collect.files.grid import Row, Sheet, is_blank
from monitor.collect.files.values import Cell, Unreadable
from monitor.domain.account import PLATFORMS, Kind, State, platform_of
from monitor.domain.loading import RowProblem

WITHIN = 6
"""Title rows above a header: no ledger has more."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One good row. None means that the file does not say; what it does not say stays as it is.

    `unit_code` and `unit_name` are as written: which unit that is, the registry of units tells.
    """

    sheet: str
    row: int
    platform: str
    name: str
    unit_name: str
    unit_code: str = ""
    city: str = ""
    county: str = ""
    uid: str | None = None
    kind: Kind | None = None
    state: State | None = None
    line: str | None = None
    main: bool | None = None
    key: bool | None = None
    opened: tuple[int, int] | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """Which column of a sheet holds what, where its header stands, and its other columns."""

    header_row: int
    known: Mapping[str, int]
    others: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Read:
    """What one sheet says: good rows, problems, rows that name no account, refused rows' names."""

    rows: list[LedgerRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    nothing: list[int] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)


def find_places(sheet: Sheet, where: str) -> Places | None:
    """The header of a ledger: the first row that has all required columns; None where none has."""
    for number, row in enumerate(sheet.rows[:WITHIN]):
        titles = [values.text_of(cell) for cell in row]
        written = {header.canonical(title) for title in titles}
        wanted = [set(map(header.canonical, columns.NAMES[each])) for each in columns.REQUIRED]
        if all(written & each for each in wanted):
            known = header.exact(titles, columns.NAMES, where)
            return Places(number, known, _others(titles, set(known.values())))
    return None


def _others(titles: Sequence[str], taken: set[int]) -> dict[str, int]:
    """Columns that only details know, by the header itself."""
    passed_over = {columns.NUMBER, *columns.TAIL}
    return {
        title: place
        for place, title in enumerate(titles)
        if title and place not in taken and title not in passed_over
    }


def read(sheet: Sheet, places: Places) -> Read:
    """Every row below the header that is not blank."""
    found = Read()
    start = places.header_row + 1
    for number, row in enumerate(sheet.rows[start:], start=start + 1):
        if not is_blank(row):
            _take(found, _Line(sheet.name, number, row, places))
    return found


def _take(found: Read, line: "_Line") -> None:
    if line.text(columns.NAME) in columns.NOTHING:
        found.nothing.append(line.number)
        return
    row = line.ledger_row()
    if line.problems or row is None:
        found.problems.extend(line.problems)
        found.refused.add((line.text(columns.PLATFORM), line.text(columns.NAME)))
    else:
        found.rows.append(row)


class _Line:
    """One row while it is read; all that is wrong with it is gathered before it is refused."""

    def __init__(self, sheet: str, number: int, row: Row, places: Places) -> None:
        self.sheet = sheet
        self.number = number
        self.problems: list[RowProblem] = []
        self._row = row
        self._places = places

    def ledger_row(self) -> LedgerRow | None:
        """The row, or None where it is refused; `problems` then say why."""
        given = {key: self._value(key) for key in columns.CELLS}
        platform = platform_of(self.text(columns.PLATFORM))
        if platform is None:
            self._refuse(columns.PLATFORM, f"平台名称:{'、'.join(PLATFORMS.values())}")
        name, unit_name = self.text(columns.NAME), self.text(columns.UNIT)
        for key, text in ((columns.NAME, name), (columns.UNIT, unit_name)):
            if values.is_missing(text):
                self._refuse(key, "必填,不能为空")
        details = self._details()
        if self.problems or platform is None:
            return None
        return LedgerRow(
            sheet=self.sheet,
            row=self.number,
            platform=platform,
            name=name,
            unit_name=unit_name,
            unit_code=given[columns.CODE] or "",
            city=self.text(columns.CITY),
            county=self.text(columns.COUNTY),
            uid=given[columns.UID],
            kind=given[columns.KIND],
            state=given[columns.STATE],
            line=self.text(columns.LINE) or None,
            main=given[columns.MAIN],
            key=given[columns.KEY],
            opened=given[columns.OPENED],
            details=details,
        )

    def text(self, key: str) -> str:
        """The cell of a column as text, '' where the file lacks the column."""
        return values.text_of(self._cell(self._places.known.get(key)))

    def _cell(self, place: int | None) -> Cell:
        return self._row[place] if place is not None and place < len(self._row) else None

    def _value(self, key: str) -> Any:
        cell = self._cell(self._places.known.get(key))
        try:
            return columns.CELLS[key](cell)
        except Unreadable as error:
            self._refuse(key, error.expected)
            return None

    def _details(self) -> dict[str, str]:
        """What the row says in columns without a meaning here; blanks say nothing."""
        kept = {key: place for key, place in self._places.known.items() if key in columns.DETAILS}
        said: dict[str, str] = {}
        for header_text, place in (kept | dict(self._places.others)).items():
            cell = self._cell(place)
            if values.is_missing(cell):
                continue
            try:
                said[header_text] = columns.detail(header_text, cell)
            except Unreadable as error:
                self._refuse(header_text, error.expected, cell)
        return {each: text for each, text in said.items() if text}

    def _refuse(self, column: str, expected: str, cell: Cell = None) -> None:
        value = self.text(column) if cell is None else values.text_of(cell)
        self.problems.append(RowProblem(self.sheet, self.number, column, value, expected))
