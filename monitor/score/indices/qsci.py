"""QSCI of QQ accounts, 1.0: the printed total repeats the reads; the table's own terms are used."""

from monitor.score.index import DAYS, INDICES, Index, Inputs, ln
from monitor.score.measured import Floats


def formula(x: Inputs) -> Floats:
    """Activity .25 of articles, articles a day and pushes (ten times, inside the logs); spread .75
    of reads, comments and likes; no factor outside."""
    activity = (
        0.40 * ln(x["作品数"], 10)
        + 0.45 * ln(x["作品数"] / x[DAYS], 10)
        + 0.15 * ln(x["推送次数"], 10)
    )
    spread = 0.45 * ln(x["阅读数"]) + 0.40 * ln(x["评论数"]) + 0.15 * ln(x["点赞数"])
    return 0.25 * activity + 0.75 * spread


INDICES.add(
    "QSCI",
    Index(
        "QSCI",
        "A",
        "发布者页面的公式文字;总式三项误印为同一项,按其指标表计;无公布算例",
        ("作品数", "推送次数", "阅读数", "评论数", "点赞数", DAYS),
        formula,
        platform="qq",
    ),
)
