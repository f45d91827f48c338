"""查看联系方式: asked for with a purpose, shown for a minute, then gone from the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup
from dashboard.page import Visit, fragment
from monitor.actions import revealing
from monitor.actions.revealing import PURPOSES, Why
from monitor.domain.errors import SentinelError
from monitor.domain.revealing import MORE, SHOWN_SECONDS
from monitor.report import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from monitor.record.vault import Vault

SHOWN: Final = "reveal_shown"


@dataclass(frozen=True)
class Shown:
    """A number on screen: whose, and until which second."""

    label: str
    number: str = field(repr=False)
    until: int


def draw(visit: Visit, known: Mapping[int, str], vault: Callable[[], Vault]) -> None:
    """The form over contacts (label by id); above it the number asked for last, for a minute."""
    if SHOWN in st.session_state:
        _stand(visit)
    with st.expander("查看联系方式"), st.form("reveal", border=False):
        markup.show(markup.note(wording.NOTE_REVEAL), markup.unclassified())
        chosen = st.selectbox(
            "联系方式", list(known), format_func=lambda key: known[key], filter_mode=None
        )
        left, right = st.columns([1, 2])
        purpose = left.selectbox("事由", PURPOSES, filter_mode=None)
        more = right.text_input(
            "补充说明(选“其他”时必填)", max_chars=MORE.longest, placeholder="例如 电话核实11月停更"
        )
        if not st.form_submit_button("查看"):
            return
    try:
        number = revealing.reveal(visit.store, visit.person, vault(), chosen, Why(purpose, more))
    except SentinelError as error:
        st.error(str(error))
        return
    label = known[chosen].rpartition(" ")[0]
    st.session_state[SHOWN] = Shown(label, number, visit.now + SHOWN_SECONDS)
    st.rerun()


@fragment(run_every="5s")
def _stand(visit: Visit) -> None:
    """The number with the seconds it has left; nothing of it stays once they are over."""
    shown: Shown | None = st.session_state.get(SHOWN)
    if shown is None:
        return
    left = shown.until - visit.now
    if left <= 0:
        del st.session_state[SHOWN]
        markup.show(markup.note("号码已隐藏。需要再看,请重新填写事由。"))
        return
    st.info(f"{shown.label}:{shown.number}({left}秒后隐藏)")
