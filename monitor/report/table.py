"""Table 表: columns and rows of plain values, and what every file says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.rulebook import Rulebook
from monitor.domain.week import Week
from monitor.report import wording

Cell = str | int | float | None
"""A text, a real number, or no data. Codes and ids are texts."""

TAIL: Final = ("统计期", "数据截止", "监测时间点", "认定标准", "导出时间", "导出人")
MACHINE: Final = "系统自动生成"


@dataclass(frozen=True, slots=True)
class Table:
    """A named table; every row has one cell per column. `notes` explain it, a sentence each."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.name} does not fit its columns")

    @property
    def named(self) -> tuple[dict[str, Cell], ...]:
        """Its rows, each by column."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @property
    def plain(self) -> dict[str, Any]:
        """Itself as plain values, to be frozen as text; `revived` reads them back."""
        rows = [list(row) for row in self.rows]
        return {
            "name": self.name,
            "columns": list(self.columns),
            "rows": rows,
            "notes": list(self.notes),
        }


def revived(plain: Mapping[str, Any]) -> Table:
    """A table from its plain values."""
    rows = tuple(tuple(row) for row in plain["rows"])
    return Table(plain["name"], tuple(plain["columns"]), rows, tuple(plain["notes"]))


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of itself: period, instants (seconds; `known_at` us), rulebook, maker."""

    own: Rulebook
    as_of: int
    known_at: int
    exported_at: int
    period: str = ""
    exported_by: str = MACHINE

    def tail(self, cutoff: int | None) -> tuple[Cell, ...]:
        """The cells under TAIL, of an account judged at `cutoff`."""
        return (
            self.period or None,
            wording.instant(cutoff) or None,
            wording.instant(self.as_of),
            wording.standard(self.own),
            wording.instant(self.exported_at),
            self.exported_by,
        )


def of_week(week: Week) -> Imprint:
    """The imprint of a digest's files: made again later, they are the same to the byte."""
    return Imprint(
        own=week.own,
        as_of=week.as_of,
        known_at=week.known_at,
        exported_at=week.known_at // 1_000_000,
        period=wording.issue_of_year(week.monday),
    )


def build(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Cell]],
    notes: Sequence[str] = (),
) -> Table:
    """A table of rows given by column; a column a row does not name is blank.

    ValueError where a row names a column the table does not have.
    """
    known = set(columns)
    for row in rows:
        if not known.issuperset(row):
            raise ValueError(f"{name} has no column {', '.join(sorted(set(row) - known))}")
    cells = tuple(tuple(row.get(each) for each in columns) for row in rows)
    return Table(name, tuple(columns), cells, tuple(notes))
