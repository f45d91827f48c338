"""Sheet, Columns and Limits: rows of cells, and how much of them one file may hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final, overload

from monitor.collect.files.reader import strip
from monitor.collect.files.values import Cell
from monitor.domain.errors import InputError

Row = Sequence[Cell]
Strip = tuple[Sequence[Cell], Sequence[int]]
"""One column: its different cells, and the place among them of the cell of each row."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file: bytes as handed in, bytes unpacked, rows, columns."""

    bytes: int = 50_000_000
    unpacked: int = 300_000_000
    rows: int = 300_000
    columns: int = 300
    cells: int = 8_000_000

    def check(self, rows: int, columns: int, where: str, others: int = 0) -> None:
        """InputError where a sheet is larger than that; `others` are cells of sheets before it."""
        if rows > self.rows:
            raise InputError(
                f"表格超过{self.rows}行", where, "请删除下方多余的空行,或分段导出后分次导入"
            )
        if columns > self.columns:
            raise InputError(
                f"表格超过{self.columns}列", where, "请删除右侧多余的列(包括空列)后重新保存"
            )
        if rows * columns + others > self.cells:
            raise InputError("表格过大", where, "请删除多余的空行空列,或分段导出后分次导入")


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows[0]` is the first row of the file, blank or not; '' or None is blank.

    `merged` are its merged cells as (first row, first column, last row, last column), None where
    the kind of file cannot say; `links` the web addresses behind cells. All count from 0.
    """

    name: str
    rows: Sequence[Row]
    merged: tuple[tuple[int, int, int, int], ...] | None = None
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Columns(Sequence[Row]):
    """Rows that are kept by column; one is put together when it is asked for."""

    __slots__ = ("_length", "strips")

    def __init__(self, length: int, strips: Sequence[Strip]) -> None:
        self._length = length
        self.strips = strips

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Columns":
        """The same rows, short ones filled up with None."""
        if isinstance(rows, Columns):
            return rows
        return cls(len(rows), [strip(each) for each in zip_longest(*rows)])

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Row]:
        if not self.strips:
            return iter([()] * self._length)
        cells = (map(different.__getitem__, which) for different, which in self.strips)
        return (row for row, _ in zip(zip(*cells, strict=True), range(self._length), strict=False))

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        numbers = range(self._length)[at]
        if isinstance(numbers, range):
            return [self._row(number) for number in numbers]
        return self._row(numbers)

    def _row(self, number: int) -> Row:
        return tuple([different[which[number]] for different, which in self.strips])


def trimmed(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows without the blank ones at the end."""
    last = len(rows)
    while last and is_blank(rows[last - 1]):
        last -= 1
    return Columns(last, rows.strips) if isinstance(rows, Columns) else rows[:last]


def is_blank(row: Row) -> bool:
    """True where no cell of the row says anything."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)
