"""How far places can be trusted 排名稳定性: weights, data and methods are varied, places counted.

Nothing here changes a score. Every draw weighs the lines anew, drops some of what was measured, and
puts the units in order again by the scheme's own rules; a place that moves is an interval.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from monitor.score import rank
from monitor.score.assess import Assessment
from monitor.score.measured import Floats, Places
from monitor.score.trial import Field, dropped, field, order, totals, weights

LOW: Final = 0.05
HIGH: Final = 0.95
NOTHING: Final = np.empty(0, np.intp)


@dataclass(frozen=True, slots=True)
class Draws:
    """How much is tried: each weight up to `spread` of itself away, each measurement missing with
    the chance `missing`, `number` times."""

    number: int = 1000
    spread: float = 0.25
    missing: float = 0.05


def places(tried: Field, rng: np.random.Generator, draws: Draws) -> npt.NDArray[np.float32]:
    """(who x draws) places within each group; NaN for who has no total in a draw."""
    found = np.empty((draws.number, tried.size), np.float32)
    cells = tried.share.size
    for number, points in enumerate(weights(rng, tried.points, draws.number, draws.spread)):
        found[number] = order(tried, totals(tried, points, dropped(rng, cells, draws.missing)))
    return np.ascontiguousarray(found.T)


def interval(found: npt.NDArray[np.float32]) -> tuple[Floats, Floats]:
    """参考位次区间: between the 5th and the 95th of a hundred draws, whole places, outwards."""
    last = found.shape[1] - 1
    low, high = int(np.floor(LOW * last)), int(np.ceil(HIGH * last))
    ordered = np.partition(found, (low, high), axis=1)
    return ordered[:, low].astype(float), ordered[:, high].astype(float)


def left_out(tried: Field) -> Floats:
    """(lines x who) places with one line after the other left out."""
    found = np.empty((len(tried.points), tried.size))
    for number in range(len(tried.points)):
        there = tried.there.copy()
        there[:, number] = 0.0
        without = replace(tried, there=there, share=tried.share * there)
        found[number] = order(tried, totals(without, tried.points, NOTHING))
    return found


def by_percentile(tried: Field) -> Floats:
    """Places where every line is scored by the place among the peers instead of by its method."""
    found = np.zeros_like(tried.share)
    for number in range(len(tried.points)):
        known = tried.there[:, number] > 0
        by = pd.Series(np.where(known, tried.share[:, number], np.nan)).groupby(tried.groups)
        place, peers = by.rank(), by.transform("count")
        share: Floats = ((place - 1) / np.maximum(peers - 1, 1)).to_numpy(float)
        found[:, number] = np.nan_to_num(share)
    return order(tried, totals(replace(tried, share=found), tried.points, NOTHING))


def stability(
    assessment: Assessment, rng: np.random.Generator, draws: Draws | None = None
) -> pd.DataFrame:
    """One row per unit with a total: unit, group, place, low, high (its interval), tier (并列档
    within the group, from 1), shift (mean places moved), out_low, out_high (one line left out),
    line (the id of that whose absence moves it most), percentile (its place by the other method).

    The interval always holds the published place. The same generator gives the same frame.
    """
    tried = field(assessment)
    drawn = places(tried, rng, draws or Draws())
    own = rank.places(assessment.totals).to_numpy(float)
    low, high = interval(drawn)
    out = left_out(tried)
    ids = np.array([each.id for each in assessment.scheme.indicators()], object)
    moved = np.abs(out - own)
    low, high = np.fmin(low, own), np.fmax(high, own)
    found = pd.DataFrame(
        {
            "unit": assessment.totals["unit"],
            "group": assessment.totals["group"],
            "place": own,
            "low": low,
            "high": high,
            "tier": _tiers(tried.groups, low, high),
            "shift": np.abs(drawn - own[:, None]).mean(axis=1),
            "out_low": out.min(axis=0),
            "out_high": out.max(axis=0),
            "line": np.where(np.nan_to_num(moved).max(axis=0) > 0, ids[_most(moved)], ""),
            "percentile": by_percentile(tried),
        }
    )
    return found[tried.ranked].reset_index(drop=True)


def _most(moved: Floats) -> Places:
    found: Places = np.argmax(np.nan_to_num(moved), axis=0).astype(np.intp)
    return found


def _tiers(groups: Places, low: Floats, high: Floats) -> Places:
    found = np.zeros(len(low), np.intp)
    for number in np.unique(groups):
        mine = np.flatnonzero(groups == number)
        found[mine] = rank.tie_groups(low[mine], high[mine])
    return found
