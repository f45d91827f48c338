"""权重试算: the totals of a result under other points of its lines, all that was measured kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from monitor.domain.assessed import Total
from monitor.domain.scheme import Spread, Status
from monitor.report import raising
from monitor.report.scorecard import Sheet

LEAST: Final = 0.0


@dataclass(frozen=True, slots=True)
class Reweighed:
    """A unit's total before and after, and its place in its group (1 the best; level share it)."""

    unit: str
    name: str
    group: str
    before: float
    after: float
    place_before: int
    place_after: int


def tried(sheet: Sheet, points: Mapping[str, float]) -> list[Reweighed]:
    """Every unit with a total, by group and code; `points` are those of some lines by id, the
    others keep theirs. The whole is scaled back to the scheme's full points."""
    most = _scaled(sheet, points)
    finals = {each.unit: each.final for each in sheet.totals if each.final is not None}
    own = {each.unit: _own(sheet, each, most) for each in sheet.totals if each.unit in finals}
    after = {unit: _rolled(sheet, unit, own) for unit in own}
    return [
        Reweighed(
            each.unit,
            sheet.name(each.unit),
            each.peers,
            finals[each.unit] or 0.0,
            sheet.rounded(after[each.unit]) or 0.0,
            _place(sheet, each, {unit: value or 0.0 for unit, value in finals.items()}),
            _place(sheet, each, {unit: sheet.rounded(v) or 0.0 for unit, v in after.items()}),
        )
        for each in sorted(sheet.totals, key=lambda each: (each.peers, each.unit))
        if each.unit in after
    ]


def _scaled(sheet: Sheet, points: Mapping[str, float]) -> dict[str, float]:
    most = {line.id: points.get(line.id, line.max) for line in sheet.scheme.indicators()}
    whole = sum(most.values())
    factor = sheet.scheme.full / whole if whole > LEAST else 0.0
    return {line: value * factor for line, value in most.items()}


def _own(sheet: Sheet, total: Total, most: Mapping[str, float]) -> float:
    """Base points under other maxima, then deductions, bonus and caps as ever."""
    base = _evenly if sheet.scheme.missing.spread is Spread.EVEN else _proportionally
    made = raising.made_of(sheet, total)
    return raising.final_of(
        sheet.scheme, replace(made, base=base(sheet, total.unit, most), below=None)
    )


def _shares(sheet: Sheet, unit: str) -> dict[str, float]:
    """The share of the points each scored line has."""
    return {
        line.indicator: line.share
        for line in sheet.of_unit.get(unit, ())
        if line.share is not None and Status(line.status).counts
    }


def _proportionally(sheet: Sheet, unit: str, most: Mapping[str, float]) -> float:
    shares, got, alive = _shares(sheet, unit), 0.0, 0.0
    for section in sheet.scheme.sections:
        ids = [line.id for line in section.indicators]
        whole = sum(most[each] for each in ids)
        present = sum(most[each] for each in ids if each in shares)
        if present > LEAST:
            points = sum(most[each] * shares[each] for each in ids if each in shares)
            got += points / present * whole
            alive += whole
    return got / alive * sheet.scheme.full if alive > LEAST else 0.0


def _evenly(sheet: Sheet, unit: str, most: Mapping[str, float]) -> float:
    shares = {line: each for line, each in _shares(sheet, unit).items() if most[line] > LEAST}
    missing = sum(value for line, value in most.items() if line not in shares)
    more = missing / len(shares) if shares else 0.0
    return sum((most[line] + more) * each for line, each in shares.items())


def _rolled(sheet: Sheet, unit: str, own: Mapping[str, float]) -> float:
    """With the median of those below, for who is scored so."""
    total, rollup = sheet.of(unit), sheet.scheme.rollup
    if total is None or rollup is None or total.below is None:
        return own[unit]
    below = [
        own[each.unit]
        for each in sheet.roster
        if each.parent == unit and each.level in rollup.below_levels and each.unit in own
    ]
    if not below:
        return own[unit]
    mixed = (own[unit] * rollup.own + median(below) * rollup.below) / 100
    return raising.bounded_of(sheet, total, mixed)


def _place(sheet: Sheet, total: Total, finals: Mapping[str, float]) -> int:
    mine = finals[total.unit]
    return 1 + sum(
        finals[each.unit] > mine
        for each in sheet.totals
        if each.peers == total.peers and each.unit in finals
    )
