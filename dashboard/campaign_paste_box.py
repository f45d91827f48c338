"""粘贴接龙: replies of a group, line by line; a person decides on what is doubtful, all enters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import campaign_tasks_box, campaign_understood, markup, uploads
from monitor.actions import campaign_receipt_sheets, campaign_returns
from monitor.domain.campaign import State
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.page import Visit
    from monitor.actions.campaign_returns import Understood
    from monitor.domain.person import Person
    from monitor.record.screens.campaigns import Line
    from monitor.record.store import Store

LIVE: Final = frozenset({State.UNDER_WAY, State.ENDED})
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOLD: Final = (
    "把工作群里的接龙或回复整段粘贴进来，逐行列出读懂了什么、哪里存疑、哪行没看懂；核对后一次登记，标“自报”。"
    "粘贴的原文不保存。也可以生成回执表发给各单位填写，收回后在这里核对。"
)
SAMPLE: Final = "1. ××市公安局 微博已发 链接\n2. ××县：抖音 已发"


def show(visit: Visit, line: Line, region: str) -> None:
    """The field, the sheet, what was understood, and the one button that enters it; `region` is the
    place whose tasks the page shows."""
    if line.kept.state not in LIVE or not visit.may(Permission.CAMPAIGN_TASK):
        return
    form = f"paste-{line.kept.id}"
    with st.expander("粘贴接龙、收回执表", expanded=form in st.session_state):
        markup.show(markup.note(TOLD), markup.unclassified())
        with st.form(f"{form}-text", border=False):
            text = st.text_area(
                "群里的接龙或回复",
                height=160,
                max_chars=campaign_returns.LONGEST,
                placeholder=SAMPLE,
            )
            pressed = st.form_submit_button("解读")
        if pressed:
            _read(form, lambda: campaign_returns.understand(*_whose(visit, line), text, visit.now))
        _sheets(visit, line, form, region)
        found: Understood | None = st.session_state.get(form)
        if found is not None:
            campaign_understood.show(visit, line.kept.id, form, found, _told)


def _sheets(visit: Visit, line: Line, form: str, region: str) -> None:
    """回执表 out for the place that is shown, and back."""
    left, right = st.columns([1, 2])
    if left.button("生成回执表", key=f"{form}-make"):
        try:
            book = campaign_receipt_sheets.make(*_whose(visit, line), region, visit.now)
        except SentinelError as refused:
            st.error(str(refused))
        else:
            label = f"下载回执表（{book.lines}项）"
            left.download_button(label, book.content, book.name, XLSX, on_click="ignore")
    with right:
        file = uploads.one("填好的回执表", f"{form}-file", ("xlsx",))
    if file is not None and right.button("核对回执表", key=f"{form}-check"):
        _read(
            form,
            lambda: campaign_receipt_sheets.understand(*_whose(visit, line), file, visit.now),
        )


def _whose(visit: Visit, line: Line) -> tuple[Store, Person, int]:
    return visit.store, visit.person, line.kept.id


def _read(form: str, work: Callable[[], Understood]) -> None:
    try:
        st.session_state[form] = work()
    except SentinelError as refused:
        st.session_state.pop(form, None)
        st.error(str(refused))


def _told(words: str) -> None:
    st.session_state[campaign_tasks_box.SAID] = words
    st.rerun()
