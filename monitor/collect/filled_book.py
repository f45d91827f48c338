"""A workbook of ours that comes back filled in: its heads found, its rows as they were typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect.files import header
from monitor.collect.files.grid import Row, Sheet, is_blank
from monitor.collect.files.values import Cell, text_of
from monitor.domain.errors import InputError

WITHIN: Final = 10
"""Rows from the top in which the heads must stand."""


@dataclass(frozen=True, slots=True)
class Body:
    """A sheet below its heads, and where each column stands in it."""

    sheet: Sheet
    head: int
    places: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row that is not blank, numbered as a spreadsheet counts."""
        for number, row in enumerate(self.sheet.rows[self.head + 1 :], self.head + 2):
            if not is_blank(row):
                yield number, row

    def cell(self, row: Row, column: str) -> Cell:
        """A cell of a row; None where the row ends before it."""
        place = self.places[column]
        return row[place] if place < len(row) else None

    def words(self, row: Row) -> dict[str, str]:
        """The cells of a row as texts, by column."""
        return {column: text_of(self.cell(row, column)).strip() for column in self.places}


def body(
    sheets: Sequence[Sheet], columns: Sequence[str], name: str, called: str, got: str = "下发"
) -> Body:
    """What stands below these columns; InputError where no sheet has them. `called` is what the
    form is called, `got` how people came by it."""
    for sheet in sheets:
        found = header.find(sheet.rows, columns, WITHIN)
        if found is not None:
            places = header.exact(found.titles, {each: (each,) for each in columns}, name)
            return Body(sheet, found.row, places)
    raise InputError(f"{called}的表头被改动过", name, f"请用原来{got}的表填写,不要增删列")


def first_cells(sheet: Sheet, count: int) -> list[str]:
    """The first cells of a hidden sheet, one below the other."""
    return [text_of(row[0]) if row else "" for row in sheet.rows[:count]]
