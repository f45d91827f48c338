"""Receipt links of one unit's week: made, made again and taken back by who asks for the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import form_sheet, markup, say
from dashboard.page import link_maker
from monitor.actions import report_files
from monitor.actions import reporting as acting

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.reporting import UnitLine

MADE: Final = "report-link"


def show(visit: Visit, week: str, unit: UnitLine) -> None:
    """What is out for this unit, and the buttons; a new link is shown once."""
    key = f"{MADE}-{week}-{unit.unit_id}"
    with st.expander("免登录链接"):
        told = f"链接有效，{say.moment(unit.due)}截止。" if unit.linked else "尚未生成链接。"
        markup.show(
            markup.note(
                f"{told}链接只能填这一个单位这一周的表，可随时撤回；生成后只显示一次，请当场复制。"
            )
        )
        make, end, _ = st.columns([1, 1, 2])
        name = "撤回旧链接，重新生成" if unit.linked else "生成链接"
        if make.button(name, key=f"{key}-make", width="stretch"):
            _make(visit, week, unit, key)
        if unit.linked and end.button("撤回链接", key=f"{key}-end", width="stretch"):
            _revoke(visit, week, unit, key)
        if key in st.session_state:
            st.code(st.session_state[key], language=None, wrap_lines=True)


def _make(visit: Visit, week: str, unit: UnitLine, key: str) -> None:
    secret, base = link_maker()
    asking = acting.Asking(week, visit.scope, unit.due, unit.unit_id)

    def work(sent: Sent) -> None:
        opened = acting.open_week(visit.store, visit.person, secret, asking, renew=True, sent=sent)
        texts = (report_files.text(week, each, base) for each in opened)
        st.session_state[key] = "\n".join(texts)

    if form_sheet.once(MADE, work, f"{week}-{unit.unit_id}"):
        st.rerun()


def _revoke(visit: Visit, week: str, unit: UnitLine, key: str) -> None:
    acting.revoke(visit.store, visit.person, week, unit.unit_id, visit.scope)
    st.session_state.pop(key, None)
    st.toast("链接已撤回。")
    st.rerun()
