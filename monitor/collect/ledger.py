"""The ledger 台账: read row by row, held against the registry, nothing saved before it is seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.collect import ledger_rows
from monitor.collect.files import sheets
from monitor.collect.files.grid import LIMITS, Limits
from monitor.collect.ledger_columns import HEADERS, NAME, REQUIRED, UID
from monitor.collect.ledger_diff import compare
from monitor.collect.ledger_rows import LedgerRow
from monitor.collect.ledger_services import attested
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem

__all__ = ["HEADERS", "LedgerFile", "LedgerRow", "attested", "compare", "read"]


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger as read. `refused` are (platform, name) as written of rows with problems, so that
    an account whose row is bad is not called absent."""

    name: str
    rows: tuple[LedgerRow, ...]
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()


def read(content: bytes, name: str, limits: Limits = LIMITS) -> LedgerFile:
    """The rows of every sheet with a ledger's header, and what is wrong with the others.

    InputError where the file is no table, or no sheet has 平台、账号名称、主办单位.
    """
    found = sheets.read(content, name, limits)
    rows: list[LedgerRow] = []
    problems: list[RowProblem] = []
    notes: list[str] = []
    refused: set[tuple[str, str]] = set()
    for sheet in found:
        where = f"{name} 工作表“{sheet.name}”" if sheet.name else name
        places = ledger_rows.find_places(sheet, where)
        if places is None:
            notes.append(f"工作表“{sheet.name}”没有台账表头,已跳过")
            continue
        part = ledger_rows.read(sheet, places)
        rows += part.rows
        problems += part.problems
        refused |= part.refused
        if part.nothing:
            notes.append(f"有{len(part.nothing)}行写明未开设账号,已跳过")
    if len(notes) == len(found) and not rows and not problems:
        raise InputError(
            f"没有找到台账表头(前{ledger_rows.WITHIN}行须有一行含{'、'.join(REQUIRED)})",
            name,
            "请使用台账模板,或补上这几列",
        )
    good, twice = _once(rows)
    return LedgerFile(name, good, (*problems, *twice), tuple(notes), frozenset(refused))


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
