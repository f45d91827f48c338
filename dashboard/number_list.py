"""数据提示: accounts whose numbers the department is asked to look at, and its word on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, hint_decision, links, markup, say
from monitor.actions import number_hints
from monitor.domain.person import Permission
from monitor.domain.words import Decision

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.screens.number_hints import NumberLine

WHAT: Final = (
    "请看一看：下列账号的数据与本账号以往相比，有两方面以上同时不同。原因可能是活动、转载或平台调整；"
    "不代表有问题，不进入任何结论、整改、通报和考核，只有省厅看得到。"
)


def show(visit: Visit) -> None:
    """For the department alone; nobody else is told that there is such a list."""
    if not data.read(visit, data.scoping.sees_all, visit.now):
        return
    st.subheader("数据提示", anchor=False)
    found = data.read(visit, data.number_hints.waiting, visit.now)
    if not found:
        steps = ("每天与本账号以往比对一次；只有一方面不同的不列，数据不足两周的不比对。",)
        markup.show(markup.empty("没有待看的数据提示", steps))
        return
    markup.show(markup.note(WHAT))
    columns = ("账号", "主办单位", "与以往不同的地方", "首次列出")
    markup.show(markup.table(columns, [_line(each) for each in found]))
    if visit.may(Permission.PATROL):
        _decide(visit, found)


def _line(each: NumberLine) -> list[str | Html]:
    account = markup.joined(
        markup.link(each.name, links.account(each.account_id)),
        markup.faint(say.platform(each.platform)),
    )
    told = markup.joined(*(f"{one.name}：{one.sentence}。" for one in each.told))
    return [account, each.unit_name, told, say.short(each.found_at)]


def _decide(visit: Visit, found: tuple[NumberLine, ...]) -> None:
    names = {each.account_id: f"{each.name}（{say.platform(each.platform)}）" for each in found}

    def decide(account_id: int, decision: Decision) -> None:
        number_hints.decide(visit.store, visit.person, account_id, decision)

    hint_decision.ask("number_hints_decide", "看过的账号", names, decide, "，90天内不再列出")
