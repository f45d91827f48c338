"""按覆盖人数选: the fewest accounts that come to as many followers as wanted, and taking them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup
from monitor.actions import campaign_terms
from monitor.actions.campaign_words import REACH

if TYPE_CHECKING:
    from dashboard.form_sheet import FormSheet
    from dashboard.page import Visit
    from monitor.actions.campaign_terms import Proposal
    from monitor.domain.campaign import Aim
    from monitor.record.screens.campaign_targets import Preview

LABEL: Final = "想覆盖多少人"
KNOWN: Final = (
    "同一个人可能关注几个账号，重复多少不掌握，实际人数不会超过合计；没有粉丝数据的不在其中。"
)


def show(visit: Visit, sheet: FormSheet, aim: Aim, aimed: Preview) -> None:
    """A box for the number wanted, the fewest accounts that come to it, and a button. `aimed` are
    the accounts of the aim as it is; those it leaves out for their followers are read anew."""
    with st.expander("按覆盖人数选账号"):
        number = st.number_input(
            LABEL, 1, value=None, step=10_000, placeholder="人数", key=f"{sheet.form}-audience"
        )
        if number is None:
            return
        known = aimed
        if aim.reach:
            wanted = data.campaign_targets.Wanted(replace(aim, reach=0))
            known = data.read(visit, data.campaign_targets.preview, visit.now, wanted)
        found = campaign_terms.smallest(known.audiences, number)
        markup.show(markup.note(_told(found, known.accounts, number)))
        if found.enough:
            st.button(
                f"只选这{found.accounts:,}个账号",
                on_click=lambda: sheet.fill_in(REACH, str(found.least)),
                key=f"{sheet.form}-audience-take",
            )


def _told(found: Proposal, accounts: int, wanted: int) -> str:
    if not found.accounts:
        return f"发布对象{accounts:,}个账号都没有粉丝数据，不能按人数选。"
    whole = f"合计{found.followers:,}人"
    if not found.enough:
        return f"有粉丝数据的{found.accounts:,}个账号{whole}，不到{wanted:,}人。{KNOWN}"
    more = found.accounts - found.fewest
    equals = f"（{found.fewest:,}个就够，粉丝数相同的一并选上）" if more else ""
    return (
        f"粉丝不少于{found.least:,}的{found.accounts:,}个账号{whole}，够{wanted:,}人{equals}，"
        f"是{accounts:,}个发布对象里最少的。{KNOWN}"
    )
