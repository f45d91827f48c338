"""The accounts of one unit as cards: how long each still has, and the newest post that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, links, markup, say
from dashboard.markup import Card
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.listing import Listed

MOST: Final = 24
SOON: Final = 3 * DAY
WRONG: Final = "我们看到的最近一条不对？打开账号核对；可在“巡查”登记最近一条并附链接。"


def show(visit: Visit) -> None:
    """Worst first; a word for whoever knows of a newer post than we do."""
    found = data.read(visit, data.listing.listing, visit.now, data.listing.Wanted(), limit=MOST)
    st.subheader("我的账号", anchor=False)
    markup.show(markup.cards(_card(each) for each in found.rows))
    more = found.total - len(found.rows)
    if more > 0:
        way = markup.link(f"还有{more:,}个，查看全部", links.to(links.ACCOUNTS))
        markup.show(markup.note(way))
    markup.show(markup.note(WRONG))


def _card(each: Listed) -> Card:
    late = each.outcome == Outcome.FAIL
    near = each.left_s is not None and 0 < each.left_s < SOON
    return Card(
        f"{each.name} · {say.platform(each.platform)}",
        _figure(each),
        f"距14天 · 最近一条 {say.published(each.last_post_from, each.last_post_until)}",
        links.account(each.account_id),
        alarming=late or near,
    )


def _figure(each: Listed) -> str:
    """How far from the limit; where nothing was proven, what stands instead."""
    if each.outcome is None:
        return "尚未比对"
    if each.outcome == Outcome.NOT_COUNTED:
        return f"不纳入({each.state})"
    if each.outcome == Outcome.UNDECIDED:
        return "暂不作认定"
    said = say.distance(each.left_s, each.outcome)
    return say.concluded(each.outcome, each.status, each.status_max) if said == say.NONE else said
