"""考核: the periods, how far each has come, and the one the address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, assessing_forms, assessing_sheet, data, links, markup, say
from dashboard.markup import Card
from dashboard.page import RUNNING, Visit, page
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from monitor.record.screens.assessing import Told

COLUMNS: Final = ("考核", "方案", "当前阶段", "单位", "异议", "人工评分", "反馈截止")
COMING: Final = "演示的往期数据正在后台装入，上一季度的考核约两三分钟后出现，请稍后刷新。"


@page(
    "assessing",
    title="考核",
    icon=":material/leaderboard:",
    section=RUNNING,
    order=39,
    permission=Permission.SEE_SCORES,
)
def assessing(visit: Visit) -> None:
    """The list, and the form that begins one; or the one assessment the address names."""
    markup.style()
    if visit.scope.empty:
        st.title("考核", anchor=False)
        markup.show(markup.unscoped())
        return
    wanted = links.number(st.query_params.to_dict(), "id")
    if wanted is not None:
        assessing_sheet.show(visit, wanted)
        return
    st.title("考核", anchor=False)
    afterwards.show("assessing")
    found = data.read(visit, data.assessing.listing)
    if not found:
        steps = ["考核结果反馈以后，本单位的得分列在这里。", "3个工作日内可以提出异议。"]
        steps += [COMING] if visit.demo else []
        markup.show(markup.empty("还没有考核", steps))
    else:
        markup.show(markup.cards(_cards(found[0])))
        rows = [_row(each) for each in found]
        markup.show(markup.table(COLUMNS, rows, lesser={"方案", "人工评分"}))
    markup.show(markup.note(markup.link("看考核方案", links.to("schemes"))))
    assessing_forms.begin(visit)


def _cards(told: Told) -> tuple[Card, ...]:
    kept, counted = told.kept, told.counted
    due = "尚未反馈" if kept.feedback_until is None else say.moment(kept.feedback_until)
    open_ones = f"{counted.open_objections:,}"
    return (
        Card("当前阶段", kept.state.value, kept.title),
        Card("反馈截止", due, "单位在此之前可以提出异议"),
        Card("待复核异议", open_ones, f"共{counted.objections:,}件", alarming=open_ones != "0"),
        Card("数据完整度", say.percent(told.coverage), "各单位平均"),
    )


def _row(told: Told) -> tuple[Cell, ...]:
    kept, counted = told.kept, told.counted
    due = say.NONE if kept.feedback_until is None else say.short(kept.feedback_until)
    return (
        markup.link(kept.title, links.to("assessing", id=kept.id)),
        f"{told.scheme}（第{told.number}版）",
        markup.badge("提醒", kept.state.value),
        f"{counted.units:,}",
        f"待复核{counted.open_objections:,}/共{counted.objections:,}件",
        f"待评{counted.open_items:,}/共{counted.items:,}项",
        markup.whole(due),
    )
