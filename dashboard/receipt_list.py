"""有效的免登录链接: every link that still opens a form, and a button that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import markup, say
from monitor.actions import receipt_list
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from dashboard.page import Visit


def show(visit: Visit) -> None:
    """The list, folded away; nothing where no link is out."""
    found = receipt_list.live(visit.store, visit.person, visit.now)
    if not found:
        return
    with st.expander(f"有效的免登录链接{len(found)}个"):
        columns = ("单位", "任务", "生成", "失效")
        rows = [
            (
                each.unit_name,
                f"{each.kind} {each.about}",
                say.moment(each.created_at),
                say.moment(each.expires_at),
            )
            for each in found
        ]
        markup.show(markup.table(columns, rows, lesser={"生成"}))
        names = {each.link_id: f"{each.unit_name} {each.kind} {each.about}" for each in found}
        chosen = st.selectbox(
            "撤回哪一个", list(names), format_func=lambda each: names[each], key="receipt-which"
        )
        if st.button("撤回这个链接", key="receipt-end"):
            try:
                receipt_list.end(visit.store, visit.person, chosen)
            except SentinelError as refused:
                st.warning(str(refused))
                return
            st.toast("链接已撤回，打开时会提示已撤回。")
            st.rerun()
