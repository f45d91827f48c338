"""What a page says after it did something: kept over the next run of its script, said once."""

from __future__ import annotations

from typing import Final, NoReturn

import streamlit as st

KEY: Final = "{}_told"


def show(page: str) -> None:
    """Say what was done at the run before; nothing where nothing was."""
    said(KEY.format(page))


def said(key: str) -> None:
    """Say once what stands under a key of the session, in a place that stays when the word is gone:
    were it gone too, all below would move up by one, and what somebody opened there would shut."""
    with st.container():
        message = st.session_state.pop(key, None)
        if message:
            st.success(message)


def tell(page: str, message: str) -> NoReturn:
    """Say it once the page is drawn anew, which happens at once."""
    st.session_state[KEY.format(page)] = message
    st.rerun()
