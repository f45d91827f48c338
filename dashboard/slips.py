"""初始密码条: first passwords, shown once, eight to a sheet of A4, to be printed and cut."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup
from dashboard.markup import Html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.actions.intake import Slip

KEPT: Final = "people_slips"


def keep(slips: Iterable[Slip]) -> None:
    """Hold them for the next run of the page; nowhere else are they kept."""
    st.session_state[KEPT] = (*st.session_state.get(KEPT, ()), *slips)


def waiting() -> bool:
    """Whether slips stand on the page that were not put away yet; shows them."""
    slips: tuple[Slip, ...] = st.session_state.get(KEPT, ())
    if not slips:
        return False
    st.success(f"已办理{len(slips):,}人。初始口令只显示这一次，请打印后裁开，当面交给本人。")
    show(slips)
    if st.button("密码条已打印，收起", type="primary"):
        del st.session_state[KEPT]
        st.rerun()
    return True


def show(slips: Iterable[Slip]) -> None:
    """The slips in two columns; the browser's print leaves menu and buttons out."""
    markup.show(Html(f'<div class="ms-slips">{"".join(map(_slip, slips))}</div>'))
    st.caption("打印：按 Ctrl+P，每页A4八张，页眉和菜单不会印出。首次登录后须修改口令。")


def _slip(slip: Slip) -> str:
    lines = (
        ("单位", slip.unit),
        ("姓名", slip.name),
        ("角色", slip.role),
        ("登录名", slip.login),
        ("初始口令", slip.password),
    )
    inside = "".join(f"<dt>{term}</dt><dd>{escape(said)}</dd>" for term, said in lines)
    return f'<dl class="ms-slip" translate="no">{inside}</dl>'
