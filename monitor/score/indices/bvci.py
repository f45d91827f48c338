"""BVCI of bilibili, 2.0: plays and comments are per day, as its definition (not its label) says."""

from monitor.score.index import DAYS, INDICES, Index, Inputs, ln
from monitor.score.measured import Floats


def formula(x: Inputs) -> Floats:
    """Videos .15, plays .25, comments .30, followers .18, followers gained .12; times 100."""
    found = (
        0.15 * ln(x["作品数"])
        + 0.25 * ln(x["播放数"] / x[DAYS])
        + 0.30 * ln(x["评论数"] / x[DAYS])
        + 0.18 * ln(x["粉丝数"])
        + 0.12 * ln(x["粉丝净增数"])
    )
    return found * 100


INDICES.add(
    "BVCI",
    Index(
        "BVCI",
        "A",
        "发布者页面的公式文字;页面名为“视频平均”而定义为除以天数,按定义计;无公布算例",
        (DAYS, "作品数", "播放数", "评论数", "粉丝数", "粉丝净增数"),
        formula,
        platform="bilibili",
    ),
)
