"""Several cases at once, with a preview of whom it concerns; and 人工登记问题."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import case_form, case_words, data, markup, say, uploads
from dashboard.form_sheet import once
from monitor.actions import case_opening, case_terms
from monitor.actions.case_moving import Doing
from monitor.actions.case_opening import KINDS, Registered
from monitor.domain.case import Move, Side, Source
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.cases import CaseLine

MANY: Final = (Move.CONFIRM, Move.DISMISS, Move.ASSIGN, Move.FORWARD, Move.REMIND)
FOUND: Final = 50


def show(visit: Visit, lines: tuple[CaseLine, ...]) -> None:
    """Choose a button, then the cases on this page it may be pressed on, then see and send."""
    may = {move: [line for line in lines if _side(visit, line, move) is not None] for move in MANY}
    moves = [move for move, fit in may.items() if fit]
    if not moves:
        return
    with st.expander("批量办理"):
        move = st.selectbox("办理事项", moves, format_func=str, key="bulk_move")
        by_id = {line.kept.id: line for line in may[move or moves[0]]}
        chosen = st.multiselect(
            "整改单(可多选)",
            list(by_id),
            format_func=lambda key: f"{by_id[key].kept.number} {by_id[key].name}",
            key=f"bulk_cases_{move}",
            placeholder="请选择",
        )
        reason = None
        if move is Move.DISMISS:
            reasons = case_terms.rules(visit.data_dir).reasons
            reason = st.selectbox("原因", list(reasons), key="bulk_reason")
        markup.show(markup.unclassified())
        said = st.text_input("说明", key="bulk_said")
        picked = [by_id[key] for key in chosen]
        if not picked:
            return
        rows = [(each.kept.number, each.name, case_words.problems(each)) for each in picked]
        markup.show(markup.note(f"将对下列{len(picked)}件办理“{move}”，任何一件办不成则都不办："))
        markup.show(markup.table(("单号", "账号", "问题"), rows))
        side = _side(visit, picked[0], move)
        if (
            st.button(f"确认办理{len(picked)}件", type="primary", key="bulk_go")
            and side is not None
        ):
            which = tuple((each.kept.id, each.kept.version) for each in picked)
            case_form.press(visit, side, Doing(move, which, said, reason=reason), "bulk")


def _side(visit: Visit, line: CaseLine, move: Move) -> Side | None:
    offered = case_terms.buttons(visit.person, line.kept.case, case_form.paths(line))
    return next((side for each, side in offered if each is move), None)


def register(visit: Visit) -> None:
    """人工登记问题, for whoever may verify: find the account, then say what was found."""
    if not visit.may(Permission.VERIFY):
        return
    with st.expander("登记人工发现的问题"):
        markup.show(markup.unclassified())
        said = st.text_input("先查找账号", key="register_find", placeholder="账号名称、主办单位")
        if not said.strip():
            return
        wanted = data.listing.Wanted(text=said)
        found = data.read(visit, data.listing.listing, visit.now, wanted, limit=FOUND).rows
        if not found:
            markup.show(markup.note("没有符合条件的账号。"))
            return
        names = {each.account_id: f"{each.name}({say.platform(each.platform)})" for each in found}
        _form(visit, names)


def _form(visit: Visit, names: dict[int, str]) -> None:
    with st.form("register_form", border=False):
        account = st.selectbox("账号", list(names), format_func=lambda key: names[key])
        left, right = st.columns(2)
        source = left.selectbox("来源", [each for each in Source if each is not Source.SYSTEM])
        kind = right.selectbox("问题类别", list(KINDS))
        words = st.text_area("问题说明", height=90)
        link = st.text_input("链接(可不填)")
        scan = uploads.one("截图或扫描件(可不选)", "register_scan", case_form.KINDS)
        if st.form_submit_button("生成整改单", type="primary"):
            content = scan[1] if scan is not None else b""
            _register(visit, Registered(account or 0, source, kind, words, link.strip(), content))


def _register(visit: Visit, told: Registered) -> None:
    if once(
        "register",
        lambda sent: case_opening.register(
            visit.store, visit.person, told, sent, case_form.house(visit)
        ),
    ):
        st.session_state[case_form.SAID] = "整改单已生成。"
        st.rerun()
