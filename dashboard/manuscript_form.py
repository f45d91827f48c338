"""The form of a text 文稿: kind, title, body, platforms and when it is to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import links, markup
from dashboard.form_sheet import JOIN, KEPT, FormSheet
from monitor.actions import manuscripts
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.instants import typed_minute
from monitor.domain.manuscript import BODY, KIND, KINDS, PLANNED, TITLE, Text
from monitor.domain.manuscript import PLATFORMS as WHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.approving import Shown

EMPTY: Final[Mapping[str, str]] = {KIND: KINDS[0], TITLE: "", BODY: "", WHERE: "", PLANNED: ""}
SECRETS: Final = "本系统为非涉密系统，严禁存储、处理、传输国家秘密和警务工作秘密。"


def show(visit: Visit, shown: Shown | None) -> None:
    """A new text, or one's own to be changed; saved on top of what was read."""
    st.title("修改文稿" if shown else "拟写文稿", anchor=False)
    markup.show(markup.note(SECRETS))
    if shown is not None and shown.steps:
        st.warning("文稿一经改动，已有的会签、审核意见全部作废，须重新提交审核。")
    form = f"manuscript-{shown.subject_id}" if shown else "manuscript-new"
    words = manuscripts.words_of(shown.text) if shown else EMPTY
    version = shown.text_version if shown else 0
    sheet = FormSheet(visit, form, words, version, frozenset({WHERE}))
    sheet.begin()
    _fields(sheet)
    if st.button("保存", type="primary", key=f"{form}-save"):
        _save(visit, sheet, shown)


def _fields(sheet: FormSheet) -> None:
    st.selectbox(KIND, KINDS, **sheet.field(KIND))
    markup.show(markup.unclassified())
    st.text_input(TITLE, max_chars=manuscripts.LONGEST_TITLE, **sheet.field(TITLE))
    st.text_area(BODY, height=280, max_chars=manuscripts.LONGEST_BODY, **sheet.field(BODY))
    names = list(PLATFORMS.values())
    st.multiselect(WHERE, names, placeholder="可选多个", **sheet.field(WHERE))
    st.text_input(PLANNED, placeholder="2026-11-26 18:00，可空", **sheet.field(PLANNED))
    st.caption(KEPT)


def _save(visit: Visit, sheet: FormSheet, shown: Shown | None) -> None:
    done: list[manuscripts.Saved] = []

    def work(sent: Sent) -> None:
        text = text_of(sheet.words())
        known = shown.subject_id if shown else None
        done.append(manuscripts.save(visit.store, visit.person, text, sent, known))

    if sheet.send(work):
        st.toast("已保存，可以提交审核。")
        st.query_params.from_dict({"id": str(done[0].approval_id)})
        st.rerun()


def text_of(words: Mapping[str, str]) -> Text:
    """A text out of the fields; InputError where the planned time cannot be read."""
    ids = {name: identity for identity, name in PLATFORMS.items()}
    chosen = tuple(ids[name] for name in words[WHERE].split(JOIN) if name in ids)
    return Text(words[KIND], words[TITLE], words[BODY], chosen, _moment(words[PLANNED]))


def _moment(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return typed_minute(text)
    except ValueError:
        raise InputError(f"{PLANNED}“{text}”读不懂", PLANNED, "应为 2026-11-26 18:00") from None


def back() -> None:
    """The way to the lists."""
    markup.show(markup.back("返回审批列表", links.to(links.APPROVING)))
