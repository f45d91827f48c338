"""From accounts to their unit, and from counties to the prefecture above them."""

import numpy as np
import pandas as pd

from monitor.domain.scheme import Rollup
from monitor.score.measured import Bools, Floats, Places


def children(roster: pd.DataFrame, rule: Rollup | None) -> list[tuple[int, Places]]:
    """(position of a unit that is rolled up, positions of those below it)."""
    if rule is None:
        return []
    above = roster["level"].isin(rule.levels).to_numpy(bool)
    below = roster["level"].isin(rule.below_levels).to_numpy(bool)
    parents = pd.Series(roster["parent"].to_numpy()[below], index=np.flatnonzero(below))
    found = []
    for position in np.flatnonzero(above):
        mine = parents.index[parents == roster["unit"].iloc[int(position)]]
        if len(mine):
            found.append((int(position), mine.to_numpy(np.intp)))
    return found


def medians(totals: Floats, families: list[tuple[int, Places]]) -> Floats:
    """The median total of those below each unit; NaN where there are none with a total."""
    found = np.full(len(totals), np.nan)
    for position, mine in families:
        known = totals[mine][~np.isnan(totals[mine])]
        if len(known):
            found[position] = np.median(known)
    return found


def rolled(own: Floats, below: Floats, rule: Rollup | None) -> Floats:
    """Both together; all its own where there is nothing below, nothing where it has none itself."""
    if rule is None:
        return own
    both = (own * rule.own + below * rule.below) / 100
    return np.where(np.isnan(below), own, both)


def of_accounts(values: Floats, unit: Places, size: int) -> Floats:
    """The mean over each unit's accounts, those without a value left out."""
    known: Bools = ~np.isnan(values)
    total = np.bincount(unit[known], values[known], size)
    count = np.bincount(unit[known], minlength=size)
    found = np.full(size, np.nan)
    np.divide(total, count, where=count > 0, out=found)
    return found
