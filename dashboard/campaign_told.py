"""协同·告知: who was told of a campaign, when, by what, what came of it; texts to hand on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say
from dashboard.form_sheet import once
from monitor.actions import campaign_handing, campaign_messages
from monitor.domain.notice import Outcome, What
from monitor.domain.person import Permission
from monitor.domain.robot import ROBOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.domain.person import Person
    from monitor.record.screens.campaigns import Line
    from monitor.record.screens.telling import Message
    from monitor.record.store import Store

    Act = Callable[[Store, Person, int, Sent], None]

COLUMNS: Final = ("告知谁", "事项", "账号数", "方式", "时间", "结果")
CHANNELS: Final = {
    "": "转告",
    "email": "邮件",
    **{name: f"{title}机器人" for name, title in ROBOTS.items()},
}
NOBODY: Final = "未登记联系人的单位"
GROUP: Final = "工作群"
"""A 催办语 somebody copied is to no person."""
TONES: Final = {
    Outcome.SENT: "正常",
    Outcome.HANDED: "正常",
    Outcome.FAILED: "失败",
    Outcome.WITHDRAWN: "不纳入",
}
LOOK: Final = (
    "“未知”的消息发出后没有等到回执，系统不会自行重发，以免群里重复："
    "请到群里看是否收到，再选“已送达”或“重发”。"
)
UNSETTLED: Final = frozenset({Outcome.UNKNOWN, Outcome.FAILED})
NOTE: Final = (
    "没有登记邮箱的人、没有登记联系人的单位，请复制文本，由工作群或电话转告，转告后按“已转告”。"
)


def show(visit: Visit, line: Line) -> None:
    """The messages, the newest first, and below them what must be handed on by hand."""
    found = data.read(visit, data.telling.messages, visit.now, line.kept.id)
    if not found:
        markup.show(markup.empty("还没有告知任何人", ("下达时告知各账号的联系人和市州。",)))
        return
    counted = Counter(each.outcome for each in found)
    told = " · ".join(f"{each}{counted[each]}" for each in Outcome if counted[each])
    markup.show(markup.note(told))
    markup.show(markup.table(COLUMNS, [_row(each) for each in found]))
    if visit.may(Permission.CAMPAIGN):
        _settle(visit, [each for each in found if each.outcome in UNSETTLED])
    _paste(visit, [each for each in found if each.outcome is Outcome.PASTE])


def _row(each: Message) -> tuple[Cell, ...]:
    after = f"{each.handed_by}转告" if each.handed_by else each.error
    if each.leaves_at is not None and each.leaves_at > each.at:
        after = f"{say.short(each.leaves_at)}发送"
    return (
        _name(each),
        each.what,
        f"{each.tasks:,}" if each.tasks else say.NONE,
        CHANNELS.get(each.channel, each.channel),
        markup.whole(say.short(each.at)),
        markup.joined(
            markup.badge(TONES.get(each.outcome, "提醒"), each.outcome.value), markup.faint(after)
        ),
    )


def _settle(visit: Visit, found: Sequence[Message]) -> None:
    """What did not surely arrive: somebody looks into the group, and says what then."""
    if not found:
        return
    st.subheader("请核实", anchor=False)
    markup.show(markup.note(LOOK))
    for each in found:
        with st.expander(f"{_name(each)} · {each.what}：{each.outcome}", expanded=len(found) == 1):
            if each.text:
                st.code(each.text, language=None, wrap_lines=True)
            left, right = st.columns(2)
            if left.button("已送达", key=f"told-{each.id}-arrived"):
                _say(visit, each, campaign_messages.arrived, "arrived")
            if right.button("重发", key=f"told-{each.id}-again"):
                _say(visit, each, campaign_messages.again, "again")


def _say(visit: Visit, each: Message, act: Act, part: str) -> None:
    if once(f"told-{each.id}", lambda sent: act(visit.store, visit.person, each.id, sent), part):
        st.rerun()


def _name(each: Message) -> str:
    if each.name:
        return each.name
    if each.outcome is Outcome.HANDED and each.what == What.REMIND:
        return GROUP
    return "已撤下的机器人" if each.channel in ROBOTS else NOBODY


def _many(each: Message) -> str:
    return f"（{each.tasks}个账号）" if each.tasks else ""


def _paste(visit: Visit, texts: Sequence[Message]) -> None:
    if not texts:
        return
    st.subheader("请转告", anchor=False)
    markup.show(markup.note(NOTE))
    for each in texts:
        with st.expander(f"{_name(each)} · {each.what}{_many(each)}"):
            st.code(each.text, language=None, wrap_lines=True)
            if may_hand(visit) and st.button("已转告", key=f"told-{each.id}-handed"):
                _say(visit, each, campaign_handing.handed, "handed")


def may_hand(visit: Visit) -> bool:
    """Whether the visitor may say that a text was handed on."""
    return visit.may(Permission.CAMPAIGN) or visit.may(Permission.CAMPAIGN_TASK)
