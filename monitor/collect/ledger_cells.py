"""The cells of a real ledger: merged ones filled down, 同上 resolved, notes told from accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.collect import ledger_columns as columns
from monitor.collect.files import values
from monitor.collect.files.grid import Sheet, is_blank
from monitor.collect.files.values import Cell
from monitor.collect.ledger_header import DOT, Shape

DITTO: Final = frozenset({"同上", "〃", "″", "''", '"', "”", "“", "〞", "同前", "同上行"})
"""The same as in the cell above."""
NOTES: Final = (
    *("注:", "注意:", "备注:", "说明:", "填表", "制表", "审核人", "填报人", "联系人:", "联系电话"),
    *("合计", "总计", "小计", "共计"),
)
"""How lines below or between the accounts begin."""
OWNERS: Final = frozenset(
    {columns.CITY, columns.COUNTY, columns.UNIT, columns.CODE, columns.LEVEL, "主管单位"}
)
"""What several rows share: the columns that people merge."""


@dataclass(slots=True)
class Told:
    """What was done to the rows of a sheet that its reader should know."""

    notes: list[int] = field(default_factory=list)
    inherited: int = 0


def rows(sheet: Sheet, shape: Shape, told: Told) -> Iterator[tuple[int, list[Cell]]]:
    """Each row below the header that may name accounts, with its number as Excel counts."""
    width = len(shape.meanings)
    fills = _merged(sheet, shape.first, width)
    above: list[Cell] = []
    for place in range(shape.first, len(sheet.rows)):
        row = list(sheet.rows[place][:width])
        row += [None] * (width - len(row))
        for column, value in fills.get(place, {}).items():
            row[column] = value
        if is_blank(row) or _repeats_header(row, shape):
            continue
        if _is_note(row, shape):
            told.notes.append(place + 1)
            continue
        row = [_resolved(cell, above, column) for column, cell in enumerate(row)]
        if sheet.merged is None:
            told.inherited += _inherit(row, above, shape)
        above = row
        yield place + 1, row


def _merged(sheet: Sheet, start: int, width: int) -> dict[int, dict[int, Cell]]:
    """What the cells below the first one of each merged range say, row by row."""
    found: dict[int, dict[int, Cell]] = {}
    for first, left, last, _ in sheet.merged or ():
        if first < start or left >= width or first >= len(sheet.rows):
            continue
        row = sheet.rows[first]
        value = row[left] if left < len(row) else None
        for number in range(first + 1, min(last + 1, len(sheet.rows))):
            found.setdefault(number, {})[left] = value
    return found


def _resolved(cell: Cell, above: Sequence[Cell], column: int) -> Cell:
    """What 同上 stands for; it stays as written where nothing is above it."""
    if isinstance(cell, str) and cell.strip() in DITTO and above:
        return above[column]
    return cell


def _inherit(row: list[Cell], above: Sequence[Cell], shape: Shape) -> int:
    """In a file that cannot say what is merged, a row without any owner has that of the row above.

    1 where something was taken over.
    """
    owners = [place for place, each in enumerate(shape.meanings) if each in OWNERS]
    named = any(_said(row, shape, each) for each in (columns.NAME, columns.PLATFORM))
    if not above or not named or any(values.text_of(row[place]) for place in owners):
        return 0
    for place in owners:
        row[place] = above[place]
    return 1


def _is_note(row: Sequence[Cell], shape: Shape) -> bool:
    """A line that names no account: a note, a sum, who filled it in, a heading between rows."""
    texts = [values.text_of(cell) for cell in row]
    first = values.plain(next(filter(None, texts)))
    unit, platform = _said(row, shape, columns.UNIT), _said(row, shape, columns.PLATFORM)
    if first.startswith(NOTES) and not (unit and platform and first != values.plain(unit)):
        return True
    names = [place for place, each in enumerate(shape.meanings) if _is_name(each)]
    return not unit and not platform and not any(texts[place] for place in names)


def _is_name(meaning: str) -> bool:
    return meaning == columns.NAME or meaning.endswith(DOT + columns.NAME)


def _said(row: Sequence[Cell], shape: Shape, meaning: str) -> str:
    if meaning not in shape.meanings:
        return ""
    return values.text_of(row[shape.meanings.index(meaning)])


def _repeats_header(row: Sequence[Cell], shape: Shape) -> bool:
    """A header printed again at the head of each page."""
    needed = [
        place
        for place, each in enumerate(shape.meanings)
        if each in {columns.UNIT, columns.NAME, columns.PLATFORM}
    ]
    titles = [shape.titles[place].rpartition("/")[2] for place in needed]
    return [values.text_of(row[place]) for place in needed] == titles
