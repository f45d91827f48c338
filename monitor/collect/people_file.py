"""People from a table: 登录名, 姓名, 角色, 机构代码, read whole before anybody is enrolled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.collect.files import header, sheets, values
from monitor.collect.files.grid import LIMITS, Limits, Row, Sheet, is_blank
from monitor.collect.files.values import Cell, Unreadable
from monitor.collect.ledger_columns import code
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem
from monitor.domain.person import Role

LOGIN, NAME, ROLE, CODE = "登录名", "姓名", "角色", "机构代码"
HEADERS: Final = (LOGIN, NAME, ROLE, CODE)
REQUIRED: Final = (LOGIN, NAME, ROLE)
NAMES: Final[dict[str, tuple[str, ...]]] = {
    LOGIN: (LOGIN, "用户名", "登录账户"),
    NAME: (NAME, "人员姓名", "联络员"),
    ROLE: (ROLE, "人员角色"),
    CODE: (CODE, "单位代码", "机构编码"),
}
WITHIN: Final = 6


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a file names him; `unit_code` '' is the whole province."""

    login: str
    name: str
    role: Role
    unit_code: str
    place: RowProblem


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """The good rows and what is wrong with the others."""

    rows: tuple[PersonRow, ...]
    problems: tuple[RowProblem, ...] = ()


def read(
    content: bytes, name: str, unit_codes: Collection[str], limits: Limits = LIMITS
) -> PeopleFile:
    """The people of every sheet with these headers.

    InputError where the file is no table, or no sheet has the headers.
    """
    rows: list[PersonRow] = []
    problems: list[RowProblem] = []
    recognised = False
    for sheet in sheets.read(content, name, limits):
        seen = _header(sheet, name)
        if seen is not None:
            recognised = True
            _rows(sheet, *seen, rows, problems)
    if not recognised:
        raise InputError(
            f"没有找到人员表头(须含{'、'.join(REQUIRED)})", name, f"列名为:{'、'.join(HEADERS)}"
        )
    good = _checked(rows, frozenset(unit_codes), problems)
    return PeopleFile(tuple(good), tuple(problems))


def _header(sheet: Sheet, name: str) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows[:WITHIN]):
        found = header.exact([values.text_of(cell) for cell in row], NAMES, name)
        if all(each in found for each in REQUIRED):
            return number, found
    return None


def _rows(
    sheet: Sheet,
    header_row: int,
    places: Mapping[str, int],
    rows: list[PersonRow],
    problems: list[RowProblem],
) -> None:
    for number, row in enumerate(sheet.rows[header_row + 1 :], start=header_row + 2):
        if is_blank(row):
            continue
        read_row = _row(RowProblem(sheet.name, number, LOGIN, "", ""), row, places)
        if isinstance(read_row, RowProblem):
            problems.append(read_row)
        else:
            rows.append(read_row)


def _row(place: RowProblem, row: Row, places: Mapping[str, int]) -> PersonRow | RowProblem:
    said = {column: _cell(row, places.get(column)) for column in HEADERS}
    texts = {column: values.text_of(cell).strip() for column, cell in said.items()}

    def wrong(column: str, expected: str) -> RowProblem:
        return RowProblem(place.sheet, place.row, column, texts[column], expected)

    for column in REQUIRED:
        if not texts[column]:
            return wrong(column, "必填,不能为空")
    if texts[ROLE] not in {each.value for each in Role}:
        return wrong(ROLE, "、".join(Role) + "之一")
    try:
        unit_code = code(said[CODE]) if texts[CODE] else ""
    except Unreadable as error:
        return wrong(CODE, error.expected)
    named = RowProblem(place.sheet, place.row, LOGIN, texts[LOGIN], "")
    return PersonRow(texts[LOGIN].lower(), texts[NAME], Role(texts[ROLE]), unit_code, named)


def _cell(row: Row, place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else None


def _checked(
    rows: Sequence[PersonRow], unit_codes: frozenset[str], problems: list[RowProblem]
) -> list[PersonRow]:
    """Rows whose unit is known and whose login no earlier row has."""
    first: dict[str, int] = {}
    good: list[PersonRow] = []
    for row in rows:
        at = row.place
        if row.unit_code and row.unit_code not in unit_codes:
            problems.append(
                RowProblem(at.sheet, at.row, CODE, row.unit_code, "单位树中已有的机构代码")
            )
        elif row.login in first:
            expected = f"不重复的登录名(与第{first[row.login]}行重复)"
            problems.append(RowProblem(at.sheet, at.row, LOGIN, row.login, expected))
        else:
            first[row.login] = at.row
            good.append(row)
    return good
