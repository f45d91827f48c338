"""WCI 2.0, of 2014 and 2015: reproduces the one worked example that was published."""

import numpy as np

from monitor.score.index import INDICES, POSTS, Index, Inputs
from monitor.score.measured import Floats
from monitor.score.wci import early


def formula(x: Inputs, mean_decimals: int | None = None) -> Floats:
    """(.80 of the reads' logs + .20 of the likes') squared, times 10; totals, not per day."""
    return early(x, 1.0, np.ones_like(x[POSTS]), mean_decimals)


INDICES.add(
    "WCI 2.0",
    Index(
        "WCI 2.0",
        "A",
        "按发布者公式,复现其公布的算例411.4875079",
        ("阅读数", "最高阅读数", "在看数", "最高在看数", POSTS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
