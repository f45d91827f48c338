"""What would raise a unit's score most: the total gone through again with one thing put right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Final

from monitor.domain.assessed import Line, Total
from monitor.domain.scheme import Method, Scheme, Status
from monitor.report import scorecard
from monitor.report.scorecard import Sheet

LEAST: Final = 0.005
"""Less than this is nothing that would be printed."""
TO_SHARE: Final = frozenset({Method.TARGET, Method.LINEAR, Method.MINMAX})


@dataclass(frozen=True, slots=True)
class Raise:
    """One thing that could be put right: `gain` is by how much the total would rise, all else the
    same; `how` says what it takes."""

    id: str
    name: str
    gain: float
    how: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a unit's total is made of, as the engine has it."""

    base: float
    deducted: float
    offered: float
    below: float | None
    own_share: float
    cap: float = inf
    forced: float | None = None


def of(sheet: Sheet, total: Total) -> list[Raise]:
    """All that would raise a unit's total, the most first; empty where it has none.

    A total that is capped is raised by nothing but what caps it: that is said first.
    """
    if total.base is None or total.final is None:
        return []
    before = made_of(sheet, total)
    now = final_of(sheet.scheme, before)
    found = [*_uncapped(sheet, total, before, now), *_lines(sheet, total, before, now)]
    found += _deductions(sheet, total, before, now)
    return sorted((each for each in found if each.gain > LEAST), key=lambda each: -each.gain)


def made_of(sheet: Sheet, total: Total) -> Made:
    """What a unit's total is made of."""
    scheme, rollup = sheet.scheme, sheet.scheme.rollup
    taken = {each.id for each in scheme.deductions}
    mine = sheet.counted.get(total.unit, ())
    bonus = sum(each.points for each in mine if each.item not in taken)
    listed = sheet.listed.get(total.unit)
    rolls = rollup is not None and listed is not None and listed.level in rollup.levels
    below = total.below if rolls else None
    return Made(
        base=total.base or 0.0,
        deducted=total.deducted or 0.0,
        offered=min(bonus, scheme.bonus.most),
        below=below,
        own_share=1.0 if below is None or rollup is None else rollup.own / 100,
        cap=min(_bounds(scheme, total, "cap"), default=inf),
        forced=min(_bounds(scheme, total, "fixed"), default=None),
    )


def _bounds(scheme: Scheme, total: Total, name: str) -> list[float]:
    """The caps, or forced totals, of the gates that struck."""
    hit = (getattr(gate, name) for gate in scheme.gates if gate.name in total.reason)
    return [each for each in hit if each is not None]


def final_of(scheme: Scheme, made: Made) -> float:
    """The exact total: deductions, bonus for who has enough, caps, and what is below."""
    after = max(0.0, made.base - made.deducted)
    own = after + (made.offered if after > scheme.bonus.opens_above else 0.0)
    own = _bounded(own, made)
    if made.below is None:
        return own
    return _bounded(made.own_share * own + (1 - made.own_share) * made.below, made)


def bounded_of(sheet: Sheet, whole: Total, total: float) -> float:
    """A total under the gates that struck a unit."""
    return _bounded(total, made_of(sheet, whole))


def _bounded(total: float, made: Made) -> float:
    return min(total, made.cap) if made.forced is None else made.forced


def _uncapped(sheet: Sheet, total: Total, made: Made, now: float) -> Iterator[Raise]:
    if made.cap == inf and made.forced is None:
        return
    gain = final_of(sheet.scheme, replace(made, cap=inf, forced=None)) - now
    yield Raise("", "解除封顶", gain, f"{total.reason};问题消除后下一周期不再封顶")


def _lines(sheet: Sheet, total: Total, made: Made, now: float) -> Iterator[Raise]:
    for line in sheet.of_unit.get(total.unit, ()):
        if line.points is None or not Status(line.status).counts or line.account is not None:
            continue
        better = replace(made, base=made.base + line.adjusted - line.points)
        gain = final_of(sheet.scheme, better) - now
        yield Raise(line.indicator, line.name, gain, _needed(sheet, line))


def _deductions(sheet: Sheet, total: Total, made: Made, now: float) -> Iterator[Raise]:
    taken = {each.id for each in sheet.scheme.deductions}
    mine = [each for each in sheet.counted.get(total.unit, ()) if each.item in taken]
    whole = sum(-each.points for each in mine)
    for each in mine:
        left = min(sheet.scheme.most_deducted, whole + each.points)
        gain = final_of(sheet.scheme, replace(made, deducted=left)) - now
        yield Raise(each.item, each.name, gain, "消除后不再扣分")


def _needed(sheet: Sheet, line: Line) -> str:
    """What it takes to have all points of a line, in things to be counted where it is a rate."""
    indicator = sheet.indicators.get(line.indicator)
    if Status(line.status) is Status.FLOOR:
        return "补齐所缺数据和佐证"
    full, sign = scorecard.full_at(indicator), sheet.symbol(line)
    if full is None or indicator is None:
        return "见计分办法"
    said = f"{scorecard.in_symbol(full, sign):g}{sign}"
    now = scorecard.in_symbol(line.raw, sign, 1)
    if not line.denominator or line.numerator is None or indicator.scoring.method not in TO_SHARE:
        return f"现为{now:g}{sign},达到{said}得满分" if now is not None else f"达到{said}得满分"
    more = ceil(full * line.denominator - line.numerator - scorecard.NUDGE)
    whole = f"{line.numerator:g}/{line.denominator:g}"
    return f"现为{now:g}{sign}({whole}),再有{max(more, 1)}个达到要求即满{said}"
