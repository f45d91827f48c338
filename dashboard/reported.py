"""What the unit reported of an account, and hints where that differs from what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, links, markup, say
from dashboard.markup import Html
from monitor.domain.iso_week import say_week

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.domain.disagreement import Hint
    from monitor.record.screens.disagreeing import Differing
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


def differing(visit: Visit, week: str) -> None:
    """The accounts of the visitor's scope whose report differs from what was seen; else nothing."""
    found = data.read(visit, data.disagreeing.differing, visit.now, week)
    if not found:
        return
    with st.expander(f"填报与所见不一致的提示：{len(found)}个账号"):
        markup.show(markup.note(NOTE))
        columns = ("账号", "主办单位", "填报", "提交时间", "提示")
        rows = [_differing(each) for each in found]
        markup.show(markup.table(columns, rows, lesser={"提交时间"}))


def _differing(each: Differing) -> list[str | Html]:
    name = markup.link(each.name, links.account(each.account_id))
    return [
        markup.joined(name, markup.faint(say.platform(each.platform))),
        markup.joined(each.unit_name, markup.faint(each.region_name)),
        markup.joined(
            f"本周{say.number(each.posts, '篇')}", markup.faint(say.published(*each.newest))
        ),
        say.moment(each.at),
        _hints(each.hints),
    ]


def _hints(found: tuple[Hint, ...]) -> Html:
    return markup.joined(
        *(
            markup.joined(markup.badge("提醒", hint.label), markup.faint(hint.text))
            for hint in found
        )
    )


def _row(each: Told) -> list[str | Html]:
    line = each.line
    newest = say.published(line.newest_from, line.newest_until)
    linked = markup.link(newest, line.url, outside=True) if each.linked else markup.faint(newest)
    beside = "单位自认" if each.linked else "自报"
    messages = f"{say.number(line.received)} / {say.number(line.replied)}"
    return [
        markup.joined(say_week(line.week), markup.faint(f"提交于 {say.moment(each.at)}")),
        say.number(line.posts, "篇"),
        markup.joined(linked, markup.faint(beside)),
        line.reason.value if line.reason else say.NONE,
        messages,
        line.remark or say.NONE,
        _hints(each.hints) if each.hints else say.NONE,
    ]
