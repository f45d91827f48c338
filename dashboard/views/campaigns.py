"""协同: the campaigns that are mine to run or to publish for, and each on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    campaign_form,
    campaign_sheet,
    campaign_stop_box,
    campaign_tasks_box,
    campaign_words,
    data,
    filters,
    interpreting_box,
    links,
    markup,
    say,
)
from dashboard.page import RUNNING, Visit, page
from monitor.domain.campaign import Kind, State
from monitor.domain.person import Permission
from monitor.report import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from monitor.record.screens.campaigns import Campaigns, Line

SIZE: Final = 50
TABS: Final = {"live": "在办", "all": "全部", "policy": "政策解读"}
COLUMNS: Final = ("协同", "类型", "首发方式", "承办", "状态", "截止", "已完成/应发")
LESSER: Final = frozenset({"首发方式", "承办"})


@page(
    "campaigns",
    title="协同",
    icon=":material/campaign:",
    section=RUNNING,
    order=34,
    permission=Permission.SEE_CAMPAIGNS,
)
def campaigns(visit: Visit) -> None:
    """The form or the campaign that the address names, else the list."""
    markup.style()
    said = st.session_state.pop(campaign_tasks_box.SAID, "")
    if said:
        st.toast(said)
    query = st.query_params.to_dict()
    wanted = links.number(query, "id")
    if query.get("write") and visit.may(Permission.CAMPAIGN):
        campaign_form.back()
        campaign_form.show(visit, _mine(visit, links.number(query, "write")))
    elif wanted is not None:
        campaign_sheet.show(visit, wanted)
    else:
        _lists(visit)


def _mine(visit: Visit, campaign_id: int | None) -> Line | None:
    if campaign_id is None:
        return None
    return data.read(visit, data.campaigns.one, visit.now, campaign_id)


def _lists(visit: Visit) -> None:
    st.title("协同", anchor=False)
    tab = filters.tabs("范围", "tab", TABS)
    if tab == "policy":
        interpreting_box.show(visit)
        return
    if visit.may(Permission.CAMPAIGN):
        write = links.to(links.CAMPAIGNS, write="new")
        markup.show(markup.note(markup.link("拟写协同发声", write)))
    kind, text = st.columns([1, 2])
    with kind:
        chosen = filters.choose("类型", "kind", {each.value: each.value for each in Kind})
    with text:
        said = filters.search("查找", "q", "标题")
    wanted = data.campaigns.Wanted(kind=chosen, text=said, over=tab == "all")
    listing = data.read(visit, data.campaigns.listing, visit.now, wanted, limit=SIZE)
    number = filters.page_number(listing.total, SIZE)
    if number > 1:
        offset = (number - 1) * SIZE
        listing = data.read(
            visit, data.campaigns.listing, visit.now, wanted, limit=SIZE, offset=offset
        )
    _table(visit, listing)
    campaign_stop_box.show(visit)
    markup.show(markup.note(wording.NOTE_CAMPAIGN))


def _table(visit: Visit, listing: Campaigns) -> None:
    if not listing.rows:
        todo = ("按“拟写协同发声”开始；保存后送审，签发后下达。",)
        if not visit.may(Permission.CAMPAIGN):
            todo = ("有任务时会列在这里，也可以从消息里的链接直接打开。",)
        markup.show(markup.empty("没有协同发声", todo))
        return
    markup.show(markup.note(_summary(visit, listing.rows)))
    markup.show(markup.table(COLUMNS, [_row(visit, each) for each in listing.rows], lesser=LESSER))
    filters.pager(listing.total, SIZE)


def _summary(visit: Visit, rows: Sequence[Line]) -> str:
    """进行中 n, and how long the tightest has."""
    live = [each for each in rows if each.kept.state is State.UNDER_WAY]
    ahead = [each.kept.due_at - visit.now for each in live if each.kept.due_at > visit.now]
    tightest = f"，最紧一项还剩{say.stretch(min(ahead))}" if ahead else ""
    return f"进行中{len(live)}{tightest}"


def _row(visit: Visit, line: Line) -> tuple[Cell, ...]:
    kept = line.kept
    done = f"{line.done:,}/{line.tasks:,}" if line.tasks else say.NONE
    live = kept.state in (State.DRAFT, State.UNDER_WAY)
    left = campaign_words.left(kept.due_at, visit.now) if live else ""
    return (
        markup.joined(
            markup.link(campaign_words.title(line), links.campaign(kept.id)),
            markup.faint(kept.number),
        ),
        kept.content.kind.value,
        kept.content.order.value,
        markup.joined(line.desk_name, markup.faint(line.drafter)),
        campaign_words.badge(visit, line),
        markup.joined(markup.whole(say.short(kept.due_at)), markup.faint(left)),
        done,
    )
