"""健康·待核实: 属实, 不属实, 暂缓 for the accounts of the list, each becoming a 整改单."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, links, markup, say
from dashboard.form_sheet import once
from monitor.actions import case_opening, case_terms
from monitor.actions.case_moving import House
from monitor.actions.case_opening import Verdict
from monitor.domain.case import Move
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.screens.listing import Listed

SAID: Final = "health_said"
VERDICTS: Final = {
    Move.CONFIRM: "属实，生成整改单",
    Move.DISMISS: "不属实",
    Move.DEFER: "暂缓(待补数据)",
    None: "只生成整改单，稍后核实",
}


def show(visit: Visit, rows: tuple[Listed, ...]) -> None:
    """What was said last; for whoever may verify, the form."""
    afterwards.said(SAID)
    if not visit.may(Permission.VERIFY):
        return
    names = {each.account_id: f"{each.name}({say.platform(each.platform)})" for each in rows}
    with st.expander("核实：属实 / 不属实 / 暂缓", expanded=True):
        picked = st.multiselect(
            "账号(可多选)",
            list(names),
            format_func=lambda key: names[key],
            key="health_accounts",
            placeholder="请选择",
        )
        move = st.radio(
            "核实结论",
            list(VERDICTS),
            format_func=lambda each: VERDICTS[each],
            horizontal=True,
            key="health_move",
        )
        reason = None
        if move is Move.DISMISS:
            reasons = case_terms.rules(visit.data_dir).reasons
            reason = st.selectbox("原因", list(reasons), key="health_reason")
        markup.show(markup.unclassified())
        said = st.text_input("说明(暂缓须写明)", key="health_words")
        if st.button("办理", type="primary", key="health_go"):
            _send(visit, tuple(picked), Verdict(move, said, reason))


def _send(visit: Visit, picked: tuple[int, ...], verdict: Verdict) -> None:
    house = House(visit.data_dir)
    if once(
        "health",
        lambda sent: case_opening.open_found(
            visit.store, visit.person, picked, verdict, sent, house
        ),
    ):
        st.session_state[SAID] = f"已办理{len(picked)}个账号，整改单见“整改”。"
        st.rerun()


def standing(visit: Visit, account_id: int) -> Html:
    """The cases of one account, each with its state and a way to it; '' where there is none."""
    if not visit.may(Permission.SEE_CASES):
        return markup.joined()
    found = data.read(visit, data.cases.of_account, visit.now, account_id)
    lines = [
        markup.joined(
            markup.link(each.kept.number, links.case(each.kept.id)),
            markup.faint(each.kept.case.state.value),
            by=" ",
        )
        for each in found
    ]
    return markup.joined("整改单", *lines, by=" · ") if lines else markup.joined()
