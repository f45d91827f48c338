"""WCI 14.2, its first form: reads .85, 在看 .09, 点赞 .06, no shares."""

from typing import Final

from monitor.score.index import DAYS, INDICES, POSTS, Index, Inputs
from monitor.score.measured import Floats
from monitor.score.wci import LIKES, READS, WOWS, late

TERMS: Final = ((0.85, 1.0, READS), (0.09, 10.0, WOWS), (0.06, 10.0, LIKES))


def formula(x: Inputs) -> Floats:
    """Squared, times 1.2, times 10."""
    return late(x, TERMS, (0.60, 0.20, 0.10, 0.10)) * 1.2 * 10


INDICES.add(
    "WCI 14.2 不含转发",
    Index(
        "WCI 14.2 不含转发",
        "B",
        "同标14.2的较早形式,两个公开实现一致,无公布算例;与含转发的数值不可混用",
        (*READS, *WOWS, *LIKES, POSTS, DAYS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
