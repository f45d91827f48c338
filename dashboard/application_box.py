"""账号申请表 of the application that waits on an account: who may be asked, then the Word file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import markup
from dashboard.case_papers import WORD
from monitor.actions import applying
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.lives import Lived


def show(visit: Visit, found: Lived) -> None:
    """One line, one button; for leaders who sign on paper."""
    key = f"application_{found.account_id}"
    with st.form(key, border=True):
        markup.show(markup.note("领导在纸上签批的，打印申请表，签后登记线下审批或批准文号。"))
        markup.show(markup.unclassified())
        contact = st.text_input("联系人及电话", key=f"{key}_contact", max_chars=100)
        pressed = st.form_submit_button("生成申请表")
    if pressed:
        make = partial(applying.word, visit.store, visit.person, found.account_id, contact)
        try:
            name, content = make(visit.data_dir)
        except SentinelError as refused:
            st.error(str(refused))
            return
        st.download_button(
            "下载申请表（Word）", content, name, WORD, on_click="ignore", key=f"{key}_word"
        )
