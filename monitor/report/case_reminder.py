"""整改提醒: all that one person has to see to, in one message, and a text for the group."""

from collections.abc import Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.case_matter import Matter
from monitor.domain.instants import shanghai
from monitor.domain.letter import Letter
from monitor.report import group_text

FOOT: Final = "已办请忽略。"


def compose(matters: Sequence[Matter], desk_url: str) -> Letter:
    """One message with everything, what is latest first. Nothing in it judges anybody."""
    ordered = sorted(matters, key=lambda each: (each.left, each.number))
    over = sum(each.left < 0 for each in ordered)
    subject = f"整改提醒:{len(ordered)}件" + (f",其中逾期{over}件" if over else "")
    lines = [f"{place}){_line(each)}" for place, each in enumerate(ordered, 1)]
    where = f"办理:{desk_url}/cases?tab=mine"
    text = "\n".join([f"{subject}。", *lines, where, FOOT])
    return Letter(subject, text + "\n", group_text=group(ordered))


def group(matters: Sequence[Matter]) -> str:
    """At most 450 characters; a matter stands whole or is counted among the rest."""
    lines = [
        f"@{each.unit_name} {each.number}“{each.account}”{left(each.left)};" for each in matters
    ]
    return group_text.listing(f"【整改提醒】{len(matters)}件:", lines, "件", FOOT)


def left(days: int) -> str:
    """`剩2个工作日`, `今日到期`, `逾期3个工作日`."""
    if days < 0:
        return f"逾期{-days}个工作日"
    return f"剩{days}个工作日" if days else "今日到期"


def _line(each: Matter) -> str:
    due = shanghai(each.due_at)
    platform = PLATFORMS.get(each.platform, each.platform)
    return (
        f"{each.number} {each.unit_name}“{each.account}”{platform}:{each.problems};"
        f"在{each.holder},{due.month}月{due.day}日到期,{left(each.left)}({each.step})"
    )
