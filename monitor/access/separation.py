"""Separation: nobody approves one's own item; what leaves 省厅 or 市州 takes different people."""

from collections.abc import Iterable


def fault(drafter: int, acting: Iterable[int], others: Iterable[int], *, distinct: bool) -> str:
    """Why somebody may not approve, as a Chinese sentence; '' where he may.

    `acting` are the one who acts and the one he stands in for; `others` those who decided before at
    the stages that must be different people, which counts only where `distinct`.
    """
    mine = frozenset(acting)
    if drafter in mine:
        return "不能审批本人拟稿的内容"
    if distinct and mine & frozenset(others):
        return "审核、审签、签发须由不同的人办理,您已在前一环节签过"
    return ""
