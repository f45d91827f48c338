"""NRI, a list publisher's index of WeChat accounts: each number on a scale up to 1000."""

import numpy as np

from monitor.score.index import DAYS, INDICES, POSTS, Index, Inputs, ln
from monitor.score.measured import Floats


def formula(x: Inputs) -> Floats:
    """.75 reads, .10 reads an article, .05 each the highest, the headlines' reads and the likes."""
    days = x[DAYS]
    return (
        0.75 * _scale(x["阅读数"], 800_000 * days)
        + 0.05 * _scale(x["最高阅读数"], np.full_like(days, 100_000))
        + 0.10 * _scale(x["阅读数"] / x[POSTS], np.full_like(days, 100_000))
        + 0.05 * _scale(x["头条阅读数"], 100_000 * days)
        + 0.05 * _scale(x["点赞数"], 80_000 * days)
    )


def _scale(value: Floats, most: Floats) -> Floats:
    return 1000 * ln(value) / ln(most)


INDICES.add(
    "NRI",
    Index(
        "NRI",
        "C",
        "只有一个公开实现,天数的含义系推断,发布者文件未见;无公布算例",
        ("阅读数", "最高阅读数", "头条阅读数", "点赞数", POSTS, DAYS),
        formula,
        by_post=True,
        platform="wechat",
    ),
)
