"""What the unit reported of an account, and hints where that differs from what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, markup, say
from dashboard.markup import Html
from monitor.domain.iso_week import say_week

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.reporting import Told

NOTE = "提示只说明两处来源不同，请再看一眼主页核对；不是对填报单位的认定。"


def show(visit: Visit, account_id: int) -> None:
    """The last weeks' lines; nothing where the unit was never asked."""
    told = data.read(visit, data.reporting.told, visit.now, account_id)
    if not told:
        return
    st.subheader("单位填报", anchor=False)
    columns = ("周次", "本周发布数", "最近一条", "停更原因", "留言(收到/回复)", "备注", "提示")
    markup.show(markup.table(columns, [_row(each) for each in told]))
    if any(each.hints for each in told):
        markup.show(markup.note(NOTE))


def _row(each: Told) -> list[str | Html]:
    line = each.line
    newest = say.published(line.newest_from, line.newest_until)
    linked = markup.link(newest, line.url, outside=True) if each.linked else markup.faint(newest)
    beside = "单位自认" if each.linked else "自报"
    messages = f"{say.number(line.received)} / {say.number(line.replied)}"
    hints = [
        markup.joined(markup.badge("提醒", hint.label), markup.faint(hint.text))
        for hint in each.hints
    ]
    return [
        markup.joined(say_week(line.week), markup.faint(f"提交于 {say.moment(each.at)}")),
        say.number(line.posts, "篇"),
        markup.joined(linked, markup.faint(beside)),
        line.reason.value if line.reason else say.NONE,
        messages,
        line.remark or say.NONE,
        markup.joined(*hints) if hints else say.NONE,
    ]
