"""Cells: the reader of one column, which takes each different cell apart once."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from monitor.collect.files import moments, values
from monitor.collect.files.grid import Strip
from monitor.collect.files.layout import Column, Kind
from monitor.collect.files.values import Cell, Count, Unreadable

NO_ID: Final = frozenset({"无", "待补", "未知", "不详", "暂无"})
_NUMBERS: Final[dict[Kind, Callable[[Cell, frozenset[str]], Any]]] = {
    Kind.SHARE: values.share,
    Kind.POINTS: values.points,
    Kind.SECONDS: values.seconds,
    Kind.CHANGE: values.change,
}


class Reader:
    """Reads one column of one sheet: a hundred thousand rows cost what differs among them.

    `troubled` once a cell could not be read, `capped` once a count was shown as a ceiling.
    """

    __slots__ = (
        "_different",
        "_known",
        "_missing",
        "_which",
        "capped",
        "column",
        "place",
        "troubled",
    )

    def __init__(self, column: Column, place: int, strip: Strip, missing: frozenset[str]) -> None:
        self.column = column
        self.place = place
        self.troubled = False
        self.capped = False
        self._different, self._which = strip
        self._missing = missing
        self._known: dict[int, Any] = {}

    def values(self, start: int, stop: int) -> Sequence[Any]:
        """What the cells of those rows say: None where nothing, Unreadable where it cannot be that.

        A count is a whole number, or a Count where it is capped.
        """
        which = self._which[start:stop]
        if isinstance(which, range):
            return [self._value(cell) for cell in self._different[which.start : which.stop]]
        for number in set(which).difference(self._known):
            self._known[number] = self._value(self._different[number])
        return [self._known[number] for number in which]

    def cell(self, number: int) -> Cell:
        """The cell of that row."""
        return self._different[self._which[number]]

    def _value(self, cell: Cell) -> Any:
        if cell is None or cell == "":
            return None
        try:
            return self._read(cell)
        except Unreadable as error:
            self.troubled = True
            return error

    def _read(self, cell: Cell) -> Any:
        kind = self.column.kind
        if kind is Kind.TEXT:
            return values.text_of(cell) or None
        if kind is Kind.ID:
            said = values.identity(cell)
            return None if said in NO_ID or values.is_missing(said) else said
        if kind is Kind.TIME:
            return moments.moment(cell)
        if kind is Kind.COUNT:
            return self._count(values.count(cell, self._missing))
        return _NUMBERS[kind](cell, self._missing)

    def _count(self, found: Count | None) -> int | Count | None:
        if found is None or not found.capped:
            return None if found is None else found.value
        self.capped = True
        return found
