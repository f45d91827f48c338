"""基层负担: what was asked of units this week, by unit, thing by thing, and what was allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, burden_forms, burden_meter, data, filters, links, markup, say
from dashboard.page import OVERVIEW, Visit, page, vault
from monitor.domain.burden import Sort
from monitor.domain.iso_week import say_week, week_of
from monitor.domain.person import Permission
from monitor.domain.receipt import REPORT
from monitor.report import wording

if TYPE_CHECKING:
    from dashboard.markup import Html
    from monitor.record.screens.burden import Item, UnitBurden, Wanted

SIZE: Final = 50


@page(
    "burden",
    title="基层负担",
    icon=":material/balance:",
    section=OVERVIEW,
    order=20,
    permission=Permission.SEE_HOME,
)
def burden(visit: Visit) -> None:
    """The meter; units and things of a sort; what went beyond the cap by whose word."""
    markup.style()
    st.title("基层负担", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    afterwards.show("burden")
    markup.show(markup.note(f"{say_week(week_of(visit.now))}：{wording.NOTE_BURDEN}"))
    markup.show(burden_meter.cards(burden_meter.read(visit)))
    left, _ = st.columns([1, 3])
    with left:
        sort = filters.choose("类别", "sort", {each.value: each.value for each in Sort})
    wanted = data.burden.Wanted(sort, links.number(st.query_params.to_dict(), "unit") or 0)
    _units(visit, wanted)
    _items(visit, wanted)
    _allowed(visit)
    burden_forms.allow(visit)
    burden_forms.caps(visit)


def _units(visit: Visit, wanted: Wanted) -> None:
    if wanted.unit:
        markup.show(markup.back("全部单位", links.to(links.BURDEN, sort=wanted.sort)))
        return
    found = data.read(visit, data.burden.units, visit.now, wanted, limit=SIZE)
    if not found.rows:
        steps = ("下达填报、分发表格、催办、交办整改后，按单位计入这里。",)
        markup.show(markup.empty("本周没有向单位下达任何事项", steps))
        return
    st.subheader("各单位", anchor=False)
    columns = ("单位", *(each.value for each in Sort), "情况")
    markup.show(markup.table(columns, [_unit(each) for each in found.rows]))
    if found.total > len(found.rows):
        more = found.total - len(found.rows)
        markup.show(markup.note(f"另有{more:,}个单位，负担较轻，未列出。"))


def _unit(each: UnitBurden) -> list[str | Html]:
    counts = [
        markup.link(f"{number}次", links.to(links.BURDEN, unit=each.unit_id, sort=sort))
        if number
        else say.NONE
        for sort, number in each.issued.items()
    ]
    name = markup.link(each.unit_name, links.to(links.BURDEN, unit=each.unit_id))
    within = "经准予超限" if each.allowed else "未超限"
    state = markup.badge("僵尸", "超限") if each.beyond else within
    return [name, *counts, state]


def _items(visit: Visit, wanted: Wanted) -> None:
    here = filters.page_number(10_000 * SIZE, SIZE)
    found = data.read(
        visit, data.burden.items, visit.now, wanted, limit=SIZE, offset=(here - 1) * SIZE
    )
    if not found.rows:
        if wanted.unit:
            markup.show(markup.empty("本周没有向该单位下达这类事项", ()))
        return
    st.subheader("逐件", anchor=False)
    columns = ("时间", "单位", "类别", "事项")
    markup.show(markup.table(columns, [_item(each) for each in found.rows]))
    filters.pager(found.total, SIZE)


def _item(each: Item) -> list[str | Html]:
    title = say_week(each.title) if each.kind == "每周填报" else each.title
    return [
        say.moment(each.at),
        each.unit_name,
        each.sort,
        markup.link(f"{each.kind}：{title}", _way(each)),
    ]


def _way(each: Item) -> str:
    """The page where the thing itself stands."""
    number = each.matter.rpartition(":")[2]
    if each.kind in ("交办整改", "整改催办"):
        return links.to(links.CASES, id=number)
    if each.kind in ("协同任务", "协同催办"):
        return links.campaign(int(number))
    if each.kind == "清理排查":
        return links.to(links.CLEARING)
    if each.kind == "每周填报":
        return links.to(links.REPORTING, unit=each.unit_id, week=each.title)
    return links.to(links.REPORTING if each.title == REPORT else links.RETURNS)


def _allowed(visit: Visit) -> None:
    if not data.read(visit, data.burden.allowed, visit.now):
        return
    # The key is asked for only where there is something to open.
    found = data.read(visit, data.burden.allowed, visit.now, vault())
    st.subheader("本周准予超限", anchor=False)
    rows = [
        (say.moment(each.at), each.unit_name, f"{each.sort}加{each.extra}次", each.name, each.words)
        for each in found
    ]
    markup.show(markup.table(("时间", "单位(含下级)", "准予", "准予人", "理由"), rows))
