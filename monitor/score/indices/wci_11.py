"""WCI 11: as 2.0, with ten times the likes inside every logarithm."""

import numpy as np

from monitor.score.index import INDICES, POSTS, Index, Inputs
from monitor.score.measured import Floats
from monitor.score.wci import early


def formula(x: Inputs, mean_decimals: int | None = None) -> Floats:
    """Totals, not per day; over one day it is the same as version 12."""
    return early(x, 10.0, np.ones_like(x[POSTS]), mean_decimals)


INDICES.add(
    "WCI 11",
    Index(
        "WCI 11",
        "A",
        "单日口径与12版相同,复现公布的两条日记录;多日口径无公布算例",
        ("阅读数", "最高阅读数", "在看数", "最高在看数", POSTS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
