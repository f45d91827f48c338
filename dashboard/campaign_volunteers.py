"""协同·自愿参与: officers' own accounts that were invited, who was told, and inviting others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, page, say
from dashboard.form_sheet import once
from monitor.actions import volunteering
from monitor.domain.campaign import State
from monitor.domain.volunteer import SPARED, Reply
from monitor.report import wording

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.record.screens.campaigns import Line
    from monitor.record.screens.volunteering import Volunteer

COLUMNS: Final = ("账号", "主办单位", "邀请", "已告知", "本人答复")
APART: Final = (
    "民警个人账号单列在这里：不计入应发、已发和任何比率，不催办，"
    "不看是否发布，不进看板、复盘和导出。"
)
NOBODY: Final = "还没有邀请民警个人账号"
TODO: Final = "两项文书都在有效期内的账号才能邀请；由保管文书的联络员单独转告本人。"


def show(visit: Visit, line: Line) -> None:
    """Who was invited and told; and, while it may be done, inviting others."""
    markup.show(markup.note(f"{wording.NOTE_VOLUNTARY}{APART}"))
    found = data.read(visit, data.volunteering.invited, visit.now, line.kept.id)
    if found:
        markup.show(markup.table(COLUMNS, [_row(line, each) for each in found]))
    else:
        markup.show(markup.empty(NOBODY, (TODO,)))
    if line.kept.state in (State.DRAFT, State.UNDER_WAY) and not line.stopped:
        _invite(visit, line)


def _row(line: Line, each: Volunteer) -> tuple[Cell, ...]:
    kept = each.kept
    told = "、".join(each.told_to) or "待转告"
    if kept.told_at is None:
        told = "下达时告知" if line.kept.state is State.DRAFT else say.NONE
    said = "请告知本人暂不发布" if each.stopped and kept.reply is Reply.JOINS else ""
    return (
        markup.joined(each.name, markup.faint(say.platform(each.platform))),
        each.unit_name,
        markup.whole(say.short(kept.invited_at)),
        markup.joined(told, markup.faint(say.short(kept.told_at) if kept.told_at else "")),
        markup.joined(kept.reply.value, markup.faint(said)),
    )


def _invite(visit: Visit, line: Line) -> None:
    if line.kept.content.kind in SPARED:
        return
    able = data.read(visit, data.volunteering.candidates, visit.now, line.kept.id)
    names = {
        each.account_id: f"{each.unit_name}“{each.name}”({say.platform(each.platform)})"
        for each in able
    }
    if not names:
        markup.show(
            markup.note("没有可以邀请的民警个人账号：两项文书须都在有效期内，已邀请过的不再邀请。")
        )
        return
    form = f"volunteers-{line.kept.id}"
    with st.form(form, border=False):
        chosen = st.multiselect(
            "邀请民警个人账号",
            list(names),
            format_func=lambda each: names[each],
            placeholder="可选多个",
        )
        pressed = st.form_submit_button("邀请")
    if pressed and once(
        form,
        lambda sent: volunteering.invite(
            visit.store, visit.person, line.kept.id, chosen, sent, page.house()
        ),
    ):
        st.rerun()
