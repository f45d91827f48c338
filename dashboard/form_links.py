"""签收链接 of a distribution: made in one go, copied at once, and what units answered by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import form_sheet, markup
from dashboard.page import link_maker
from monitor.actions import form_receipts

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.domain.form import Round

MADE: Final = "form-links"


def show(visit: Visit, sent: Round) -> None:
    """The button, and the texts it makes; they are shown once."""
    key = f"{MADE}-{sent.id}"
    with st.expander("免登录签收链接"):
        markup.show(
            markup.note(
                "给每个未交齐的单位生成一个签收链接，只能签收、写说明；可随时在“填报”页撤回。"
                "生成后只显示一次，请当场复制；再次生成时，旧链接作废。"
            )
        )
        if st.button("生成签收链接", key=f"{key}-make"):
            _make(visit, sent, key)
        if key in st.session_state:
            st.code(st.session_state[key], language=None, wrap_lines=True)


def _make(visit: Visit, sent: Round, key: str) -> None:
    secret, base = link_maker()

    def work(pressed: Sent) -> None:
        made = form_receipts.make(visit.store, visit.person, secret, sent.id, pressed)
        texts = (form_receipts.text(sent, each, base) for each in made)
        st.session_state[key] = "\n\n".join(texts)

    if form_sheet.once(MADE, work, str(sent.id)):
        st.rerun()
