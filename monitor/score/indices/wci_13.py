"""WCI 13, lists from July 2017: reads .85, 在看 .15; overall, per article and headline .30 each."""

from typing import Final

from monitor.score.index import DAYS, INDICES, POSTS, Index, Inputs
from monitor.score.measured import Floats
from monitor.score.wci import READS, WOWS, late

TERMS: Final = ((0.85, 1.0, READS), (0.15, 10.0, WOWS))


def formula(x: Inputs) -> Floats:
    """Squared, times 10."""
    return late(x, TERMS, (0.30, 0.30, 0.30, 0.10)) * 10


INDICES.add(
    "WCI 13",
    Index(
        "WCI 13",
        "B",
        "两个独立的公开实现一致,无公布算例",
        (*READS, *WOWS, POSTS, DAYS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
