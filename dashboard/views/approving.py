"""待我审批: what waits for one, what one wrote, and each approval on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    approval_print,
    approval_sheet,
    approval_versions,
    approval_writer,
    data,
    filters,
    links,
    manuscript_form,
    markup,
    say,
)
from dashboard.page import OVERVIEW, Visit, page
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from monitor.record.screens.approving import Line, Shown

TABS: Final = {
    "waiting": "待我审批",
    "written": "我拟的",
    "decided": "我办过的",
    "all": "范围内全部",
}
NOTHING: Final = {
    "waiting": ("没有待您审批的文稿", ("轮到您时会出现在这里，也可以从消息里的链接直接打开。",)),
    "written": ("您还没有拟写文稿", ("按“拟写文稿”开始；保存后再提交审核。",)),
    "decided": ("您还没有办理过审批", ()),
    "all": ("范围内没有审批", ()),
}


@page(
    "approving",
    title="待我审批",
    icon=":material/approval:",
    section=OVERVIEW,
    order=20,
    permission=Permission.APPROVE,
)
def approving(visit: Visit) -> None:
    """The lists, or the one approval or form the address names."""
    markup.style()
    query = st.query_params.to_dict()
    writing, wanted = query.get("write", ""), links.number(query, "id")
    if writing and visit.may(Permission.DRAFT):
        manuscript_form.back()
        number = links.number(query, "write")
        manuscript_form.show(visit, _one(visit, number) if number else None)
    elif wanted is not None:
        _page(visit, wanted, printed=query.get("sheet") == "print")
    else:
        _lists(visit)


def _lists(visit: Visit) -> None:
    st.title("待我审批", anchor=False)
    tab = filters.tabs("范围", "tab", TABS)
    if visit.may(Permission.DRAFT):
        markup.show(markup.note(markup.link("拟写文稿", links.to(links.APPROVING, write="new"))))
    lines = _lines(visit, tab)
    if not lines:
        markup.show(markup.empty(*NOTHING[tab]))
        return
    columns = ("标题", "类别", "拟稿", "进展", "期限", "更新")
    rows = [_row(each, visit.now) for each in lines]
    markup.show(markup.table(columns, rows, lesser={"类别", "更新"}))


def _lines(visit: Visit, tab: str) -> tuple[Line, ...]:
    who = visit.person.id
    if tab == "all":
        return data.read(visit, data.approving.within_reach, visit.now)
    if tab == "written":
        return data.read(visit, data.approving.written, visit.now, who)
    if tab == "decided":
        return data.read(visit, data.approving.decided, visit.now, who)
    return data.read(visit, data.approving.waiting, visit.now, who)


def _row(each: Line, now: int) -> tuple[Cell, ...]:
    told = f"待{each.stage}" if each.stage else each.state
    state = markup.joined(told, markup.faint("线下签批") if each.on_paper else "")
    left = "" if each.due_at is None or not each.stage else f"还有{say.stretch(each.due_at - now)}"
    return (
        markup.link(each.title, links.to(links.APPROVING, id=each.approval_id)),
        each.kind,
        markup.joined(each.drafter, markup.faint(each.unit_name)),
        state,
        markup.joined(markup.whole(say.short(each.due_at)), markup.faint(left)),
        markup.whole(say.short(each.since)),
    )


def _one(visit: Visit, approval_id: int) -> Shown | None:
    return data.read(visit, data.approving.shown, visit.now, visit.person.id, approval_id)


def _page(visit: Visit, approval_id: int, *, printed: bool) -> None:
    shown = _one(visit, approval_id)
    if shown is None:
        manuscript_form.back()
        todo = ("可能已撤回，或不在您的范围内；请从列表重新打开。",)
        markup.show(markup.empty("没有这项审批", todo))
        return
    if printed:
        approval_print.show(visit, shown)
        return
    manuscript_form.back()
    offered = approval_sheet.show(visit, shown)
    approval_versions.show(visit, shown)
    approval_writer.show(visit, shown, offered)
    approval_sheet.history(visit, shown)
