"""BCI of Weibo: how much is posted .20, what comes back .80, times 160; totals, not per day."""

from typing import Final

from monitor.score.index import INDICES, Index, Inputs, ln
from monitor.score.measured import Floats

INPUTS: Final = (
    "作品数",
    "原创作品数",
    "分享数",
    "评论数",
    "原创分享数",
    "原创评论数",
    "点赞数",
)


def formula(x: Inputs) -> Floats:
    """The weights of what comes back sum to 1 with .20 for comments."""
    posted = 0.30 * ln(x["作品数"]) + 0.70 * ln(x["原创作品数"])
    back = (
        0.20 * ln(x["分享数"])
        + 0.20 * ln(x["评论数"])
        + 0.25 * ln(x["原创分享数"])
        + 0.25 * ln(x["原创评论数"])
        + 0.10 * ln(x["点赞数"])
    )
    return (0.20 * posted + 0.80 * back) * 160


INDICES.add(
    "BCI",
    Index(
        "BCI",
        "C",
        "一个公开实现,其一处明显笔误已按权重合计为1更正;无公布算例",
        INPUTS,
        formula,
        platform="weibo",
    ),
)
