"""Beside a case's moves: 自动复查 against 销号条件, reminders told, and the look after its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import links, markup, say
from monitor.domain.case import State

if TYPE_CHECKING:
    from dashboard.markup import Cell, Html
    from monitor.record.case_checks import Check
    from monitor.record.screens.case_following import Followed, Told
    from monitor.record.screens.cases import CaseLine

MEASURED: Final = frozenset({State.ASSIGNED, State.UNDER_WAY, State.FIRST_CHECK, State.FINAL_CHECK})
"""Before a case was put to anybody there is nothing to put right."""


def show(line: CaseLine, beside: Followed) -> None:
    """What the machine says; whether a case ends is said by a person."""
    if line.kept.case.state in MEASURED and beside.checks:
        st.subheader("自动复查", anchor=False)
        rows = [(each.kind, each.told, _met(each)) for each in beside.checks]
        markup.show(markup.table(("问题", "销号条件", "复查结果"), rows), _proposal(beside))
    if line.kept.case.state is State.CLOSING:
        where = markup.link("账号页", links.account(line.kept.place.account_id))
        told = "已同时申请关停；审批、公告和登记关停在账号页办理，登记关停后本单自动办结。"
        markup.show(markup.note(markup.joined(told, where, by=" ")))
    if beside.told:
        markup.show(markup.note("系统提醒：" + "；".join(map(_told, beside.told))))
    _again(beside)


def _met(each: Check) -> Cell:
    met = each.met
    if met is None:
        return "须人工核对"
    return markup.badge("正常" if met else "内容不更新", "已达到" if met else "未达到")


def _proposal(beside: Followed) -> Html:
    measured = [each.met for each in beside.checks if each.met is not None]
    if not measured:
        return markup.note("这些条件系统无法比对，请对照材料人工核对。")
    if all(measured):
        return markup.note("建议：可以复核通过并销号（由人办理）。")
    return markup.note("建议：暂不销号；确已整改到位的，写明理由后可以销号。")


def _told(each: Told) -> str:
    if each.at is None:
        return f"{each.step}(待发)"
    whom = f"已提醒{each.people}人" if each.people else "未能送达，请用群消息提醒"
    return f"{each.step}({say.short(each.at)}{whom})"


def _again(beside: Followed) -> None:
    again = beside.again
    if again is None:
        return
    if not again.outcome:
        when = "已列入巡查" if again.asked_at is not None else f"{say.short(again.due_at)}列入巡查"
        markup.show(markup.note(f"销号后复查：{when}，看过后自动登记结果。"))
        return
    told = markup.faint(f"销号后复查：{say.short(again.looked_at)}查看，{again.outcome}。")
    where: Cell = ""
    if again.next_id is not None:
        where = markup.link(beside.next_number, links.case(again.next_id))
    markup.show(markup.note(markup.joined(told, where, by=" ")))
