"""The ledger 台账: read row by row, held against the registry, nothing saved before it is seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from monitor.collect import ledger_header, ledger_rows
from monitor.collect.files import links, sheets, workbook
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.collect.ledger_columns import HEADERS, NAME, REQUIRED, UID
from monitor.collect.ledger_diff import compare
from monitor.collect.ledger_header import Learnt, Shape
from monitor.collect.ledger_rows import LedgerRow
from monitor.collect.ledger_services import attested
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem

__all__ = [
    "HEADERS",
    "LedgerFile",
    "LedgerRow",
    "Shape",
    "attested",
    "compare",
    "opened",
    "read",
    "read_sheets",
    "shapes",
]
NOTHING_LEARNT: Final[Learnt] = {}
KIND: Final = "ledger-header"
"""What headers that people explained are remembered as."""
LISTED: Final = 5
"""Row numbers named in a note."""


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger as read. `refused` are (platform, name) as written of rows with problems, so that
    an account whose row is bad is not called absent. `shapes` say how each sheet was read."""

    name: str
    rows: tuple[LedgerRow, ...]
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()
    shapes: tuple[Shape, ...] = ()


def opened(content: bytes, name: str, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of a file with what is merged in them, and the links behind their cells."""
    found = sheets.read(content, name, limits)
    if not content.startswith(workbook.ZIP):
        return found
    behind = links.read(content)
    return [replace(each, links=behind.get(each.name, {})) for each in found]


def shapes(found: Sequence[Sheet], name: str, learnt: Learnt = NOTHING_LEARNT) -> list[Shape]:
    """What the columns of each sheet mean, as told, learnt or guessed; those without text left out.

    A guessed one is not `whole`: somebody must agree before it is read by.
    """
    proposed = (
        ledger_header.find(each, learnt, _where(name, each)) or ledger_header.guess(each)
        for each in found
    )
    return [each for each in proposed if each is not None]


def read(
    content: bytes, name: str, limits: Limits = LIMITS, learnt: Learnt = NOTHING_LEARNT
) -> LedgerFile:
    """The accounts of every sheet with a ledger's header, and what is wrong with the other rows.

    `learnt` are headers a person has explained before. InputError where the file is no table, or
    no sheet tells 平台、账号名称、主办单位.
    """
    return read_sheets(opened(content, name, limits), name, learnt)


def read_sheets(found: Sequence[Sheet], name: str, learnt: Learnt = NOTHING_LEARNT) -> LedgerFile:
    """The same of sheets that are open already."""
    rows: list[LedgerRow] = []
    problems: list[RowProblem] = []
    notes: list[str] = []
    refused: set[tuple[str, str]] = set()
    used: list[Shape] = []
    for sheet in found:
        shape = ledger_header.find(sheet, learnt, _where(name, sheet))
        if shape is None or shape.missing:
            notes.append(f"工作表“{sheet.name}”没有台账表头,已跳过")
            continue
        used.append(shape)
        part = ledger_rows.read(sheet, shape)
        rows += part.rows
        problems += part.problems
        refused |= part.refused
        notes += _notes(sheet, part)
    if not used:
        raise InputError(
            f"没有找到台账表头(前{ledger_header.WITHIN}行须有一行含{'、'.join(REQUIRED)})",
            name,
            "请使用台账模板,或补上这几列;也可在“台账导入”页指明各列含义",
        )
    good, twice = _once(rows)
    return LedgerFile(
        name, good, (*problems, *twice), tuple(notes), frozenset(refused), tuple(used)
    )


def _where(name: str, sheet: Sheet) -> str:
    return f"{name} 工作表“{sheet.name}”" if sheet.name else name


def _notes(sheet: Sheet, part: ledger_rows.Read) -> list[str]:
    """What was passed over or taken for granted, so that nobody has to find it out."""
    place = f"工作表“{sheet.name}”" if sheet.name else ""
    said = []
    if part.nothing:
        said.append(f"{place}有{len(part.nothing)}行写明未开设账号,已跳过")
    if part.told.notes:
        numbers = "、".join(str(each) for each in part.told.notes[:LISTED])
        more = "等" if len(part.told.notes) > LISTED else ""
        said.append(f"{place}第{numbers}{more}行是说明或合计,不是账号,已跳过")
    if part.told.inherited:
        said.append(f"{place}有{part.told.inherited}行未写主办单位,已沿用上一行(合并单元格)")
    return said


def _once(rows: Sequence[LedgerRow]) -> tuple[tuple[LedgerRow, ...], list[RowProblem]]:
    """Rows whose account no earlier row named, and a problem for each that repeats one."""
    first: dict[tuple[str, ...], LedgerRow] = {}
    good: list[LedgerRow] = []
    twice: list[RowProblem] = []
    for row in rows:
        named, unnamed, by_id = _keys(row)
        # Two rows with ids are told apart by these; one without may be any of its name.
        sought = (named, unnamed) if row.uid is None else (by_id, unnamed)
        earlier = next((first[key] for key in sought if key in first), None)
        if earlier is None:
            good.append(row)
            first[unnamed if row.uid is None else by_id] = row
            first.setdefault(named, row)
        else:
            twice.append(_repeats(row, earlier))
    return tuple(good), twice


def _keys(row: LedgerRow) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The row by its name, by its name while its id is open, and by its id."""
    name = (row.platform, row.name, row.unit_code or row.unit_name)
    return ("名称", *name), ("待补", *name), ("ID", row.platform, row.uid or "")


def _repeats(row: LedgerRow, earlier: LedgerRow) -> RowProblem:
    by_id = row.uid is not None and row.uid == earlier.uid
    column, value = (UID, row.uid or "") if by_id else (NAME, row.name)
    place = f"工作表“{earlier.sheet}”" if earlier.sheet else ""
    expected = f"不重复的{PLATFORMS[row.platform]}账号(与{place}第{earlier.row}行重复)"
    return RowProblem(row.sheet, row.row, column, value, expected)
