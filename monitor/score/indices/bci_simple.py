"""BCI in the simple form registered as data property in 2024; not the older publisher's."""

from monitor.score.index import INDICES, Index, Inputs, ln
from monitor.score.measured import Floats


def formula(x: Inputs) -> Floats:
    """Posts .20; reposts .40, comments .40 and likes .20 make the other .80; times 160."""
    back = 0.40 * ln(x["分享数"]) + 0.40 * ln(x["评论数"]) + 0.20 * ln(x["点赞数"])
    return (0.20 * ln(x["作品数"]) + 0.80 * back) * 160


INDICES.add(
    "BCI 简式",
    Index(
        "BCI 简式",
        "A",
        "数据知识产权登记公示的公式文字,无公布算例",
        ("作品数", "分享数", "评论数", "点赞数"),
        formula,
        platform="weibo",
    ),
)
