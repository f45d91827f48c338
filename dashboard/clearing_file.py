"""自查 by a workbook: fetched, filled in without the desk, and handed in as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, markup, uploads
from dashboard.form_sheet import once
from monitor.actions import clearing_sheets
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.clearings import Kept
    from monitor.record.screens.clearings import Told

KINDS: Final = ("xlsx", "xls", "et")


def show(visit: Visit, kept: Kept, unit: Told) -> None:
    """What is left of one unit as a workbook, and the box for those that came back."""
    with st.expander("用表格填报（下载、填好后交回）"):
        key = f"clearing_file_{kept.id}_{unit.unit_id}"
        if st.button("生成自查表", key=f"{key}_make"):
            _fetched(visit, kept, unit)
        markup.show(markup.unclassified())
        file = uploads.one("填好的自查表", f"{key}_file", KINDS)
        if st.button("交回自查表", key=f"{key}_send", disabled=file is None) and file is not None:
            _taken(visit, kept, file, key)


def _fetched(visit: Visit, kept: Kept, unit: Told) -> None:
    try:
        book = clearing_sheets.make(visit.store, visit.person, kept.id, unit.unit_id)
    except SentinelError as refused:
        st.error(str(refused))
        return
    st.download_button(
        f"下载自查表（{book.lines}个账号）", book.content, book.name, on_click="ignore"
    )


def _taken(visit: Visit, kept: Kept, file: tuple[str, bytes], key: str) -> None:
    done: list[int] = []
    if once(
        key,
        lambda sent: done.append(
            clearing_sheets.take(visit.store, visit.person, kept.id, file, sent)
        ),
    ):
        afterwards.tell("clearing", f"已交回{sum(done)}个账号的自查情况。")
