"""What a person says of a hint after a look at it: one form for words and for numbers."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import afterwards
from monitor.domain.errors import SentinelError
from monitor.domain.words import Decision

Decide = Callable[[int, Decision], None]


def ask(form: str, label: str, names: Mapping[int, str], decide: Decide, then: str = "") -> None:
    """Ask of one of several by id; `then` follows what is told once it is decided."""
    with st.form(form, border=False):
        chosen = st.selectbox(label, list(names), format_func=names.__getitem__, filter_mode=None)
        left, right = st.columns(2)
        seen = left.form_submit_button(Decision.SEEN.value, key=f"{form}_seen")
        nothing = right.form_submit_button(Decision.NO_MATTER.value, key=f"{form}_nothing")
    if not (seen or nothing):
        return
    decision = Decision.SEEN if seen else Decision.NO_MATTER
    try:
        decide(chosen or 0, decision)
    except SentinelError as error:
        st.error(str(error))
        return
    afterwards.tell("hints", f"已记为“{decision.value}”{then}。")
