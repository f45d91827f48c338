"""Ledger rows: each row of a ledger names accounts and who owns them, or has a problem, placed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.collect import ledger_cells
from monitor.collect import ledger_columns as columns
from monitor.collect.files import values
from monitor.collect.files.grid import Sheet
from monitor.collect.files.values import Cell, Unreadable
from monitor.collect.ledger_header import DOT, OWN, SKIP, Shape
from monitor.domain.account import PLATFORMS, Kind, State, platform_of
from monitor.domain.loading import RowProblem

LINK: Final = "主页链接"
_SEVERAL: Final = re.compile(r"[、;；\n\r]+")
_CLEARED: Final = frozenset({*columns.NOTHING, "未注册", "未开", "尚未开通", "未开通账号", "×", "无账号"})


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
class Group:
    """The columns that tell of one account in a row: those all share, and a platform's own.

    `platform` is '' where a column says which.
    """

    known: Mapping[str, int]
    others: Mapping[str, int]
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What one sheet says: good rows, problems, rows that name no account, refused rows' names."""

    rows: list[LedgerRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    nothing: list[int] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    told: ledger_cells.Told = field(default_factory=ledger_cells.Told)


def groups(shape: Shape) -> tuple[Group, ...]:
    """One group where a row is an account; one per platform, and again where it repeats, else."""
    shared: dict[str, int] = {}
    kept: dict[str, int] = {}
    own: list[tuple[str, dict[str, int], dict[str, int]]] = []
    for place, meaning in enumerate(shape.meanings):
        if DOT in meaning:
            label, _, key = meaning.partition(DOT)
            at = next((each for each in reversed(own) if each[0] == label), None)
            if at is None or (key != OWN and key in at[1]):
                at = (label, {}, {})
                own.append(at)
            if key == OWN:
                at[2].setdefault(shape.titles[place].rpartition("/")[2], place)
            else:
                at[1][key] = place
        elif meaning == OWN:
            kept.setdefault(shape.titles[place], place)
        elif meaning != SKIP:
            shared.setdefault(meaning, place)
    if not own:
        return (Group(shared, kept, shape.platform),)
    return tuple(
        Group(shared | known, kept | others, platform_of(label) or "")
        for label, known, others in own
    )


def read(sheet: Sheet, shape: Shape) -> Read:
    """Every account that the rows below the header name."""
    found = Read()
    each_group = groups(shape)
    for number, row in ledger_cells.rows(sheet, shape, found.told):
        named = [_take(found, each, lines) for each, lines in _lines(sheet, number, row, each_group)]
        if not any(named):
            found.nothing.append(number)
    return found


def _lines(
    sheet: Sheet, number: int, row: Sequence[Cell], each_group: Sequence[Group]
) -> Iterator[tuple[Group, list["_Line"]]]:
    """The accounts of a row, group by group; several names in a cell are several accounts."""
    for group in each_group:
        linked = _with_link(sheet, number, row, group)
        line = _Line(sheet.name, number, linked, group)
        yield group, list(_split(line))


def _take(found: Read, group: Group, lines: list["_Line"]) -> bool:
    """Enter what one group of a row says; False where it says that there is no account."""
    taken = False
    for line in lines:
        if _none(line, blank=DOT in _label(group, columns.NAME)):
            continue
        taken = True
        row = line.ledger_row()
        if line.problems or row is None:
            found.problems.extend(line.problems)
            found.refused.add((line.platform_text(), line.text(columns.NAME)))
        else:
            found.rows.append(row)
    return taken


def _none(line: "_Line", *, blank: bool) -> bool:
    """无, —, 未开通; in a group of a platform a blank cell says the same, if all of it is blank."""
    name = values.plain(line.text(columns.NAME))
    if name == "":
        return blank and not line.says_more()
    return (name in _CLEARED or values.is_missing(name)) and not line.text_of_id()


def _label(group: Group, column: str) -> str:
    """A column as its reader knows it: 抖音·账号ID where each platform has its own."""
    own = group.platform and columns.PLATFORM not in group.known
    return f"{PLATFORMS[group.platform]}{DOT}{column}" if own else column


def _with_link(sheet: Sheet, number: int, row: Sequence[Cell], group: Group) -> list[Cell]:
    """The row with what lies behind the cell of its name, where it has no other link."""
    cells = list(row)
    place = group.known.get(LINK)
    wanted = [each for each in (place, group.known.get(columns.NAME)) if each is not None]
    behind = next(filter(None, (sheet.links.get((number - 1, each)) for each in wanted)), None)
    if behind is None:
        return cells
    if place is None:
        return [*cells, behind]
    if not values.text_of(cells[place]).startswith("http"):
        cells[place] = behind
    return cells


def _split(line: "_Line") -> Iterator["_Line"]:
    """One line per name; ids and links are shared out where there are as many of them."""
    names = [each.strip() for each in _SEVERAL.split(line.text(columns.NAME)) if each.strip()]
    if len(names) < 2:  # noqa: PLR2004  # one name, or none
        yield line
        return
    shares = {column: line.shares(column, len(names)) for column in (columns.UID, LINK)}
    for number, name in enumerate(names):
        changed = {column: share[number] for column, share in shares.items() if share}
        yield line.called(name, changed)


class _Line:
    """One account while it is read; all that is wrong with it is gathered before it is refused."""

    def __init__(self, sheet: str, number: int, row: Sequence[Cell], group: Group) -> None:
        self.sheet = sheet
        self.number = number
        self.problems: list[RowProblem] = []
        self._row = row
        self._group = group

    def called(self, name: str, changed: Mapping[str, str]) -> "_Line":
        """The same line for one of several names."""
        cells = list(self._row)
        for column, text in {columns.NAME: name, **changed}.items():
            place = self._place(column)
            if place is not None:
                cells[place] = text
        line = _Line(self.sheet, self.number, cells, self._group)
        line.problems += self.problems
        return line

    def shares(self, column: str, count: int) -> list[str]:
        """What a cell says for each of several names; a problem where it cannot be told."""
        said = [each.strip() for each in _SEVERAL.split(self.text(column)) if each.strip()]
        if not said or (len(said) == 1 and values.is_missing(said[0])):
            return []
        if len(said) != count:
            self._refuse(column, f"与账号名称一样多({count}个)的内容,以顿号或换行分开")
            return []
        return said

    def platform_text(self) -> str:
        """The platform as the row, its group or its sheet says it."""
        own = self._group.platform
        return PLATFORMS[own] if own else self.text(columns.PLATFORM)

    def text_of_id(self) -> str:
        """The cell of the id, '' where it says that there is none."""
        text = self.text(columns.UID)
        nothing = values.is_missing(text) or values.plain(text) in _CLEARED
        return "" if nothing or text in columns.LONG_WORDS else text

    def says_more(self) -> bool:
        """Whether a group without a name says anything else of an account."""
        own = [self.text(each) for each in (columns.UID, LINK) if each in self._group.known]
        return any(each and not values.is_missing(each) for each in own)

    def ledger_row(self) -> LedgerRow | None:
        """The row, or None where it is refused; `problems` then say why."""
        given = {key: self._value(key) for key in columns.CELLS}
        platform = self._group.platform or platform_of(self.text(columns.PLATFORM))
        if platform is None:
            self._refuse(columns.PLATFORM, f"平台名称:{'、'.join(PLATFORMS.values())}")
        name, unit_name = self._required(columns.NAME), self._required(columns.UNIT)
        if name in _CLEARED or values.is_missing(name):
            self._refuse(columns.NAME, "账号名称;已填账号ID或链接的不能写“无”或留空")
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
