"""值班表 and 联络员台账 from a table: every row checked before anything is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect.files import header, moments, sheets, values
from monitor.collect.files.grid import LIMITS, Limits, Row, Sheet, is_blank
from monitor.collect.files.values import Cell, Unreadable
from monitor.domain.contact import ContactKind, normalised
from monitor.domain.duty import Duty, Liaison, Part, Phones, Roster
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem
from monitor.domain.unit import Unit

DAY, UNIT, LEADER, OFFICER, DUTY_PHONE = "日期", "单位", "带班领导", "值班员", "值班电话"
BACKUP, REMARK = "备班员", "备注"
NAME, BADGE, POST, OFFICE, MOBILE = "姓名", "警号", "职务", "办公电话", "手机"
PART, SINCE, UNTIL = "A/B岗", "起", "止"
COLUMNS: Final[Mapping[Roster, tuple[str, ...]]] = {
    Roster.DUTY: (DAY, UNIT, LEADER, OFFICER, DUTY_PHONE, BACKUP, REMARK),
    Roster.LIAISONS: (UNIT, NAME, BADGE, POST, OFFICE, MOBILE, PART, SINCE, UNTIL),
}
REQUIRED: Final[Mapping[Roster, tuple[str, ...]]] = {
    Roster.DUTY: (DAY, UNIT, OFFICER),
    Roster.LIAISONS: (UNIT, NAME, SINCE),
}
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    DAY: (DAY, "值班日期"),
    UNIT: (UNIT, "单位名称", "机构代码", "值班单位"),
    LEADER: (LEADER, "带班"),
    OFFICER: (OFFICER, "值班人员", "值班"),
    DUTY_PHONE: (DUTY_PHONE, "联系电话", "电话"),
    BACKUP: (BACKUP, "备班", "备班人员"),
    NAME: (NAME, "联络员", "联络员姓名"),
    MOBILE: (MOBILE, "手机号", "手机号码"),
    PART: (PART, "AB岗", "岗位"),
    SINCE: (SINCE, "起始日期", "任职起"),
    UNTIL: (UNTIL, "截止日期", "任职止"),
}
WITHIN: Final = 6
PHONES: Final = {
    DUTY_PHONE: ContactKind.DUTY,
    OFFICE: ContactKind.OFFICE,
    MOBILE: ContactKind.MOBILE,
}
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One good row: who, the numbers as typed, and where it stands in the file."""

    entry: Duty | Liaison
    phones: Phones
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class RosterFile:
    """The good rows, and what is wrong with the others. No problem repeats a phone number."""

    roster: Roster
    rows: tuple[RosterRow, ...]
    problems: tuple[RowProblem, ...] = ()


class _Wrong(Exception):  # noqa: N818  # never leaves this file
    def __init__(self, column: str, value: str, expected: str) -> None:
        super().__init__(expected)
        self.column = column
        self.value = value
        self.expected = expected


def read(
    roster: Roster, content: bytes, name: str, units: Sequence[Unit], limits: Limits = LIMITS
) -> RosterFile:
    """The rows of every sheet with the roster's headers; InputError where none has them."""
    rows: list[RosterRow] = []
    problems: list[RowProblem] = []
    recognised = False
    known = _known(units)
    for sheet in sheets.read(content, name, limits):
        found = _header(roster, sheet, name)
        if found is not None:
            recognised = True
            _rows(roster, sheet, found, known, (rows, problems))
    if not recognised:
        wanted = "、".join(REQUIRED[roster])
        raise InputError(
            f"没有找到{roster}的表头(须含{wanted})", name, f"列名为:{'、'.join(COLUMNS[roster])}"
        )
    return RosterFile(roster, tuple(_once(rows, problems)), tuple(problems))


def _known(units: Sequence[Unit]) -> dict[str, str]:
    """Code by name and by code; a name that two units bear names neither."""
    names = [each.name for each in units]
    found = {each.name: each.code for each in units if names.count(each.name) == 1}
    return found | {each.code: each.code for each in units}


def _header(roster: Roster, sheet: Sheet, name: str) -> tuple[int, dict[str, int]] | None:
    wanted = {each: NAMES.get(each, (each,)) for each in COLUMNS[roster]}
    for number, row in enumerate(sheet.rows[:WITHIN]):
        found = header.exact([values.text_of(cell) for cell in row], wanted, name)
        if all(each in found for each in REQUIRED[roster]):
            return number, found
    return None


def _rows(
    roster: Roster,
    sheet: Sheet,
    head: tuple[int, dict[str, int]],
    known: Mapping[str, str],
    into: tuple[list[RosterRow], list[RowProblem]],
) -> None:
    rows, problems = into
    for number, row in enumerate(sheet.rows[head[0] + 1 :], start=head[0] + 2):
        if is_blank(row):
            continue
        try:
            cells = _Cells(row, head[1])
            entry = (_duty if roster is Roster.DUTY else _liaison)(cells, known)
            phones = Phones(*(cells.phone(each) for each in PHONES))
        except _Wrong as wrong:
            problems.append(
                RowProblem(sheet.name, number, wrong.column, wrong.value, wrong.expected)
            )
        else:
            rows.append(RosterRow(entry, phones, sheet.name, number))


class _Cells:
    """One row by the names of its columns."""

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self._row = row
        self._places = places

    def cell(self, column: str) -> Cell:
        """The cell under a head; None where there is no such column."""
        place = self._places.get(column)
        return None if place is None or place >= len(self._row) else self._row[place]

    def text(self, column: str, *, required: bool = False) -> str:
        """The cell as a person reads it; '' where it is missing."""
        cell = self.cell(column)
        text = "" if values.is_missing(cell) else values.text_of(cell)
        if required and not text:
            raise _Wrong(column, "", "必填,不能为空")
        if len(text) > LONGEST:
            raise _Wrong(column, text[:20], f"不超过{LONGEST}个字")
        return text

    def day(self, column: str, *, required: bool = False) -> str:
        """An ISO day; '' where it is missing."""
        text = self.text(column, required=required)
        if column == UNTIL and text in {"至今", "在岗", "现在"}:
            return ""
        try:
            found = moments.day(self.cell(column))
        except Unreadable:
            raise _Wrong(column, text, "日期,如2026-11-22") from None
        return "" if found is None else found.isoformat()

    def phone(self, column: str) -> str:
        """A number as it is kept; a problem with it repeats no digit."""
        try:
            text = values.identity(self.cell(column))
            return normalised(PHONES[column], text) if not values.is_missing(text) else ""
        except Unreadable as error:
            raise _Wrong(column, "(号码不显示)", error.expected) from None
        except InputError as error:
            raise _Wrong(column, "(号码不显示)", error.explained.remedy) from None


def _unit(cells: _Cells, known: Mapping[str, str]) -> str:
    said = cells.text(UNIT, required=True)
    if said not in known:
        raise _Wrong(UNIT, said, "单位树中已有的单位全称或机构代码")
    return known[said]


def _duty(cells: _Cells, known: Mapping[str, str]) -> Duty:
    return Duty(
        cells.day(DAY, required=True),
        _unit(cells, known),
        cells.text(LEADER),
        cells.text(OFFICER, required=True),
        cells.text(BACKUP),
        cells.text(REMARK),
    )


def _liaison(cells: _Cells, known: Mapping[str, str]) -> Liaison:
    part = (cells.text(PART) or Part.A.value).upper().removesuffix("岗") + "岗"
    if part not in set(Part):
        raise _Wrong(PART, cells.text(PART), "A岗或B岗")
    since, until = cells.day(SINCE, required=True), cells.day(UNTIL)
    if until and until < since:
        raise _Wrong(UNTIL, until, "不早于起的日期,仍在岗的留空")
    return Liaison(
        _unit(cells, known),
        cells.text(NAME, required=True),
        cells.text(BADGE),
        cells.text(POST),
        Part(part),
        since,
        until,
    )


def key_of(entry: Duty | Liaison) -> tuple[str, ...]:
    """What makes an entry the same one: a unit's day, or a person's beginning in a unit."""
    if isinstance(entry, Duty):
        return entry.unit_code, entry.day
    return entry.unit_code, entry.name, entry.since


def _once(rows: Sequence[RosterRow], problems: list[RowProblem]) -> list[RosterRow]:
    first: dict[tuple[str, ...], int] = {}
    good: list[RosterRow] = []
    for each in rows:
        key = key_of(each.entry)
        if key in first:
            expected = f"不重复的行(与第{first[key]}行重复)"
            problems.append(RowProblem(each.sheet, each.row, UNIT, " ".join(key[1:]), expected))
        else:
            first[key] = each.row
            good.append(each)
    return good
