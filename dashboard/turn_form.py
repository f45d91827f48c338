"""巡查分工: the turns in force with their hours, and the form that shares a unit among people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, markup, say
from monitor.actions import turns as acting
from monitor.actions.turns import Sharing
from monitor.domain.errors import SentinelError
from monitor.domain.instants import day_end, shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.turns import Shared

WEEK: Final = timedelta(days=6)
SAID: Final = "turns_said"
COLUMNS: Final = ("单位", "人员", "份额", "待巡查", "预计用时", "截止")


def show(visit: Visit) -> None:
    """Who has what; below it, for those who may, the form."""
    found = data.read(visit, data.turns.shared, visit.now)
    may = visit.may(Permission.ASSIGN)
    if not found and not may:
        return
    with st.expander(f"人员分工：{len({each.turn.person_id for each in found})}人"):
        afterwards.said(SAID)
        note = "未分工的、截止的、人员已离开的账号，都回到本单位公共队列，谁有空谁看。"
        markup.show(markup.note(note))
        if found:
            markup.show(markup.table(COLUMNS, [_row(each) for each in found]))
        if may:
            _give(visit)
            _take_back(visit, found)


def _row(each: Shared) -> list[str]:
    turn = each.turn
    part = "全部" if turn.parts == 1 else f"{turn.parts}人分看，第{turn.part}份"
    waiting = f"{each.waiting:,}个"
    until = shanghai_day(turn.until).isoformat()
    return [turn.unit_name, turn.person_name, part, waiting, say.stretch(each.seconds), until]


def _give(visit: Visit) -> None:
    places = {each.unit_id: each for each in data.read(visit, data.turns.places, visit.now)}
    people = {each.person_id: each for each in data.read(visit, data.turns.candidates, visit.now)}
    if not places or not people:
        markup.show(markup.note("范围内还没有可以巡查的人员，请先在人员中指定角色和范围。"))
        return
    today = shanghai_day(visit.now)
    with st.form("turns_give", border=False):
        left, middle, right = st.columns([2, 3, 1])
        unit = left.selectbox(
            "单位(含下级)", list(places), format_func=lambda key: places[key].name, key="turns_unit"
        )
        chosen = middle.multiselect(
            "人员(多人即平分)",
            list(people),
            format_func=lambda key: people[key].name,
            key="turns_people",
            placeholder="请选择",
        )
        until = right.date_input(
            "截止日期", today + WEEK, min_value=today, key="turns_until", format=say.DATE_BOX
        )
        if st.form_submit_button("分工", type="primary") and unit is not None:
            until_day = until if isinstance(until, date) else today
            sharing = Sharing(unit, tuple(chosen), day_end(until_day))
            _done(visit, sharing)


def _done(visit: Visit, sharing: Sharing) -> None:
    try:
        given = acting.give(visit.store, visit.person, sharing)
    except SentinelError as wrong:
        st.error(str(wrong))
        return
    st.session_state[SAID] = f"已分给{given}人，原有分工已由新的代替。"
    st.rerun()


def _take_back(visit: Visit, found: tuple[Shared, ...]) -> None:
    units = {each.turn.unit_id: each.turn.unit_name for each in found}
    if not units:
        return
    left, right, _ = st.columns([2, 1, 3], vertical_alignment="bottom")
    unit = left.selectbox(
        "收回哪个单位的分工", list(units), format_func=lambda key: units[key], key="turns_back"
    )
    if right.button("收回", width="stretch") and unit is not None:
        acting.take_back(visit.store, visit.person, unit)
        st.session_state[SAID] = f"{units[unit]}的分工已收回。"
        st.rerun()
