"""退出链接 of an officer's account: made with its text to send, shown once, ended at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, markup
from dashboard.page import link_maker
from monitor.actions import withdrawing
from monitor.domain.errors import SentinelError
from monitor.domain.officer import Standing

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.officers import Officer

MADE: Final = "officer-link"
AGREED: Final = frozenset({Standing.CONSENTED, Standing.JOINED})


def show(visit: Visit, chosen: Officer) -> None:
    """The buttons, and the text a new link makes; nothing where no consent could be taken back."""
    if chosen.joining.standing not in AGREED:
        return
    key = f"{MADE}-{chosen.account_id}-{chosen.joining.version}"
    with st.expander("退出链接（本人免登录退出）", expanded=key in st.session_state):
        markup.show(
            markup.note(
                f"发给账号本人，点开后按“确认退出”即退出，立即生效，无需登录。{withdrawing.LINK_DAYS}"
                "天内有效，只显示一次，请当场复制；再次生成时，旧链接作废。"
            )
        )
        with st.container(horizontal=True):
            if st.button("生成退出链接", key=f"{key}-make"):
                _make(visit, chosen, key)
            if st.button("作废退出链接", key=f"{key}-end"):
                _end(visit, chosen, key)
        if key in st.session_state:
            st.code(st.session_state[key], language=None, wrap_lines=True)


def _make(visit: Visit, chosen: Officer, key: str) -> None:
    secret, base = link_maker()
    try:
        made = withdrawing.make(visit.store, visit.person, secret, chosen.account_id)
    except SentinelError as refused:
        st.warning(str(refused))
        return
    st.session_state[key] = withdrawing.text(made, base)
    st.rerun()


def _end(visit: Visit, chosen: Officer, key: str) -> None:
    try:
        ended = withdrawing.end(visit.store, visit.person, chosen.account_id)
    except SentinelError as refused:
        st.warning(str(refused))
        return
    st.session_state.pop(key, None)
    afterwards.tell("officers", f"已作废退出链接{ended}个。" if ended else "没有有效的退出链接。")
