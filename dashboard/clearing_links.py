"""免登录自查链接 of a 清理排查: made in one go, copied at once, and whom to ask after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup
from dashboard.form_sheet import once
from dashboard.page import link_maker
from monitor.actions import clearing_receipts
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.clearings import Kept

NAMED: Final = 20
LEAD: Final = (
    "给每个未自查完的单位生成一个链接：账号都与台账相符的，一点即可提交；有不符的由您联系后逐个登记。"
    "只显示一次，请当场复制；再次生成时旧链接作废；可随时在“填报”页撤回。"
)


def show(visit: Visit, kept: Kept) -> None:
    """The button and the texts it makes, then the units that said something differs."""
    if not visit.may(Permission.CONFIRM):
        return
    key = f"clearing_links_{kept.id}"
    with st.expander("免登录自查链接"):
        markup.show(markup.note(LEAD))
        if st.button("生成自查链接", key=f"{key}_make"):
            _make(visit, kept, key)
        if key in st.session_state:
            st.code(st.session_state[key], language=None, wrap_lines=True)
        _differing(visit, kept)


def _make(visit: Visit, kept: Kept, key: str) -> None:
    secret, base = link_maker()
    made: list[clearing_receipts.Made] = []
    if once(
        key,
        lambda sent: made.extend(
            clearing_receipts.make(visit.store, visit.person, secret, kept.id, sent)
        ),
    ):
        st.session_state[key] = "\n\n".join(clearing_receipts.text(each, base) for each in made)
        st.rerun()


def _differing(visit: Visit, kept: Kept) -> None:
    """Who said by the link that not all is as the ledger says: these are to be called."""
    named = data.read(visit, data.clearings.differing, visit.now, kept.id)
    if named:
        more = f"等{len(named)}个单位" if len(named) > NAMED else ""
        markup.show(markup.note(f"答复有不符、待联系：{'、'.join(named[:NAMED])}{more}。"))
