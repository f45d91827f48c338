"""What may be done with the tasks on a page: a unit's answer, and the decision on an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, page, say
from dashboard.form_sheet import once
from monitor.actions import campaign_tasks, campaign_terms, campaign_words
from monitor.actions.campaign_tasks import Doing
from monitor.domain.campaign import Hand, TaskMove
from monitor.domain.errors import InputError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.campaign_board import TaskLine

LINKED: Final = frozenset({TaskMove.REPORT, TaskMove.CORRECTED, TaskMove.VERIFY})
NEEDS: Final = {Hand.UNIT: Permission.CAMPAIGN_TASK, Hand.DESK: Permission.CAMPAIGN}
SAID: Final = "campaign_said"


def show(visit: Visit, lines: Sequence[TaskLine], hand: Hand) -> None:
    """One choice of a task, its buttons and their fields; nothing where it is nobody's turn."""
    able = {
        each.kept.id: each for each in lines if campaign_terms.offered(each.kept.task.state, hand)
    }
    if not able or not visit.may(NEEDS[hand]):
        return
    title = "本单位办理" if hand is Hand.UNIT else "承办处室办理"
    st.subheader(title, anchor=False)
    key = f"task-{hand.name}"
    chosen = st.selectbox(
        "账号",
        list(able),
        format_func=lambda each: _name(able[each]),
        filter_mode=None,
        key=f"{key}-which",
    )
    if chosen is not None:
        _form(visit, able[chosen], hand)


def _name(line: TaskLine) -> str:
    state = line.kept.task.state
    return f"{line.unit_name}“{line.name}”({say.platform(line.platform)})：{state}"


def _form(visit: Visit, line: TaskLine, hand: Hand) -> None:
    moves = campaign_terms.offered(line.kept.task.state, hand)
    key = f"task-{line.kept.id}-{line.kept.version}-{hand.name}"
    move = st.radio("办理事项", moves, format_func=str, horizontal=True, key=f"{key}-move")
    if move is None:
        return
    with st.form(f"{key}-form", border=True):
        markup.show(markup.unclassified())
        typed = _fields(line, move)
        if st.form_submit_button(move.value, type="primary"):
            _press(visit, line, (hand, move), typed, key)


def _fields(line: TaskLine, move: TaskMove) -> dict[str, str]:
    typed: dict[str, str] = {}
    if move in LINKED:
        typed["url"] = st.text_input("链接", line.kept.task.url, placeholder="作品的分享链接")
    if move is TaskMove.VERIFY:
        typed["published"] = st.text_input(
            "发布时间",
            say.moment(line.kept.task.published),
            placeholder="照平台所示，2026-11-26 18:00",
        )
    typed["said"] = st.text_area("说明", height=80)
    return typed


def _press(
    visit: Visit,
    line: TaskLine,
    made: tuple[Hand, TaskMove],
    typed: Mapping[str, str],
    key: str,
) -> None:
    hand, move = made
    try:
        published = _moment(typed.get("published", ""))
    except InputError as wrong:
        st.error(str(wrong))
        return
    which = ((line.kept.id, line.kept.version),)
    doing = Doing(move, which, typed["said"], typed.get("url", ""), published)
    if once(key, lambda sent: _act(visit, hand, doing, sent), move.name):
        st.session_state[SAID] = f"已办理：{move}。"
        st.rerun()


def _act(visit: Visit, hand: Hand, doing: Doing, sent: Sent) -> tuple[int, ...]:
    if hand is Hand.UNIT:
        return campaign_tasks.answer(visit.store, visit.person, doing, sent)
    return campaign_tasks.decide(visit.store, visit.person, doing, sent, page.house())


def _moment(text: str) -> int | None:
    typed = "" if text.strip() == say.NONE else text.strip()
    return campaign_words.moment("发布时间", typed)
