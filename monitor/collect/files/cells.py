"""Cells: the reader of one column, which remembers what it read: columns repeat themselves."""

from collections.abc import Callable
from typing import Any, Final

from monitor.collect.files import moments, values
from monitor.collect.files.layout import Column, Kind
from monitor.collect.files.values import Cell

KEPT: Final = 20_000
"""Different cells of a column that are remembered: dates and counts repeat, titles do not."""
NO_ID: Final = frozenset({"无", "待补", "未知", "不详", "暂无"})
_NUMBERS: Final[dict[Kind, Callable[[Cell, frozenset[str]], Any]]] = {
    Kind.COUNT: values.count,
    Kind.SHARE: values.share,
    Kind.POINTS: values.points,
    Kind.SECONDS: values.seconds,
    Kind.CHANGE: values.change,
}


class Reader:
    """Reads the cells of one column at one place; a hundred thousand rows cost what differs."""

    __slots__ = ("_known", "_missing", "column", "place")

    def __init__(self, column: Column, place: int, missing: frozenset[str]) -> None:
        self.column = column
        self.place = place
        self._missing = missing
        self._known: dict[Cell, Any] = {}

    def value(self, cell: Cell) -> Any:
        """What the cell says, None where nothing; Unreadable where it cannot be that."""
        # True is 1 to a dict, and no number to anybody else.
        if self.column.kind is Kind.TEXT or isinstance(cell, bool):
            return self._value(cell)
        try:
            return self._known[cell]
        except KeyError:
            found = self._value(cell)
        if len(self._known) < KEPT:
            self._known[cell] = found
        return found

    def _value(self, cell: Cell) -> Any:
        kind = self.column.kind
        if kind is Kind.TEXT:
            return values.text_of(cell)
        if kind is Kind.ID:
            said = values.identity(cell)
            return "" if said in NO_ID or values.is_missing(said) else said
        if kind is Kind.TIME:
            return moments.moment(cell)
        return _NUMBERS[kind](cell, self._missing)
