"""签收链接: one for each account of a page that has not published, to be passed on by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup
from dashboard.page import Visit, link_maker
from monitor.actions import campaign_links
from monitor.domain.campaign import ABSENT, State
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.record.screens.campaign_board import TaskLine
    from monitor.record.screens.campaigns import Line

TOLD: Final = (
    "给没有登录账号的单位：一条链接只管一个账号，只能签收、填链接、写说明。"
    "再次生成，先前的链接失效，并计入本周催办。"
)


def show(visit: Visit, line: Line, found: Sequence[TaskLine]) -> None:
    """The button, and the links once made: they are shown this once."""
    waiting = tuple(each.kept.id for each in found if each.kept.task.state in ABSENT)
    live = line.kept.state is State.UNDER_WAY
    if not waiting or not live or not visit.may(Permission.CAMPAIGN):
        return
    with st.expander("签收链接"):
        markup.show(markup.note(TOLD))
        if not st.button("生成签收链接", key="campaign-links"):
            return
        key, base = link_maker()
        try:
            made = campaign_links.make(
                visit.store, visit.person, key, line.kept.id, waiting[: campaign_links.MOST]
            )
        except SentinelError as refused:
            st.error(str(refused))
            return
        told = [f"{each.task} {base.rstrip('/')}/r/{each.token}" for each in made]
        st.code("\n".join(told), language=None, wrap_lines=True)
