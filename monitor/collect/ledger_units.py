"""Whose account it is: the unit a ledger row means, by its code, else by its name."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from monitor.collect.files.values import plain
from monitor.collect.ledger_columns import CODE, UNIT
from monitor.collect.ledger_rows import LedgerRow
from monitor.domain.loading import RowProblem
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit


class Units:
    """The registry of units, by everything a ledger may call them."""

    def __init__(self, units: Sequence[Unit], within: Scope | None = None) -> None:
        self._by_code = {each.code: each for each in units}
        self._by_name: dict[str, list[Unit]] = {}
        for each in units:
            self._by_name.setdefault(plain(each.name), []).append(each)
        self._cities = {plain(each.region_name) for each in units if each.region_name}
        self._within = within
        self.codes = frozenset(each.code for each in units if within is None or _in(each, within))

    def holds(self, code: str) -> bool:
        """Whether the file speaks for the unit of that code."""
        return self._within is None or code in self.codes

    def find(self, row: LedgerRow) -> Unit | RowProblem:
        """The unit of a row, or why it cannot be told, or may not be told by this file."""
        city = self._city(row.sheet)
        unit = self._find(row if row.city or not city else replace(row, city=city))
        if isinstance(unit, RowProblem):
            return unit
        if not self.holds(unit.code):
            return _problem(row, UNIT, "本表范围内的单位;其他单位的账号请由该单位或上级填报")
        if city and unit.region_name and plain(unit.region_name) != city:
            place = unit.region_name
            return _problem(row, UNIT, f"工作表“{row.sheet}”所写市州的单位(该单位属于{place})")
        return unit

    def _city(self, sheet: str) -> str:
        """The city a sheet is named after: 荆州, 荆州市, 荆州市公安局台账; '' where none."""
        name = plain(sheet).removesuffix("台账").removesuffix("公安局")
        found = [
            each for each in self._cities if name in {each, each[:-1], each.removesuffix("自治州")}
        ]
        return found[0] if len(found) == 1 and name else ""

    def _find(self, row: LedgerRow) -> Unit | RowProblem:
        named = self._by_name.get(plain(row.unit_name), [])
        if row.unit_code:
            return self._by_its_code(row, named)
        if len(named) > 1:
            named = [each for each in named if self.holds(each.code)] or named
        if len(named) > 1:
            named = [each for each in named if _lies_in(each, row)] or named
        if len(named) == 1:
            return named[0]
        if named:
            codes = "、".join(each.code for each in named)
            return _problem(row, UNIT, f"唯一的单位,同名单位有{len(named)}个,请填机构代码:{codes}")
        near = get_close_matches(row.unit_name, [u.name for u in self._by_code.values()], 1)
        hint = f",是否为“{near[0]}”" if near else ""
        return _problem(row, UNIT, f"单位库中已有的单位{hint};新单位请先导入单位")

    def name(self, code: str) -> str:
        """What the unit of that code is called."""
        unit = self._by_code.get(code)
        return unit.name if unit is not None else code

    def _by_its_code(self, row: LedgerRow, named: Sequence[Unit]) -> Unit | RowProblem:
        unit = self._by_code.get(row.unit_code)
        if unit is None:
            return _problem(row, CODE, "单位库中已有的机构代码;新单位请先导入单位")
        if named and unit not in named:
            return _problem(
                row, CODE, f"与主办单位一致的代码(该代码是“{unit.name}”,不是“{row.unit_name}”)"
            )
        return unit


def _in(unit: Unit, scope: Scope) -> bool:
    return (unit.line in scope.lines) or any(unit.path.startswith(each) for each in scope.paths)


def _lies_in(unit: Unit, row: LedgerRow) -> bool:
    """True where nothing the row says of its place speaks against the unit."""
    places = ((row.city, unit.region_name), (row.county, unit.county_name))
    return all(not said or plain(said) in plain(known) for said, known in places)


def _problem(row: LedgerRow, column: str, expected: str) -> RowProblem:
    value = row.unit_code if column == CODE else row.unit_name
    return RowProblem(row.sheet, row.row, column, value, expected)
