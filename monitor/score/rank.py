"""Places, and which of them the data cannot tell apart: 并列档 and 参考位次区间."""

import numpy as np
import pandas as pd

from monitor.score.measured import Floats, Places


def places(totals: pd.DataFrame) -> pd.Series:
    """The place of each unit within its group by `final`, level totals sharing the better one; NaN
    where there is no total."""
    return totals.groupby("group")["final"].rank(method="min", ascending=False)


def tie_groups(places_low: Floats, places_high: Floats) -> Places:
    """Numbers of tie groups 并列档 from 1 (the best), 0 for who has no interval.

    Intervals of places that overlap, directly or through others, are one group: between groups, and
    only there, the order is supported by the data.
    """
    found = np.zeros(len(places_low), np.intp)
    known = np.flatnonzero(~np.isnan(places_low))
    order = known[np.lexsort((places_high[known], places_low[known]))]
    number, reach = 0, -np.inf
    for each in order:
        if places_low[each] > reach:
            number += 1
        reach = max(reach, places_high[each])
        found[each] = number
    return found
