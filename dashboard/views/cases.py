"""整改: the list with what waits, and each 整改单 on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    case_bulk,
    case_errors,
    case_form,
    case_sheet,
    case_words,
    data,
    filters,
    links,
    markup,
    say,
)
from dashboard.page import RUNNING, Visit, page
from monitor.domain.case import Side, State
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from monitor.record.screens.cases import CaseLine, Cases, Wanted

SIZE: Final = 50
TABS: Final = {
    "live": "在办",
    "mine": "待我",
    "overdue": "逾期",
    "all": "全部",
    "errors": "认定差错率",
}
COUNTY: Final = "提前提醒只发给您本人和联络员，按期恢复不计入通报。"
COLUMNS: Final = (
    *("单号", "账号", "问题", "当前在谁手里", "在此停留", "期限", "剩余/逾期", "标记"),
    "上次动作",
)
FOOT: Final = "已办请忽略。"
LESSER: Final = frozenset({"在此停留", "上次动作"})


@page(
    "cases",
    title="整改",
    icon=":material/assignment_turned_in:",
    section=RUNNING,
    order=32,
    permission=Permission.SEE_CASES,
)
def cases(visit: Visit) -> None:
    """One case where the address names one, else the list."""
    markup.style()
    said = st.session_state.pop(case_form.SAID, "")
    if said:
        st.toast(said)
    wanted = links.number(st.query_params.to_dict(), "id")
    if wanted is not None:
        case_sheet.show(visit, wanted)
        return
    st.title("整改", anchor=False)
    me = data.cases.Wanted(mine=visit.person.id)
    found = data.read(visit, data.cases.waiting, visit.now, me)
    markup.show(
        markup.note(f"逾期{found.overdue} · 今日到期{found.today} · 待我{found.mine}"),
    )
    if visit.may(Permission.RECTIFY):
        markup.show(markup.note(COUNTY))
    tab = filters.tabs("范围", "tab", TABS)
    if tab == "errors":
        case_errors.show(visit)
        return
    _list(visit, _wanted(visit, tab))
    case_bulk.register(visit)


def _wanted(visit: Visit, tab: str) -> Wanted:
    where, state, holder, text = st.columns([1, 1, 1, 1.6])
    choices = data.read(visit, data.scoping.regions, visit.now)
    with where:
        region = filters.choose("市州", "region", choices)
    with state:
        at = filters.choose("状态", "state", {each.value: each.value for each in State})
    with holder:
        sides = {each.value: each.value for each in (Side.DESK, Side.TRANSIT, Side.UNIT)}
        who = filters.choose("在谁手里", "holder", sides)
    with text:
        said = filters.search("查找", "q", "账号名称、主办单位")
    return data.cases.Wanted(
        state=at,
        holder=who,
        region=region,
        text=said,
        overdue=tab == "overdue",
        over=tab == "all",
        mine=visit.person.id if tab == "mine" else 0,
    )


def _list(visit: Visit, wanted: Wanted) -> None:
    listing = _page(visit, wanted, 1)
    number = filters.page_number(listing.total, SIZE)
    if number > 1:
        listing = _page(visit, wanted, number)
    if not listing.rows:
        todo = ("在“健康”中核实疑似问题后生成整改单；也可在下面登记人工发现的问题。",)
        if not visit.may(Permission.VERIFY):
            todo = ("轮到您办理时会列在这里，也可以从消息里的链接直接打开。",)
        markup.show(markup.empty("没有整改单", todo))
        return
    markup.show(markup.note(f"共{listing.total:,}件，最紧的在前。"))
    rows = [_row(visit, each) for each in listing.rows]
    markup.show(markup.table(COLUMNS, rows, lesser=LESSER))
    filters.pager(listing.total, SIZE)
    _for_the_group(visit, listing.rows)
    case_bulk.show(visit, listing.rows)


def _page(visit: Visit, wanted: Wanted, number: int) -> Cases:
    offset = (number - 1) * SIZE
    return data.read(visit, data.cases.listing, visit.now, wanted, limit=SIZE, offset=offset)


def _row(visit: Visit, line: CaseLine) -> tuple[Cell, ...]:
    place = f"{say.platform(line.platform)} · {say.place(line.region_name, line.county_name)}"
    marks = case_words.marks(visit, line)
    return (
        markup.link(line.kept.number, links.case(line.kept.id)),
        markup.joined(
            markup.link(line.name, links.account(line.kept.place.account_id)), markup.faint(place)
        ),
        case_words.problems(line),
        markup.joined(case_words.state(line), markup.faint(case_words.holder(line))),
        say.stretch(visit.now - line.held_since),
        markup.whole(say.short(line.due_at)),
        case_words.left(visit, line),
        markup.joined(*marks) if marks else say.NONE,
        markup.joined(line.last_move or "生成", markup.faint(say.short(line.last_at))),
    )


def _for_the_group(visit: Visit, lines: Sequence[CaseLine]) -> None:
    """What to paste where somebody must be reminded: unit, number, account, time left."""
    told = [
        f"@{case_words.holder(each)} {each.kept.number}“{each.name}”{case_words.left(visit, each)}"
        for each in lines
        if each.kept.case.holder in (Side.UNIT, Side.TRANSIT)
    ]
    if not told:
        return
    text = say.group_text(f"【整改提醒】请办理下列{len(told)}件：", told, FOOT, len(told))
    with st.expander("复制到微信群"):
        st.code(text, language=None, wrap_lines=True)
