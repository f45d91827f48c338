"""认定标准, the two ways to edit a revision: field by field, and as the text of its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, markup
from dashboard.form_sheet import JOIN, KEPT, FormSheet
from monitor.actions import standard_sheets as sheets
from monitor.actions import standards as acting
from monitor.domain.account import PLATFORMS
from monitor.domain.rank import RANKS
from monitor.domain.unit import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.domain.standard import Draft

OUTCOMES: Final = {
    sheets.LIMITS: ("正常", "提醒", "不合格"),
    sheets.RULES: ("提醒", "不合格", "不适用"),
}
FIGURES: Final = ("天数", "结论", "核查有效天数", "宽限天数")
SAVED: Final = "已保存。改了数值而没有另写来源的，来源和级别已改为“本厅设定”。"
NOTE: Final = (
    "改了数值而没有改来源的，来源和级别自动改为“本厅设定”；有新依据的请一并写明。"
    "增加分级或规则、改回复率等，请按文字修改。"
)
LONGEST: Final = 200


def show(visit: Visit, draft: Draft) -> None:
    """Both, each behind a fold: whoever prefers one need never meet the other. What one saved the
    other begins from."""
    words, layout = sheets.words(draft.text), sheets.layout(draft.text)
    heads = (*layout[sheets.VARIANTS], sheets.NEW)
    lists = {f"{head}·{each}" for head in heads for each in ("平台", "层级")}
    lists |= {sheets.EXCUSED, sheets.ASIDE}
    form = FormSheet(visit, f"standard-{draft.id}", words, draft.edits, frozenset(lists))
    text = FormSheet(visit, f"standard-text-{draft.id}", {acting.TEXT: draft.text}, draft.edits)
    with st.expander("逐项修改"):
        form.begin()
        _fields(visit, form, words, layout)
        if st.button("保存修改", type="primary", key=f"standard-{draft.id}-save"):
            _save_form(visit, draft, form, text)
    with st.expander("按文字修改"):
        text.begin()
        _text(text)
        if st.button("保存文字", type="primary", key=f"standard-text-{draft.id}-save"):
            _save_text(visit, draft, text, form)


def _save_form(visit: Visit, draft: Draft, sheet: FormSheet, other: FormSheet) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        acting.save_form(visit.store, visit.person, visit.data_dir, draft.id, said, sent)

    if sheet.send(work):
        other.forget()
        afterwards.tell("standards", SAVED)


def _save_text(visit: Visit, draft: Draft, sheet: FormSheet, other: FormSheet) -> None:
    text = sheet.words()[acting.TEXT]

    def work(sent: Sent) -> None:
        acting.save_text(visit.store, visit.person, visit.data_dir, draft.id, text, sent)

    if sheet.send(work):
        other.forget()
        afterwards.tell("standards", "已保存。")


def _fields(
    visit: Visit,
    sheet: FormSheet,
    words: Mapping[str, str],
    layout: Mapping[str, tuple[str, ...]],
) -> None:
    markup.show(markup.unclassified())
    _general(visit, sheet, words)
    for head in (sheets.LIMITS, sheets.RULES):
        st.markdown(f"**{head}**")
        for name in layout[head]:
            _part(sheet, name, words, OUTCOMES[head])
    st.markdown(f"**{sheets.VARIANTS}**")
    for head in (*layout[sheets.VARIANTS], sheets.NEW):
        _variant(sheet, head, words, layout[sheets.LIMITS])
    st.caption(f"{NOTE}{KEPT}")


def _text(sheet: FormSheet) -> None:
    markup.show(markup.unclassified())
    st.text_area(acting.TEXT, height=420, max_chars=sheets.LONGEST_TEXT, **sheet.field(acting.TEXT))
    st.caption(f"写错的地方按行指出；代号和版本不能改。改了数值的，须同时改来源和级别。{KEPT}")


def _general(visit: Visit, sheet: FormSheet, words: Mapping[str, str]) -> None:
    left, right = st.columns(2)
    left.text_input(sheets.TITLE, max_chars=acting.LONGEST_TITLE, **sheet.field(sheets.TITLE))
    hint = "2027-01-01"
    right.text_input(sheets.SINCE, max_chars=10, placeholder=hint, **sheet.field(sheets.SINCE))
    st.text_input(sheets.SOURCE, max_chars=LONGEST, **sheet.field(sheets.SOURCE))
    first, *others = st.columns(3)
    first.selectbox(sheets.GRADE, list("01234"), filter_mode=None, **sheet.field(sheets.GRADE))
    for column, name in zip(others, (sheets.CONFIRM, sheets.NOTIFIED), strict=True):
        column.selectbox(name, ["是", "否"], filter_mode=None, **sheet.field(name))
    for name, known in (
        (sheets.EXCUSED, sheets.kinds(visit.data_dir)),
        (sheets.ASIDE, sheets.STATES),
    ):
        _several(sheet, name, (*known, *words[name].split(JOIN)))


def _several(sheet: FormSheet, name: str, options: tuple[str, ...]) -> None:
    every = [each for each in dict.fromkeys(options) if each]
    st.multiselect(name, every, placeholder="可选多个", filter_mode=None, **sheet.field(name))


def _part(sheet: FormSheet, name: str, words: Mapping[str, str], outcomes: tuple[str, ...]) -> None:
    """One threshold in one row: its figures, then on whose word they stand."""
    figures = [each for each in FIGURES if f"{name}·{each}" in words]
    columns = st.columns([1] * len(figures) + [2, 1])
    for column, each in zip(columns, figures, strict=False):
        field = f"{name}·{each}"
        if each == "结论":
            column.selectbox(field, outcomes, filter_mode=None, **sheet.field(field))
        else:
            column.text_input(field, max_chars=5, **sheet.field(field))
    source, rank = f"{name}·来源", f"{name}·级别"
    columns[-2].text_input(source, max_chars=LONGEST, **sheet.field(source))
    columns[-1].selectbox(rank, RANKS, filter_mode=None, **sheet.field(rank))


def _variant(
    sheet: FormSheet, head: str, words: Mapping[str, str], classes: tuple[str, ...]
) -> None:
    """For whom, which limits otherwise, on whose word; without a name it is none."""
    with st.container(border=True):
        left, middle, right = st.columns(3)
        name, types = f"{head}·名称", f"{head}·账号类型"
        left.text_input(name, max_chars=40, placeholder="不填则没有", **sheet.field(name))
        for column, each, options in (
            (middle, "平台", PLATFORMS.values()),
            (right, "层级", [level.value for level in Level]),
        ):
            field = f"{head}·{each}"
            column.multiselect(
                field, list(options), placeholder="全部", filter_mode=None, **sheet.field(field)
            )
        limits = [f"{head}·{each}·天数" for each in classes if f"{head}·{each}·天数" in words]
        for column, each in zip(st.columns(max(1, len(limits))), limits, strict=False):
            column.text_input(each, max_chars=5, placeholder="同上", **sheet.field(each))
        left, middle, right = st.columns([1, 2, 1])
        left.text_input(types, max_chars=LONGEST, placeholder="全部", **sheet.field(types))
        source, rank = f"{head}·来源", f"{head}·级别"
        middle.text_input(source, max_chars=LONGEST, **sheet.field(source))
        right.selectbox(rank, RANKS, filter_mode=None, **sheet.field(rank))
