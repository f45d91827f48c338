"""From the rows of a unit's accounts to one value a line, or to why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from monitor.domain.scheme import Absent, Cause, Indicator, Pool, Status
from monitor.score.catalogue import MEASUREMENTS
from monitor.score.measured import CAUSES, Bools, Codes, Floats, Places, Rows

STATUSES: Final = tuple(Status)
NORMAL, NOT_APPLICABLE, FEW, SYSTEM, FLOOR = range(len(STATUSES))
BY_CAUSE: Final = (
    (Cause.SYSTEM, SYSTEM),
    (Cause.UNIT, SYSTEM),
    (Cause.FEW, FEW),
    (Cause.NOT_APPLICABLE, NOT_APPLICABLE),
)
"""What a line is where none of its rows can be used, the first cause found; a unit that was not
asked in writing long enough is not at fault."""
HELD: Final = CAUSES.index(Cause.UNIT)
VOID: Final = CAUSES.index(Cause.VOID)
INAPPLICABLE: Final = CAUSES.index(Cause.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line for all who are scored: arrays of their number.

    `status` are positions in `STATUSES`. `worth` is False where nothing is evidenced, so that the
    line has no points whatever its method says of `raw`. `coverage` is the mean share of the
    period that was seen, over all accounts the line asks after, those nobody could read too.
    """

    raw: Floats
    status: Codes
    worth: Bools
    numerator: Floats
    denominator: Floats
    samples: Floats
    coverage: Floats
    carried: Floats
    self_reported: Floats


def pooled(rows: Rows | None, size: int, line: Indicator, asked_days: float) -> Line:
    """The line of an indicator for `size` who are scored; without rows it is nobody's fault."""
    if rows is None or not len(rows.who):
        return _nothing(size)
    held = (rows.cause == HELD) & (rows.numbers["asked"] >= asked_days)
    void = rows.cause == VOID
    used = (rows.cause < 0) | held | void
    there = _any(rows.who, used, size)
    mine = rows.only(used)
    raw = _value(line, mine, rows, size)
    numerator, denominator = _sum(mine, "numerator", size), _sum(mine, "denominator", size)
    samples = _first(_sum(mine, "samples", size), denominator)
    status = np.where(there, NORMAL, _why_not(rows, size)).astype(np.int8)
    voided = _any(rows.who, void, size)
    status[there & (_any(rows.who, held, size) | voided)] = FLOOR
    status[(status == NORMAL) & np.isnan(raw)] = _empty(line, denominator, status, raw)
    enough = np.nan_to_num(samples) >= line.least
    status[(status == NORMAL) & ~enough] = STATUSES.index(line.few)
    lowest = _lowest(mine, "coverage", size)
    status[(status == NORMAL) & (lowest < line.least_coverage)] = SYSTEM
    return Line(
        raw=raw,
        status=status,
        worth=~voided & ~np.isnan(raw),
        numerator=numerator,
        denominator=denominator,
        samples=samples,
        coverage=_seen(rows, size),
        carried=np.nan_to_num(_sum(mine, "carried", size)),
        self_reported=_weighted(mine, size),
    )


def counted(rows: Rows | None, size: int) -> Floats:
    """What is counted for deductions, bonus and gates: 0 where nothing is known of it. A rate is
    pooled, everything else is a sum."""
    if rows is None:
        return np.zeros(size)
    mine = rows.only(rows.cause < 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = _sum(mine, "numerator", size) / _sum(mine, "denominator", size)
    return np.nan_to_num(_first(_sum(mine, "value", size), rate), posinf=0.0)


def _nothing(size: int) -> Line:
    nan = np.full(size, np.nan)
    status = np.full(size, SYSTEM, np.int8)
    none = np.zeros(size, bool)
    return Line(nan, status, none, nan, nan, nan, nan, np.zeros(size), nan)


def _value(line: Indicator, mine: Rows, every: Rows, size: int) -> Floats:
    """The pooled value; where a row of a unit at fault says nothing it counts as nothing done."""
    known = MEASUREMENTS.get(line.measure)
    if not (known and known.lower_is_better):
        mine = _filled(mine)
    if line.pool is Pool.PLATFORMS:
        return _by_platform(line, mine, every, size)
    found = POOLS[line.pool](mine, size)
    if line.empty_is_zero:
        found[np.isnan(found) & (_sum(mine, "denominator", size) == 0)] = 0.0
    return found


def _filled(rows: Rows) -> Rows:
    silent = (rows.cause == HELD) & np.isnan(rows.numbers["value"])
    silent &= np.isnan(rows.numbers["numerator"])
    if not silent.any():
        return rows
    value = np.where(silent, 0.0, rows.numbers["value"])
    return Rows(rows.who, rows.cause, {**rows.numbers, "value": value}, rows.texts)


def _ratio(rows: Rows, size: int) -> Floats:
    """Pooled numerators over pooled denominators; the mean where there are values only."""
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = _sum(rows, "numerator", size) / _sum(rows, "denominator", size)
    rate[~np.isfinite(rate)] = np.nan
    known = ~np.isnan(_sum(rows, "denominator", size))
    return np.where(known, rate, _mean(rows, size))


def _mean(rows: Rows, size: int) -> Floats:
    values = _own(rows)
    good = ~np.isnan(values)
    total = np.bincount(rows.who[good], values[good], size)
    count = np.bincount(rows.who[good], minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return total / count


def _median(rows: Rows, size: int) -> Floats:
    found = pd.Series(_own(rows)).groupby(rows.who).median()
    return np.asarray(found.reindex(range(size)), float)


def _total(rows: Rows, size: int) -> Floats:
    return _first(_sum(rows, "value", size), _sum(rows, "numerator", size))


POOLS: Final[Mapping[Pool, Callable[[Rows, int], Floats]]] = MappingProxyType(
    {Pool.RATIO: _ratio, Pool.SUM: _total, Pool.MEAN: _mean, Pool.MEDIAN: _median}
)


def _by_platform(line: Indicator, mine: Rows, every: Rows, size: int) -> Floats:
    """The weighted mean over platforms; one not read for a reason of ours is left out, one without
    an account is as the scheme says."""
    total, weights = np.zeros(size), np.zeros(size)
    for name, weight in line.platforms.items():
        here = mine.only((mine.texts["platform"] == name).to_numpy(bool))
        value = _ratio(here, size)
        known = ~np.isnan(value)
        total += np.where(known, np.nan_to_num(value), 0.0) * weight
        unread = _any(every.who, (every.texts["platform"] == name).to_numpy(bool), size) & ~known
        absent = (~known & ~unread) if line.absent is Absent.ZERO else np.zeros(size, bool)
        weights += np.where(known | absent, weight, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return total / weights


def _own(rows: Rows) -> Floats:
    """Each row's own value, a rate where it has one."""
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = rows.numbers["numerator"] / rows.numbers["denominator"]
    rate[~np.isfinite(rate)] = np.nan
    return _first(rows.numbers["value"], rate)


def _empty(line: Indicator, denominator: Floats, status: Codes, raw: Floats) -> Codes:
    """A rate of nothing does not apply; a value nobody gave is missing by nobody's fault."""
    where = (status == NORMAL) & np.isnan(raw)
    return np.where(denominator[where] == 0, NOT_APPLICABLE, SYSTEM).astype(np.int8)


def _why_not(rows: Rows, size: int) -> Codes:
    found = np.full(size, SYSTEM, np.int8)
    for cause, status in reversed(BY_CAUSE):
        found[_any(rows.who, rows.cause == CAUSES.index(cause), size)] = status
    return found


def _any(who: Places, mask: Bools, size: int) -> Bools:
    found = np.zeros(size, bool)
    found[who[mask]] = True
    return found


def _sum(rows: Rows, name: str, size: int) -> Floats:
    """Sums, NaN where no row says anything."""
    values = rows.numbers[name]
    good = ~np.isnan(values)
    total = np.bincount(rows.who[good], values[good], size).astype(float)
    total[~_any(rows.who, good, size)] = np.nan
    return total


def _seen(rows: Rows, size: int) -> Floats:
    asked = rows.only(rows.cause != INAPPLICABLE)
    count = np.bincount(asked.who[~np.isnan(asked.numbers["coverage"])], minlength=size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _sum(asked, "coverage", size) / count


def _lowest(rows: Rows, name: str, size: int) -> Floats:
    found = np.full(size, np.inf)
    np.fmin.at(found, rows.who, rows.numbers[name])
    found[np.isinf(found)] = np.nan
    return found


def _weighted(rows: Rows, size: int) -> Floats:
    """The share that is self-reported: the rows' own, weighted by what they rest on."""
    weight = np.nan_to_num(_first(rows.numbers["samples"], rows.numbers["denominator"]), nan=1.0)
    share = np.nan_to_num(rows.numbers["self_reported"])
    total = np.bincount(rows.who, weight, size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.bincount(rows.who, weight * share, size) / total


def _first(one: Floats, other: Floats) -> Floats:
    return np.where(np.isnan(one), other, one)
