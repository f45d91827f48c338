"""One line of a ledger: an account and who owns it, or all that is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.collect import ledger_columns as columns
from monitor.collect.files import values
from monitor.collect.files.values import Cell, Unreadable
from monitor.collect.ledger_cells import DITTO
from monitor.collect.ledger_header import DOT
from monitor.domain.account import PLATFORMS, Kind, State, platform_of
from monitor.domain.loading import RowProblem

LINK: Final = "主页链接"
_SEVERAL: Final = re.compile(r"[、;；\n\r]+")
CLEARED: Final = columns.NOTHING | {"未注册", "未开", "尚未开通", "未开通账号", "×", "无账号"}
"""Names that say there is no account."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One good row. None means that the file does not say; what it does not say stays as it is.

    `ref` is our own number of the account. `unit_code` and `unit_name` are as written: which unit
    that is, the registry of units tells.
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
    ref: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """The columns that tell of one account in a row: those all share, and a platform's own.

    `platform` is '' where a column says which; `wide` where each platform has columns of its own.
    """

    known: Mapping[str, int]
    others: Mapping[str, int]
    platform: str = ""
    wide: bool = False

    def label(self, column: str) -> str:
        """A column as its reader knows it: 抖音·账号ID where each platform has its own."""
        return f"{PLATFORMS[self.platform]}{DOT}{column}" if self.wide else column


class Line:
    """One account while it is read; all that is wrong with it is gathered before it is refused."""

    def __init__(self, sheet: str, number: int, row: Sequence[Cell], group: Group) -> None:
        self.sheet = sheet
        self.number = number
        self.problems: list[RowProblem] = []
        self._row = row
        self._group = group

    def called(self, name: str, changed: Mapping[str, str]) -> "Line":
        """The same line for one of several names."""
        cells = list(self._row)
        for column, text in {columns.NAME: name, **changed}.items():
            place = self._group.known.get(column)
            if place is not None:
                cells[place] = text
        line = Line(self.sheet, self.number, cells, self._group)
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
        nothing = values.is_missing(text) or values.plain(text) in CLEARED
        return "" if nothing or text in columns.LONG_WORDS else text

    def says_more(self) -> bool:
        """Whether a group without a name says anything else of an account."""
        own = [self.text(each) for each in (columns.UID, LINK) if each in self._group.known]
        return any(each and not values.is_missing(each) for each in own)

    def names_none(self) -> bool:
        """无, —, 未开通; in a platform's group a blank cell says so too, if all of it is blank."""
        name = values.plain(self.text(columns.NAME))
        if name == "":
            return self._group.wide and not self.says_more()
        return (name in CLEARED or values.is_missing(name)) and not self.text_of_id()

    def ledger_row(self) -> LedgerRow | None:
        """The row, or None where it is refused; `problems` then say why."""
        self._refuse_ditto()
        given = {key: self._value(key) for key in columns.CELLS}
        platform = self._group.platform or platform_of(self.text(columns.PLATFORM))
        if platform is None:
            self._refuse(columns.PLATFORM, f"平台名称:{'、'.join(PLATFORMS.values())}")
        name, unit_name = self._required(columns.NAME), self._required(columns.UNIT)
        if values.plain(name) in CLEARED:
            self._refuse(columns.NAME, "账号名称;写明没有账号的,账号ID应为空")
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
            ref=given[columns.REF],
            details=details,
        )

    def split(self) -> Iterator["Line"]:
        """One line per name; ids and links are shared out where there are as many of them."""
        names = [each.strip() for each in _SEVERAL.split(self.text(columns.NAME)) if each.strip()]
        if len(names) < 2:  # noqa: PLR2004  # one name, or none
            yield self
            return
        shares = {column: self.shares(column, len(names)) for column in (columns.UID, LINK)}
        for number, name in enumerate(names):
            changed = {column: share[number] for column, share in shares.items() if share}
            yield self.called(name, changed)

    def text(self, key: str) -> str:
        """The cell of a column as text, '' where the file lacks the column."""
        return values.text_of(self._cell(self._group.known.get(key)))

    def _cell(self, place: int | None) -> Cell:
        return self._row[place] if place is not None and place < len(self._row) else None

    def _required(self, key: str) -> str:
        text = self.text(key)
        if values.is_missing(text):
            self._refuse(key, "必填,不能为空")
        return text

    def _value(self, key: str) -> Any:
        cell = self._cell(self._group.known.get(key))
        try:
            if key == columns.UID and not self.text_of_id():
                return None
            return columns.CELLS[key](cell)
        except Unreadable as error:
            self._refuse(key, error.expected)
            return None

    def _details(self) -> dict[str, str]:
        """What the row says in columns without a meaning here; blanks say nothing."""
        known = self._group.known
        kept = {key: place for key, place in known.items() if key in columns.DETAILS}
        said: dict[str, str] = {}
        for title, place in (kept | dict(self._group.others)).items():
            cell = self._cell(place)
            if values.is_missing(cell):
                continue
            try:
                said[title] = columns.detail(title, cell)
            except Unreadable as error:
                self._refuse(title, error.expected, cell)
        return {each: text for each, text in said.items() if text}

    def _refuse_ditto(self) -> None:
        """同上 that nothing stands above."""
        for title, place in (dict(self._group.others) | dict(self._group.known)).items():
            cell = self._cell(place)
            if isinstance(cell, str) and cell.strip() in DITTO:
                self._refuse(title, "具体内容(上面没有可沿用的一行)", cell)

    def _refuse(self, column: str, expected: str, cell: Cell = None) -> None:
        value = self.text(column) if cell is None else values.text_of(cell)
        label = self._group.label(column) if column in self._own() else column
        self.problems.append(RowProblem(self.sheet, self.number, label, value, expected))

    def _own(self) -> frozenset[str]:
        """Columns a platform has for itself."""
        return frozenset({columns.NAME, columns.UID, LINK} if self._group.wide else ())
