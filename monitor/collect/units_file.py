"""Units from a table or a data sheet: checked whole before any is handed on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from monitor.collect.files import header, moments, sheets, values
from monitor.collect.files.grid import LIMITS, Limits, Row, Sheet, is_blank
from monitor.collect.files.values import Cell, Unreadable
from monitor.collect.ledger_columns import code
from monitor.domain.errors import InputError
from monitor.domain.loading import RowProblem
from monitor.domain.unit import Level, Unit

CODE, NAME, PARENT, LEVEL = "机构代码", "单位名称", "上级机构代码", "单位层级"
LINE, CITY, COUNTY, SINCE, UNTIL = "警种条线", "市州", "县市区", "启用日期", "停用日期"
HEADERS: Final = (CODE, NAME, PARENT, LEVEL, LINE, CITY, COUNTY, SINCE, UNTIL)
REQUIRED: Final = (CODE, NAME, LEVEL)
NAMES: Final[dict[str, tuple[str, ...]]] = {
    CODE: (CODE, "单位代码", "机构编码"),
    NAME: (NAME, "机构名称", "单位", "主办单位"),
    PARENT: (PARENT, "上级单位代码", "上级代码", "上级机构"),
    LEVEL: (LEVEL, "层级"),
    LINE: (LINE, "警种", "条线"),
    CITY: (CITY, "地市", "所属市州"),
    COUNTY: (COUNTY, "区县", "所属县市区"),
    SINCE: (SINCE, "启用时间", "生效日期"),
    UNTIL: (UNTIL, "停用时间", "失效日期"),
}
WITHIN: Final = 6
SHOWN: Final = 10
"""Problems that one refusal names."""


def read(mapping: Mapping[str, Any], name: str = "单位数据") -> list[Unit]:
    """Units of a data sheet with `columns` (the headers below) and `rows`, in its order."""
    columns, rows = mapping.get("columns"), mapping.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise InputError("缺少 columns 或 rows", name, "请对照 data/units 中的文件修改")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != len(columns):
            raise InputError(
                f"rows 第{number}项应有{len(columns)}个值", name, "请补齐或删去多余的值"
            )
    return _read([Sheet("", [columns, *rows])], name)


def read_table(content: bytes, name: str, limits: Limits = LIMITS) -> list[Unit]:
    """Units of a CSV or XLSX with these headers in any order; all of them or none.

    InputError names every bad row (the first ten) by sheet, row, column, value and what was
    expected.
    """
    return _read(sheets.read(content, name, limits), name)


def _read(found: Sequence[Sheet], name: str) -> list[Unit]:
    units: list[tuple[Unit, RowProblem]] = []
    problems: list[RowProblem] = []
    recognised = 0
    for sheet in found:
        seen = _header(sheet, name)
        if seen is not None:
            recognised += 1
            _rows(sheet, *seen, units, problems)
    if not recognised:
        raise InputError(
            f"没有找到单位表头(须含{'、'.join(REQUIRED)})", name, f"列名为:{'、'.join(HEADERS)}"
        )
    problems += _contradictions(units)
    if problems:
        raise _refusal(problems, name)
    if not units:
        raise InputError("文件里没有单位", name, "请核对是否导错了文件")
    return _placed([unit for unit, _ in units])


def _header(sheet: Sheet, name: str) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows[:WITHIN]):
        titles = [values.text_of(cell) for cell in row]
        found = header.exact(titles, NAMES, name)
        if all(each in found for each in REQUIRED):
            return number, found
    return None


def _rows(
    sheet: Sheet,
    header_row: int,
    places: Mapping[str, int],
    units: list[tuple[Unit, RowProblem]],
    problems: list[RowProblem],
) -> None:
    """Every unit beside the problem it would be, were its code or its parent wrong."""
    for number, row in enumerate(sheet.rows[header_row + 1 :], start=header_row + 2):
        if is_blank(row):
            continue
        said: dict[str, Any] = {}
        wrong = [
            RowProblem(sheet.name, number, column, values.text_of(cell), error)
            for column, cell in _cells(row, places)
            if (error := _take(said, column, cell))
        ]
        problems += wrong
        if not wrong:
            units.append((_unit(said), RowProblem(sheet.name, number, CODE, said[CODE], "")))


def _cells(row: Row, places: Mapping[str, int]) -> list[tuple[str, Cell]]:
    return [
        (column, row[place] if place < len(row) else None)
        for column in HEADERS
        if (place := places.get(column)) is not None
    ]


def _take(said: dict[str, Any], column: str, cell: Cell) -> str:
    """Read one cell; what was expected of it where it is wrong, else ''."""
    try:
        said[column] = _READERS.get(column, values.text_of)(cell)
    except Unreadable as error:
        return error.expected
    return "必填,不能为空" if column in REQUIRED and not said[column] else ""


def _level(cell: Cell) -> Level | None:
    text = values.plain(values.text_of(cell))
    if not text:
        return None
    if text not in {each.value for each in Level}:
        raise Unreadable("、".join(Level) + "之一")
    return Level(text)


_READERS: Final[dict[str, Callable[[Cell], Any]]] = {
    CODE: code,
    PARENT: code,
    LEVEL: _level,
    SINCE: moments.day,
    UNTIL: moments.day,
}


def _unit(said: Mapping[str, Any]) -> Unit:
    since: date | None = said.get(SINCE)
    return Unit(
        code=said[CODE],
        name=said[NAME],
        level=said[LEVEL],
        parent_code=said.get(PARENT) or None,
        line=said.get(LINE, ""),
        region_name=said.get(CITY, ""),
        county_name=said.get(COUNTY, ""),
        valid_from=since,
        valid_until=said.get(UNTIL),
    )


def _contradictions(units: Sequence[tuple[Unit, RowProblem]]) -> list[RowProblem]:
    """Codes that stand twice, and units that are above themselves.

    A parent that is not in the file may stand in the registry: whoever saves the units knows.
    """
    first: dict[str, RowProblem] = {}
    parents = {unit.code: unit.parent_code for unit, _ in units}
    found: list[RowProblem] = []
    for unit, place in units:
        if unit.code in first:
            expected = f"不重复的机构代码(与第{first[unit.code].row}行重复)"
            found.append(replace(place, expected=expected))
        first.setdefault(unit.code, place)
        if _above_itself(unit.code, parents):
            expected = "上级单位,不能是本单位或本单位的下级"
            found.append(
                replace(place, column=PARENT, value=unit.parent_code or "", expected=expected)
            )
    return found


def _above_itself(unit: str, parents: Mapping[str, str | None]) -> bool:
    seen = {unit}
    parent = parents.get(unit)
    while parent is not None:
        if parent in seen:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def _refusal(problems: Sequence[RowProblem], name: str) -> InputError:
    shown = ";".join(map(str, problems[:SHOWN]))
    more = f";另有{len(problems) - SHOWN}处" if len(problems) > SHOWN else ""
    return InputError(
        f"单位表有{len(problems)}处有误,未导入任何单位:{shown}{more}", name, "请修改后重新导入"
    )


def _placed(units: Sequence[Unit]) -> list[Unit]:
    """Units with the code and name of the prefecture above them, as far as the file tells."""
    by_code = {each.code: each for each in units}
    return [_with_region(each, by_code) for each in units]


def _with_region(unit: Unit, by_code: Mapping[str, Unit]) -> Unit:
    above: Unit | None = unit
    while above is not None and above.level is not Level.PREFECTURE:
        above = by_code.get(above.parent_code or "")
    if above is None:
        return replace(unit, region=region_of(unit.code))
    return replace(unit, region=above.code, region_name=unit.region_name or above.region_name)


def region_of(unit_code: str) -> str:
    """The code of the prefecture's organ by the division code (GB/T 2260), '' for the province's.

    The divisions directly under a province (90xx) are prefectures of their own here.
    """
    if unit_code[2:4] == "00":
        return ""
    if unit_code[2:4] == "90":
        return f"{unit_code[:6]}000000"
    return f"{unit_code[:4]}00000000"
