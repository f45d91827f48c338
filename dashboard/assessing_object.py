"""提出异议: the form of a unit's people, on the page of their own result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, assessing_forms, markup, say, uploads
from dashboard.form_sheet import FormSheet
from dashboard.page import vault
from monitor.actions import objecting, scorecards
from monitor.actions.objecting import Raising
from monitor.domain.assessment import State
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.scorecards import Sheet
    from monitor.actions.sending import Sent
    from monitor.record.screens.assessing import Told

LINE, WORDS, WANTED, PHONE = "指标", "异议内容", "应得分", "联系电话"
SCANS: Final = ("pdf", "png", "jpg", "jpeg")


def show(visit: Visit, told: Told, sheet: Sheet, unit: str) -> None:
    """提出异议, for the unit's people while the result is being told."""
    open_now = told.kept.state is State.FEEDBACK
    if not visit.may(Permission.OBJECT) or not open_now:
        return
    lines = {
        str(each["二级指标编号"]): _called(each)
        for each in scorecards.lines(sheet, unit)
        if each["权重调整后满分"]
    }
    with st.expander("提出异议"):
        markup.show(
            markup.note(f"请于{say.moment(told.kept.feedback_until)}前提出，只涉及本单位。")
        )
        stands = {LINE: next(iter(lines), ""), WORDS: "", WANTED: "", PHONE: ""}
        form = FormSheet(
            visit, f"assessing-plea-{told.kept.id}-{unit}", stands, unkept=frozenset({PHONE})
        )
        form.begin()
        assessing_forms.choose(LINE, lines, form)
        markup.show(markup.unclassified())
        st.text_area(WORDS, max_chars=500, **form.field(WORDS))
        st.text_input(WANTED, placeholder="数字，例如 5.5", **form.field(WANTED))
        files = uploads.several("佐证（PDF、PNG、JPG，最多5个）", f"assessing-files-{unit}", SCANS)
        st.text_input(PHONE, max_chars=20, **form.field(PHONE))
        if st.button("提出异议", type="primary", key="assessing-object"):
            _object(visit, told, unit, form, tuple(each[1] for each in files))


def _called(line: scorecards.Row) -> str:
    """A line with its points on the scheme's own scale: what is asked for is on that scale too."""
    name, most = f"{line['二级指标编号']} {line['二级指标']}", line["满分"]
    whole, got = line["权重调整后满分"], line["得分"]
    if not isinstance(got, float | int) or not isinstance(whole, float | int) or not whole:
        return f"{name}（不计分，满分{most:g}）"
    return f"{name}（现得{got / whole * float(most or 0):.2f}，满分{most:g}）"


def _object(visit: Visit, told: Told, unit: str, form: FormSheet, files: tuple[bytes, ...]) -> None:
    said = form.words()
    wanted = number(said[WANTED])
    if wanted is None:
        st.error("应得分请填数字，例如 5.5。")
        return
    key = vault()
    raising = Raising(told.kept.id, unit, said[LINE], said[WORDS], wanted, files, said[PHONE])

    def work(sent: Sent) -> object:
        return objecting.raise_objection(
            visit.store, visit.person, key, visit.data_dir, raising, sent
        )

    if form.send(work):
        afterwards.tell("assessing", "异议已提出，复核后在“异议”里看答复。")


def number(text: str) -> float | None:
    """What somebody typed as a number; None where it is none."""
    try:
        return float(text.strip())
    except ValueError:
        return None
