"""协同·告知: who was told of a campaign, when, by what, what came of it; texts to hand on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say
from monitor.domain.notice import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.record.screens.campaigns import Line
    from monitor.record.screens.telling import Message

COLUMNS: Final = ("告知谁", "事项", "账号数", "方式", "时间", "结果")
CHANNELS: Final = {"": "转告", "email": "邮件"}
NOBODY: Final = "未登记联系人的单位"
TONES: Final = {Outcome.SENT: "正常", Outcome.FAILED: "失败", Outcome.WITHDRAWN: "不纳入"}
NOTE: Final = "没有登记邮箱的人、没有登记联系人的单位，请复制文本，由工作群或电话转告。"


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
    _paste([each for each in found if each.text])


def _row(each: Message) -> tuple[Cell, ...]:
    after = each.error
    if each.leaves_at is not None and each.leaves_at > each.at:
        after = f"{say.short(each.leaves_at)}发送"
    return (
        each.name or NOBODY,
        each.what,
        f"{each.tasks:,}",
        CHANNELS.get(each.channel, each.channel),
        markup.whole(say.short(each.at)),
        markup.joined(
            markup.badge(TONES.get(each.outcome, "提醒"), each.outcome.value), markup.faint(after)
        ),
    )


def _paste(texts: Sequence[Message]) -> None:
    if not texts:
        return
    st.subheader("请转告", anchor=False)
    markup.show(markup.note(NOTE))
    for each in texts:
        with st.expander(f"{each.name or NOBODY} · {each.what}（{each.tasks}个账号）"):
            st.code(each.text, language=None, wrap_lines=True)
