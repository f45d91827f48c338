"""授权提醒: all authorisations that run out in somebody's reach, in one message."""

from collections.abc import Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import shanghai
from monitor.domain.letter import Letter
from monitor.domain.runway import Notice
from monitor.report import group_text

FOOT: Final = "已重新授权的请忽略。"
BY_HAND: Final = "由系统管理员重新登记密钥"


def compose(notices: Sequence[Notice], desk_url: str) -> Letter:
    """One message, what ends first on top; the links are for the accounts' own operators."""
    ordered = sorted(notices, key=lambda each: (each.ending.expires_at, each.ending.name))
    subject = f"数据读取授权即将到期:{len(ordered)}项"
    lines = [f"{place}){_line(each)}" for place, each in enumerate(ordered, 1)]
    how = "请账号管理员打开对应链接,在平台页面上同意;每个链接只管一个账号,到期日失效。"
    where = f"全部授权:{desk_url}/authorising"
    text = "\n".join([f"{subject}。", *lines, how, where, FOOT])
    return Letter(subject, text + "\n", group_text=group(ordered))


def group(notices: Sequence[Notice]) -> str:
    """At most 450 characters, no link in it: those are for one operator each."""
    head = f"【授权到期提醒】{len(notices)}项:"
    lines = [
        f"@{each.ending.unit_name or '系统管理员'} {_name(each)}{left(each.left)};"
        for each in notices
    ]
    return group_text.listing(head, lines, "项", f"请按收到的链接重新授权。{FOOT}")


def left(days: int) -> str:
    """`剩5天`, `不足1天`."""
    return f"剩{days}天" if days else "不足1天"


def _name(each: Notice) -> str:
    title = PLATFORMS.get(each.ending.platform, each.ending.platform)
    return f"“{each.ending.name}”{title}" if each.ending.name else f"应用密钥({each.ending.reader})"


def _line(each: Notice) -> str:
    due = shanghai(each.ending.expires_at)
    when = f"{due.month}月{due.day}日{due:%H:%M}到期,{left(each.left)}"
    return f"{each.ending.unit_name}{_name(each)},{when}:{each.link or BY_HAND}"
