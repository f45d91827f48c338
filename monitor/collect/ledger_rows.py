"""Ledger rows: each row of a ledger names accounts and who owns them, or has a problem, placed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from monitor.collect import ledger_cells
from monitor.collect import ledger_columns as columns
from monitor.collect.files import values
from monitor.collect.files.grid import Sheet
from monitor.collect.files.values import Cell
from monitor.collect.ledger_header import DOT, OWN, SKIP, Shape
from monitor.collect.ledger_line import LINK, Group, LedgerRow, Line
from monitor.domain.account import platform_of
from monitor.domain.loading import RowProblem

__all__ = ["Group", "LedgerRow", "Read", "groups", "read"]


@dataclass(frozen=True, slots=True)
class Read:
    """What one sheet says: good rows, problems, rows that name no account, refused rows' names."""

    rows: list[LedgerRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    nothing: list[int] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    told: ledger_cells.Told = field(default_factory=ledger_cells.Told)


def read(sheet: Sheet, shape: Shape) -> Read:
    """Every account that the rows below the header name."""
    found = Read()
    every = groups(shape)
    for number, row in ledger_cells.rows(sheet, shape, found.told):
        named = [
            _take(found, line) for group in every for line in _lines(sheet, number, row, group)
        ]
        if not any(named):
            found.nothing.append(number)
    return found


def groups(shape: Shape) -> tuple[Group, ...]:
    """One group where a row is an account; else one per platform, and one more where it repeats."""
    shared: dict[str, int] = {}
    kept: dict[str, int] = {}
    for place, meaning in enumerate(shape.meanings):
        if meaning == OWN:
            kept.setdefault(shape.titles[place], place)
        elif meaning != SKIP and DOT not in meaning:
            shared.setdefault(meaning, place)
    own = _of_platforms(shape)
    if not own:
        return (Group(shared, kept, shape.platform),)
    return tuple(
        replace(each, known=shared | dict(each.known), others=kept | dict(each.others))
        for each in own
    )


def _of_platforms(shape: Shape) -> list[Group]:
    """The columns each platform has for itself."""
    found: list[tuple[str, dict[str, int], dict[str, int]]] = []
    for place, meaning in enumerate(shape.meanings):
        label, dot, key = meaning.partition(DOT)
        if not dot:
            continue
        at = next((each for each in reversed(found) if each[0] == label), None)
        if at is None or key in at[1]:
            at = (label, {}, {})
            found.append(at)
        if key == OWN:
            at[2].setdefault(shape.titles[place].rpartition("/")[2], place)
        else:
            at[1][key] = place
    return [
        Group(known, others, platform_of(label) or "", wide=True) for label, known, others in found
    ]


def _lines(sheet: Sheet, number: int, row: Sequence[Cell], group: Group) -> Iterator[Line]:
    """The accounts one group of a row names; several names in a cell are several accounts."""
    cells, linked = _with_link(sheet, number, row, group)
    yield from Line(sheet.name, number, cells, linked).split()


def _take(found: Read, line: Line) -> bool:
    """Enter what a line says; False where it says that there is no account."""
    if line.names_none():
        return False
    row = line.ledger_row()
    if row is None:
        found.problems.extend(line.problems)
        found.refused.add((line.platform_text(), line.text(columns.NAME)))
    else:
        found.rows.append(row)
    return True


def _with_link(
    sheet: Sheet, number: int, row: Sequence[Cell], group: Group
) -> tuple[list[Cell], Group]:
    """The row with what lies behind the cell of its name or link, where it says no address."""
    cells = list(row)
    place = group.known.get(LINK)
    wanted = [each for each in (place, group.known.get(columns.NAME)) if each is not None]
    found = (sheet.links.get((number - 1, each)) for each in wanted) if sheet.links else ()
    behind = next(filter(None, found), None)
    if behind is None:
        return cells, group
    if place is None:
        linked = replace(group, known={**group.known, LINK: len(cells)})
        return [*cells, behind], linked
    if not values.text_of(cells[place]).startswith("http"):
        cells[place] = behind
    return cells, group
