"""平台申诉函 of one of the accounts that are 失管待找回: who may be called, then the Word file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import markup, say
from dashboard.case_papers import WORD
from monitor.actions import appealing
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.record.screens.lives import Lived


def show(visit: Visit, rows: Sequence[Lived]) -> None:
    """One choice, one line, one button."""
    with st.form("appeal", border=True):
        markup.show(markup.unclassified())
        place = st.selectbox(
            "账号",
            range(len(rows)),
            format_func=lambda at: f"{rows[at].name}（{say.platform(rows[at].platform)}）",
            key="appeal_account",
        )
        contact = st.text_input("联系人及电话", key="appeal_contact", max_chars=100)
        pressed = st.form_submit_button("生成平台申诉函", type="primary")
    if pressed:
        _made(visit, rows[place], contact)


def _made(visit: Visit, each: Lived, contact: str) -> None:
    make = partial(appealing.word, visit.store, visit.person, each.account_id, contact)
    try:
        name, content = make(visit.data_dir)
    except SentinelError as refused:
        st.error(str(refused))
        return
    st.download_button("下载平台申诉函", content, name, WORD, on_click="ignore", key="appeal_word")
