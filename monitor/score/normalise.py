"""From a value to a share of the points of its line: one function a method, on whole columns."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from monitor.domain.scheme import Indicator, Method, Scoring
from monitor.score.catalogue import MEASUREMENTS
from monitor.score.measured import Floats, Places


def shares(line: Indicator, raw: Floats, carried: Floats, groups: Places) -> Floats:
    """The share of the line's points for each value: 0 to 1, NaN where the value is.

    `groups` are peer groups by number. Only 原值 (an index that counts as it stands) may exceed 1.
    """
    scoring = line.scoring
    if scoring.method in (Method.PERCENTILE, Method.RANKED):
        known = MEASUREMENTS.get(line.measure)
        better = -raw if known and known.lower_is_better else raw
        return AMONG_PEERS[scoring.method](scoring, better, groups)
    if scoring.method is Method.TASK:
        return _task(scoring, raw, carried)
    if scoring.method in BY_POINTS:
        return _by_points(line, raw)
    return ALONE[scoring.method](scoring, raw)


def _target(scoring: Scoring, raw: Floats) -> Floats:
    return np.clip(raw / scoring.numbers["target"], 0.0, 1.0)


def _linear(scoring: Scoring, raw: Floats) -> Floats:
    """From the low share at `low_at` to all of it at `full_at`, level outside; either direction."""
    low, full, least = (scoring.numbers[name] for name in ("low_at", "full_at", "low_share"))
    return least + (1 - least) * np.clip((raw - low) / (full - low), 0.0, 1.0)


def _bands(scoring: Scoring, raw: Floats) -> Floats:
    """The share of the best band reached; under the last of them nothing."""
    value = -raw if scoring.numbers["down"] else raw
    found = np.where(np.isnan(value), np.nan, 0.0)
    for floor, share in reversed(scoring.bands):
        found = np.where(value >= floor, share, found)
    return found


def _min_max(scoring: Scoring, raw: Floats) -> Floats:
    """Between bounds that are fixed: one viral post rescales nobody."""
    low, high = scoring.numbers["low"], scoring.numbers["high"]
    return np.clip((raw - low) / (high - low), 0.0, 1.0)


def _log(scoring: Scoring, raw: Floats) -> Floats:
    full = np.log1p(scoring.numbers["full_at"])
    found: Floats = np.clip(np.log1p(np.maximum(raw, 0.0)) / full, 0.0, 1.0)
    return found


def _task(scoring: Scoring, raw: Floats, carried: Floats) -> Floats:
    """All of it less the shortfall, so many times over; what was left undone before is owed too."""
    owed = scoring.numbers["target"] + carried
    return np.clip(1 - scoring.numbers["multiple"] * np.maximum(0.0, 1 - raw / owed), 0.0, 1.0)


def shortfall(line: Indicator, raw: Floats, carried: Floats) -> Floats:
    """What is carried over to the next period; NaN for other methods and unknown values."""
    if line.scoring.method is not Method.TASK:
        return np.full(len(raw), np.nan)
    return np.maximum(0.0, line.scoring.numbers["target"] + carried - raw)


def _by_points(line: Indicator, raw: Floats) -> Floats:
    """So many points a unit, up to the line's maximum; or taken away from it, down to nothing."""
    numbers = line.scoring.numbers
    if not line.max:
        return np.where(np.isnan(raw), np.nan, 0.0)
    each = 1.0 if line.items else numbers.get("each", 0.0)
    share = each * raw / line.max
    if line.scoring.method is Method.PERCENT:
        share = each * (raw - numbers["base"]) * 100 / line.max
    if line.scoring.method is Method.DEDUCT:
        share = 1 - share
    if line.scoring.method is Method.PLAIN:
        return numbers["weight"] * raw / line.max
    return np.clip(share, 0.0, 1.0)


def _percentile(scoring: Scoring, better: Floats, groups: Places) -> Floats:
    """(place from below - 1) / (peers - 1), ties in the middle; NaN among too few peers."""
    by = pd.Series(better).groupby(groups)
    place, peers = by.rank(method="average").to_numpy(float), by.transform("count").to_numpy(float)
    enough = peers >= max(2.0, scoring.numbers["least_peers"])
    return np.where(enough, (place - 1) / np.maximum(peers - 1, 1.0), np.nan)


def _ranked(scoring: Scoring, better: Floats, groups: Places) -> Floats:
    """Points by place among the peers; who is level has the better place."""
    place = pd.Series(-better).groupby(groups).rank(method="min").to_numpy(float)
    found = np.where(np.isnan(place), np.nan, 0.0)
    for number, share in scoring.bands:
        found = np.where(place == number, share, found)
    return found


ALONE: Final[Mapping[Method, Callable[[Scoring, Floats], Floats]]] = MappingProxyType(
    {
        Method.TARGET: _target,
        Method.LINEAR: _linear,
        Method.BANDS: _bands,
        Method.MINMAX: _min_max,
        Method.LOG: _log,
    }
)
AMONG_PEERS: Final[Mapping[Method, Callable[[Scoring, Floats, Places], Floats]]] = MappingProxyType(
    {Method.PERCENTILE: _percentile, Method.RANKED: _ranked}
)
BY_POINTS: Final = frozenset({Method.EACH, Method.PERCENT, Method.DEDUCT, Method.PLAIN})
