"""DCI of Douyin: its last bracket is quoted in two ways, so there are two, named by it."""

from functools import partial
from typing import Final

from monitor.score.index import INDICES, Index, Inputs, ln
from monitor.score.measured import Floats

INPUTS: Final = ("作品数", "点赞数", "评论数", "分享数", "粉丝净增数", "粉丝数")


def heat(x: Inputs) -> Floats:
    """The bracket of what comes back: likes .17, comments .37, shares .46."""
    return 0.17 * ln(x["点赞数"]) + 0.37 * ln(x["评论数"]) + 0.46 * ln(x["分享数"])


def formula(x: Inputs, new: float) -> Floats:
    """`new` is the weight of followers gained in the last bracket, the rest that of all followers:
    one source says .89, another .11; it is not settled."""
    growth = new * ln(x["粉丝净增数"]) + (1 - new) * ln(x["粉丝数"])
    return (0.10 * ln(x["作品数"]) + 0.76 * heat(x) + 0.14 * growth) * 100


def _add(key: str, new: float, said: str) -> None:
    INDICES.add(key, Index(key, "C", said, INPUTS, partial(formula, new=new), platform="douyin"))


_add(
    "DCI 新增89",
    0.89,
    "前两项两个公开实现一致;成长项取新增0.89,来源自称引用原公式,另一来源相反,未定",
)
_add("DCI 新增11", 0.11, "前两项两个公开实现一致;成长项取新增0.11,另一来源相反,未定")
