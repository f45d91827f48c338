"""群机器人: the groups' robots that speak for 协同发声, entered, tried and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, page, say
from dashboard.form_sheet import once
from dashboard.page import SETTINGS, Visit
from monitor.actions import robots as actions
from monitor.actions.robots import Entered
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from monitor.record.screens.robots import Listed

COLUMNS: Final = ("单位", "种类", "名称", "地址尾号", "最近测试")
SAID: Final = "robots_said"
NOTE: Final = (
    "机器人向所在的群发送本单位及下级单位的协同任务。地址和密钥加密保存，登记后不再显示；"
    "每个机器人每分钟最多发20条，超过的顺延。"
)


@page.page(
    "robots",
    title="群机器人",
    icon=":material/forum:",
    section=SETTINGS,
    order=25,
    permission=Permission.MANAGE_SECRETS,
)
def robots(visit: Visit) -> None:
    """The robots there are, and the form for another."""
    markup.style()
    st.title("群机器人", anchor=False)
    said = st.session_state.pop(SAID, "")
    if said:
        st.toast(said)
    found = data.read(visit, data.robots.listing, visit.now)
    if found:
        markup.show(markup.table(COLUMNS, [_row(each) for each in found]))
        _care(visit, {each.id: each for each in found})
    else:
        todo = ("在群里添加自定义机器人，复制它的地址。", "在下面登记，再发一条测试消息。")
        markup.show(markup.empty("还没有登记群机器人", todo))
    _enter(visit)
    markup.show(markup.note(NOTE))


def _row(each: Listed) -> tuple[Cell, ...]:
    tone = "正常" if each.tried == actions.ARRIVED else "失败"
    tried: Cell = say.NONE
    if each.tried_at is not None:
        told = "已送达" if tone == "正常" else "未送达"
        rest = say.short(each.tried_at) + ("" if tone == "正常" else f" {each.tried}")
        tried = markup.joined(markup.badge(tone, told), markup.faint(rest))
    kind = actions.sorts()[each.channel].title
    return (each.unit_name, kind, each.name, f"…{each.hint}", tried)


def _care(visit: Visit, found: dict[int, Listed]) -> None:
    """Try one, or take it away."""
    chosen = st.selectbox(
        "机器人",
        list(found),
        format_func=lambda each: f"{found[each].unit_name} · {found[each].name}",
        filter_mode=None,
    )
    if chosen is None:
        return
    left, right = st.columns(2)
    if left.button("发送测试", key=f"robot-try-{chosen}"):
        _try(visit, chosen)
    with right.popover("撤下"):
        markup.show(markup.note("撤下后地址即删除，未发出的消息不再发。"))
        if st.button("确认撤下", key=f"robot-remove-{chosen}") and once(
            f"robot-{chosen}",
            lambda sent: actions.remove(visit.store, visit.person, chosen, sent),
            "remove",
        ):
            st.session_state[SAID] = "已撤下。"
            st.rerun()


def _try(visit: Visit, robot_id: int) -> None:
    line = page.robot_line()
    if once(
        f"robot-{robot_id}",
        lambda sent: actions.attempt(visit.store, visit.person, robot_id, line, sent),
        "try",
    ):
        st.session_state[SAID] = "测试已办理，结果见列表。"
        st.rerun()


def _enter(visit: Visit) -> None:
    st.subheader("登记群机器人", anchor=False)
    sorts, units = actions.sorts(), data.read(visit, data.robots.units, visit.now)
    channel = st.radio(
        "种类", list(sorts), format_func=lambda each: sorts[each].title, horizontal=True
    )
    if channel is None:
        return
    with st.form(f"robot-enter-{channel}", border=True):
        markup.show(markup.unclassified())
        unit = st.selectbox(
            "单位", list(units), format_func=lambda each: units[each], filter_mode=None
        )
        name = st.text_input("名称", max_chars=actions.LONGEST, placeholder="市州联络员群")
        address = st.text_input("机器人地址", type="password", placeholder="从群设置里完整复制")
        secret = ""
        if sorts[channel].sealed_half:
            secret = st.text_input(
                f"{sorts[channel].sealed_half}（没有设置的不填）", type="password"
            )
        if not st.form_submit_button("登记", type="primary"):
            return
    entered, line = Entered(unit or 0, channel, name, address, secret), page.robot_line()
    args = (visit.store, line.vault, visit.person, entered, line.homes)
    if once(f"robot-enter-{channel}", lambda sent: actions.enter(*args, sent)):
        st.session_state[SAID] = "已登记，请发一条测试消息。"
        st.rerun()
