"""WCI 14.2 as the publisher's page has it now: reads .70, 在看 .09, 点赞 .06, 转发 .15."""

from typing import Final

from monitor.score.index import DAYS, INDICES, POSTS, Index, Inputs
from monitor.score.measured import Floats
from monitor.score.wci import LIKES, READS, SHARES, WOWS, late

TERMS: Final = (
    (0.70, 1.0, READS),
    (0.09, 10.0, WOWS),
    (0.06, 10.0, LIKES),
    (0.15, 10.0, SHARES),
)


def formula(x: Inputs) -> Floats:
    """Squared, times 1.2, times 10; the headline part is per day."""
    return late(x, TERMS, (0.60, 0.20, 0.10, 0.10)) * 1.2 * 10


INDICES.add(
    "WCI 14.2 含转发",
    Index(
        "WCI 14.2 含转发",
        "A",
        "发布者现行页面的公式文字,无公布算例;与不含转发的数值不可混用",
        (*READS, *WOWS, *LIKES, *SHARES, POSTS, DAYS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
