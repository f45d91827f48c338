"""认定标准: what is in force and on whose word, revisions, their history, working days, excuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    afterwards,
    data,
    filters,
    links,
    markup,
    say,
    standard_calendar,
    standard_drafts,
    standard_lines,
)
from dashboard.form_sheet import once
from dashboard.page import SETTINGS, Visit, page
from monitor.actions import standard_sheets as sheets
from monitor.actions import standards as acting
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.standard import in_force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from monitor.domain.standard import Term
    from monitor.record.screens.standards import Held

READ: Final = {"now": "现行标准", "history": "生效记录", "calendar": "工作日历与停更"}
EDIT: Final = {"now": "现行标准", "drafts": "修订", "compare": "对比"}


@page(
    "standards",
    title="认定标准",
    icon=":material/rule:",
    section=SETTINGS,
    order=15,
    permission=Permission.SEE_HEALTH,
)
def standards(visit: Visit) -> None:
    """The parts, or the one revision the address names."""
    markup.style()
    if visit.scope.empty:
        st.title("认定标准", anchor=False)
        markup.show(markup.unscoped())
        return
    wanted = links.number(st.query_params.to_dict(), "id")
    if wanted is not None and visit.may(Permission.SET_UP):
        standard_drafts.one(visit, data.read(visit, data.standards.draft, wanted))
        return
    st.title("认定标准", anchor=False)
    afterwards.show("standards")
    tab = filters.tabs("看哪一部分", "tab", (EDIT | READ) if visit.may(Permission.SET_UP) else READ)
    history = standard_lines.past(visit)
    if tab == "drafts":
        standard_drafts.every(visit, history)
    elif tab == "compare":
        standard_drafts.compare(visit, history)
    elif tab == "history":
        _history(visit, history)
    elif tab == "calendar":
        standard_calendar.show(visit, history)
    else:
        _now(visit, history)


def _now(visit: Visit, history: Sequence[Held]) -> None:
    """Both standards, line by line; what is to come first."""
    for each in history:
        if each.term.since > visit.now and each.term.called_off_at == OPEN:
            begins = standard_lines.begun(each.term.since)
            st.info(f"自{begins}起改用“{standard_lines.called(each.text)}”。")
    for name, upper in ((standard_lines.OWN, False), (standard_lines.UPPER, True)):
        sheet = standard_lines.present(visit, history, upper=upper)
        st.subheader(f"{name}：{sheet.called}", anchor=False)
        markup.show(
            markup.note(f"{standard_lines.stood(sheet.since)}。{WHO[upper]}"),
            standard_lines.table(sheets.lines(sheet.text)),
        )


WHO: Final = {
    False: "由省厅修订，另一位科室负责人定稿后自生效日起用；以前的日子仍按当时的标准。",
    True: "按上级文件，任何人不能修改。",
}


def _history(visit: Visit, history: Sequence[Held]) -> None:
    """From when to when which one, newest first; nothing is ever deleted."""
    if not history:
        told = ("第一次比对时，现行的两份标准记入这里。",)
        markup.show(markup.empty("还没有比对过", told))
        return
    columns = ("口径", "标准", "生效", "决定", "状态")
    rows = [_row(visit, history, each) for each in history]
    markup.show(
        markup.note("生效记录只增不删。查看过去某一天的结论，用的是那一天生效的标准。"),
        markup.table(columns, rows),
    )
    if visit.may(Permission.FINALISE):
        for each in history:
            _call_off(visit, each)


def _row(visit: Visit, history: Sequence[Held], held: Held) -> tuple[Cell, ...]:
    term = held.term
    return (
        standard_lines.UPPER if term.upper else standard_lines.OWN,
        standard_lines.called(held.text),
        standard_lines.begun(term.since),
        markup.joined(held.by or "随系统预置", markup.faint(say.moment(term.recorded_at // MICRO))),
        _state(visit, [each.term for each in history if each.term.upper == term.upper], term),
    )


MICRO: Final = 1_000_000


def _state(visit: Visit, terms: Sequence[Term], term: Term) -> Cell:
    if term.called_off_at != OPEN:
        return "生效前取消"
    if term.since > visit.now:
        return markup.badge("提醒", "尚未生效")
    return markup.badge("正常", "现行") if in_force(terms, visit.now) == term else "已被替换"


def _call_off(visit: Visit, held: Held) -> None:
    term = held.term
    if term.since <= visit.now or term.called_off_at != OPEN:
        return
    title = f"取消生效：{standard_lines.called(held.text)}"
    if st.button(title, key=f"standards-off-{term.id}") and once(
        f"standards-off-{term.id}",
        lambda sent: acting.call_off(visit.store, visit.person, term.id, sent),
    ):
        afterwards.tell("standards", "已取消，仍按现行标准认定。")
