"""Deductions, bonus, gates and grades: from points to a total, and what bounds it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from monitor.domain.scheme import Gate, Item, Scheme
from monitor.score.measured import Bools, Floats, Rows
from monitor.score.pool import counted

NUDGE = 1e-9
"""What a sum of decimals may miss by and still be rounded up."""


@dataclass(frozen=True, slots=True)
class Tally:
    """For all who are scored: points taken away, what a bonus may add, and what gates do.

    `ceiling` is the least cap (inf: none), `fixed` a forced total (NaN: none), `fails` an outright
    failure; `best` the number of the best grade within reach. `counts` holds points by id.
    """

    deducted: Floats
    offered: Floats
    ceiling: Floats
    fixed: Floats
    fails: Bools
    best: Floats
    counts: Mapping[str, Floats]
    reasons: tuple[tuple[str, Bools], ...]


def tally(scheme: Scheme, rows: Mapping[str, Rows], size: int) -> Tally:
    """All that is counted beside the lines; what nothing is known of is held against nobody."""
    items = {each.id: _points(each, rows, size) for each in scheme.deductions}
    extras = {each.id: _points(each, rows, size) for each in scheme.bonus.items}
    struck = [(gate, counted(rows.get(gate.measure), size) > gate.over) for gate in scheme.gates]
    deducted = sum(items.values(), np.zeros(size))
    offered = sum(extras.values(), np.zeros(size))
    return Tally(
        deducted=np.minimum(deducted, scheme.most_deducted),
        offered=np.minimum(offered, scheme.bonus.most),
        ceiling=_ceiling(struck, size),
        fixed=_fixed(struck, size),
        fails=_any([hit for gate, hit in struck if gate.fails], size),
        best=_best(scheme, struck, size),
        counts=items | extras,
        reasons=tuple((_reason(gate), hit) for gate, hit in struck),
    )


def _points(item: Item, rows: Mapping[str, Rows], size: int) -> Floats:
    return np.clip(counted(rows.get(item.measure), size) * item.each, 0.0, item.most)


def _ceiling(struck: list[tuple[Gate, Bools]], size: int) -> Floats:
    found = np.full(size, np.inf)
    for gate, hit in struck:
        if gate.cap is not None:
            found = np.where(hit, np.minimum(found, gate.cap), found)
    return found


def _fixed(struck: list[tuple[Gate, Bools]], size: int) -> Floats:
    """The forced total; the lowest where several force one."""
    found = np.full(size, np.nan)
    for gate, hit in struck:
        if gate.fixed is not None:
            found = np.where(hit, np.fmin(found, gate.fixed), found)
    return found


def _best(scheme: Scheme, struck: list[tuple[Gate, Bools]], size: int) -> Floats:
    names = [each.name for each in scheme.grades]
    found = np.zeros(size)
    for gate, hit in struck:
        if gate.bars:
            found = np.where(hit, np.maximum(found, names.index(gate.bars) + 1), found)
    return found


def _any(hits: list[Bools], size: int) -> Bools:
    return np.logical_or.reduce(hits) if hits else np.zeros(size, bool)


def _reason(gate: Gate) -> str:
    if gate.cap is not None:
        return f"{gate.name}:总分不超过{gate.cap:g}"
    if gate.fixed is not None:
        return f"{gate.name}:总分记{gate.fixed:g}"
    return f"{gate.name}:不合格" if gate.fails else f"{gate.name}:不评{gate.bars}"


def bonus(scheme: Scheme, after: Floats, offered: Floats) -> Floats:
    """What is added: only for who has more than the scheme asks before it."""
    return np.where(after > scheme.bonus.opens_above, offered, 0.0)


def bounded(total: Floats, found: Tally) -> Floats:
    """The total under its gates; NaN (no points at all) for who fails outright."""
    known = ~np.isnan(total)
    total = np.minimum(total, found.ceiling)
    total = np.where(known & ~np.isnan(found.fixed), found.fixed, total)
    return np.where(found.fails, np.nan, total)


def rounded(values: Floats, decimals: int) -> Floats:
    """Half up, as people round on paper."""
    scale = 10.0**decimals
    found: Floats = np.floor(values * scale + 0.5 + NUDGE) / scale
    return found


def grades(scheme: Scheme, total: Floats, found: Tally) -> list[str]:
    """The grade of each total as it is printed; '' where there is none to be had."""
    if not scheme.grades:
        return [""] * len(total)
    floors = np.array([each.at_least for each in scheme.grades])
    last = len(floors) - 1
    reached = (total[:, None] < floors[None, :] - NUDGE).sum(axis=1)
    number = np.clip(np.maximum(reached, found.best), 0, last).astype(int)
    number = np.where(found.fails, last, number)
    known = ~np.isnan(total) | found.fails
    names = [each.name for each in scheme.grades]
    return [names[n] if good else "" for n, good in zip(number, known, strict=True)]
