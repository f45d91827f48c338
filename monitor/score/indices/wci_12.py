"""WCI 12, of 2016 and 2017: as 11, with totals per day."""

from monitor.score.index import DAYS, INDICES, POSTS, Index, Inputs
from monitor.score.measured import Floats
from monitor.score.wci import early


def formula(x: Inputs, mean_decimals: int | None = None) -> Floats:
    """`mean_decimals` 1 is what the publisher did: it fed means rounded to one decimal."""
    return early(x, 10.0, x[DAYS], mean_decimals)


INDICES.add(
    "WCI 12",
    Index(
        "WCI 12",
        "A",
        "单日口径复现公布的两条日记录(812.0233948、813.61526088,篇均取一位小数);多日口径仅据文字,为B",
        ("阅读数", "最高阅读数", "在看数", "最高在看数", POSTS, DAYS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
