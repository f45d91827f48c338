"""Peer groups 分组 and kinds of units, read strictly from their data sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.domain.assessed import Listed
from monitor.domain.errors import InputError
from monitor.domain.sheet import Part
from monitor.domain.unit import Level

MOST_PEOPLE = 100_000.0


@dataclass(frozen=True, slots=True)
class Peers:
    """The group and the kind of units by code; `bands` are (at least so many 10,000 people, name),
    the highest first, for counties whose `population` was filled in; `headcount` is how many people
    a unit has, where an office compares by heads."""

    groups: Mapping[str, str]
    kinds: Mapping[str, str]
    bands: tuple[tuple[float, str], ...]
    population: Mapping[str, float]
    headcount: Mapping[str, float] = field(default_factory=dict)

    def placed(self, roster: Iterable[Listed]) -> list[Listed]:
        """The roster with kinds and groups; who is named in no group is compared by level."""
        return [
            replace(
                each,
                kind=self.kinds.get(each.unit, ""),
                peers=self._group(each),
                headcount=self.headcount.get(each.unit),
            )
            for each in roster
        ]

    def _group(self, unit: Listed) -> str:
        people = self.population.get(unit.unit)
        if unit.unit in self.groups:
            return self.groups[unit.unit]
        if unit.level == Level.COUNTY.value and people is not None:
            return next((name for least, name in self.bands if people >= least), unit.level)
        return unit.level


def parse(mapping: Mapping[str, Any], where: str, lines: Mapping[str, int]) -> Peers:
    """The groups a sheet describes; InputError names line and item."""
    sheet = Part(mapping, "", where, lines)
    sheet.whole("version", 1, 1_000_000)
    sheet.text("source")
    sheet.rank()
    bands = [(part.number("at_least", 0, MOST_PEOPLE), part.text("name")) for part in _bands(sheet)]
    found = Peers(
        _by_code(sheet, "peers"),
        _by_code(sheet, "kinds"),
        tuple(sorted(bands, reverse=True)),
        _numbers(sheet, "population", "万人"),
        _numbers(sheet, "headcount", "人"),
    )
    sheet.done()
    return found


def _numbers(sheet: Part, name: str, symbol: str) -> dict[str, float]:
    """A number for each code of unit."""
    given = sheet.raw(name) or {}
    for code, number in given.items():
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise sheet.wrong(f"{name}.{code}", f"应为数({symbol})")
    return {str(code): float(number) for code, number in given.items()}


def _bands(sheet: Part) -> Iterable[Part]:
    return sheet.parts("bands", optional=True)


def _by_code(sheet: Part, key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, codes in (sheet.raw(key) or {}).items():
        for code in codes:
            if code in found:
                raise InputError(f"机构代码{code}写在两个组里", f"{sheet.where} {key}", "只留一处")
            found[str(code)] = name
    return found
