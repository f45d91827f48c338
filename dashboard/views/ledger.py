"""台账导入: drop any ledger, correct what its columns mean, see what would change, then save."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import afterwards, clearing_truth, ledger_box, markup
from dashboard.page import SOURCES, Visit, page
from monitor.domain.person import Permission

SAVED: Final = "ledger_saved"


@page(
    "ledger",
    title="台账导入",
    icon=":material/upload_file:",
    section=SOURCES,
    order=50,
    permission=Permission.IMPORT_LEDGER,
)
def ledger(visit: Visit) -> None:
    """One file at a time; nothing is saved before the person says so."""
    markup.style()
    st.title("台账导入", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    markup.show(
        markup.note(
            "直接上传现有台账即可：标题行、两行表头、合并单元格、每平台一组列、一市一表都能识别。"
            "只需写明平台、账号名称、主办单位；没有账号编号的照样收。保存前可先看清会改动什么。"
        )
    )
    clearing_truth.line(visit)
    _saved()
    done = ledger_box.take(visit)
    if done is not None:
        st.session_state[SAVED] = ledger_box.told(done)
        st.rerun()


def _saved() -> None:
    afterwards.said(SAVED)
