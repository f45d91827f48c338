"""All lines of a scheme for all who are scored: value, share, status and points, as matrices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from monitor.domain.scheme import Indicator, Item, Pool, Scheme
from monitor.score.catalogue import MEASUREMENTS, brought, reviewed
from monitor.score.measured import Bools, Codes, Floats, Places, Rows
from monitor.score.normalise import shares
from monitor.score.pool import FEW, FLOOR, NORMAL, NOT_APPLICABLE, Line, pooled
from monitor.score.spread import adjusted


@dataclass(frozen=True, slots=True)
class Scored:
    """Who x lines: `share` of the line's points (0 where it is not scored), `status`, the maximum
    once weights are spread (`adjusted`) and `points` = share x adjusted. `texts` is what the rows
    say for people, by line: a frame of who, sources, note."""

    lines: tuple[Line, ...]
    share: Floats
    status: Codes
    adjusted: Floats
    points: Floats
    texts: tuple[pd.DataFrame, ...]

    @property
    def counts(self) -> Bools:
        """Which lines have points of their own."""
        found: Bools = (self.status == NORMAL) | (self.status == FLOOR)
        return found


def scored(scheme: Scheme, rows: Mapping[str, Rows], who: pd.DataFrame, groups: Places) -> Scored:
    """Every line of the scheme for everybody in `who` (columns unit, kind, headcount)."""
    indicators = tuple(scheme.indicators())
    found = [_line(scheme, each, rows, who) for each in indicators]
    share, status = [], []
    for each, line in zip(indicators, found, strict=True):
        part, code = _granted(each, rows, *_share(each, line, groups))
        share.append(part)
        status.append(code)
    matrix, codes = np.column_stack(share), np.column_stack(status)
    points = adjusted(scheme, (codes == NORMAL) | (codes == FLOOR))
    texts = tuple(_texts(each, rows) for each in indicators)
    return Scored(tuple(found), matrix, codes, points, matrix * points, texts)


def _granted(
    indicator: Indicator, rows: Mapping[str, Rows], share: Floats, status: Codes
) -> tuple[Floats, Codes]:
    """Where an objection was upheld the points it was granted, whatever was measured."""
    found = rows.get(reviewed(indicator.id))
    if found is None or indicator.max <= 0:
        return share, status
    share, status = share.copy(), status.copy()
    share[found.who] = np.clip(found.numbers["value"] / indicator.max, 0.0, 1.0)
    status[found.who] = NORMAL
    return share, status


def _share(indicator: Indicator, line: Line, groups: Places) -> tuple[Floats, Codes]:
    """The share, and the status where there turn out to be too few peers to compare with."""
    raw = np.where((line.status == NORMAL) | (line.status == FLOOR), line.raw, np.nan)
    found = shares(indicator, raw, line.carried, groups)
    status = line.status.copy()
    status[(status == NORMAL) & np.isnan(found)] = FEW
    return np.where((status == FLOOR) & ~line.worth, 0.0, np.nan_to_num(found)), status


def _line(scheme: Scheme, each: Indicator, rows: Mapping[str, Rows], who: pd.DataFrame) -> Line:
    size, days = len(who), scheme.missing.asked_days
    if each.items:
        line = _counted([_of_item(each, item) for item in each.items], each, rows, (size, days))
    else:
        line = pooled(rows.get(each.measure), size, each, days)
    if each.carries:
        line = replace(line, carried=line.carried + _brought(rows.get(brought(each.id)), size))
    if each.per_head:
        line = _per_head(line, who["headcount"].to_numpy(float))
    if each.only:
        status = np.where(who["kind"].isin(each.only), line.status, NOT_APPLICABLE)
        line = replace(line, status=status.astype(np.int8))
    return line


def _brought(rows: Rows | None, size: int) -> Floats:
    """What was left undone in the last period, nought where nothing is known of one."""
    if rows is None:
        return np.zeros(size)
    return np.bincount(rows.who, np.nan_to_num(rows.numbers["carried"]), size).astype(float)


def _of_item(each: Indicator, item: Item) -> Indicator:
    known = MEASUREMENTS.get(item.measure)
    return replace(each, measure=item.measure, items=(), pool=known.pool if known else Pool.SUM)


def _counted(
    each: Sequence[Indicator],
    line: Indicator,
    rows: Mapping[str, Rows],
    about: tuple[int, float],
) -> Line:
    """Several things counted into one line: its value is their points; what is not known of one of
    them is not known of the line."""
    size, days = about
    found = [pooled(rows.get(one.measure), size, one, days) for one in each]
    raw = np.zeros(size)
    status = np.full(size, NORMAL, np.int8)
    worth = np.ones(size, bool)
    for item, one in zip(line.items, found, strict=True):
        raw = raw + np.clip(one.raw * item.each, 0.0, item.most)
        worse = np.isin(status, (NORMAL, FLOOR)) & (one.status != NORMAL)
        status = np.where(worse, one.status, status).astype(np.int8)
        worth &= one.worth
    return replace(found[0], raw=raw, status=status, worth=worth)


def _per_head(line: Line, headcount: Floats) -> Line:
    """For each head of the unit's establishment; a unit without one cannot be compared so."""
    known = headcount > 0
    raw = np.divide(line.raw, headcount, where=known, out=np.full_like(line.raw, np.nan))
    status = np.where(known, line.status, NOT_APPLICABLE).astype(np.int8)
    return replace(line, raw=raw, denominator=headcount, status=status)


def _texts(each: Indicator, rows: Mapping[str, Rows]) -> pd.DataFrame:
    """Who, sources and note of the rows of a line that say anything."""
    found = [
        rows[key].texts[["sources", "note"]].assign(who=rows[key].who)
        for key in (*each.measures, reviewed(each.id), brought(each.id))
        if key in rows
    ]
    return pd.concat(found) if found else pd.DataFrame({"sources": [], "note": [], "who": []})
