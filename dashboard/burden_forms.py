"""基层负担, the two forms: a section head lets units have more this week; the office sets caps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, markup
from dashboard.form_sheet import KEPT, FormSheet
from dashboard.page import vault
from monitor.actions import burden as acting
from monitor.actions.burden import Allowing
from monitor.domain.burden import CAPS, MOST, Sort
from monitor.domain.errors import InputError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.sending import Sent

SORT: Final = "类别"
UNIT: Final = "单位(含下级)"
EXTRA: Final = "增加次数"
WHY: Final = "理由"


def allow(visit: Visit) -> None:
    """准予超限, for whoever may: kept as a draft until it is sent, sent once."""
    if not visit.may(Permission.EXCEED):
        return
    with st.expander("准予超限（科室负责人）"):
        places = {
            each.name: each.unit_id for each in data.read(visit, data.burden.places, visit.now)
        }
        if not places:
            markup.show(markup.note("范围内还没有单位，请先导入机构表。"))
            return
        stands = {SORT: next(iter(CAPS)).value, UNIT: next(iter(places)), EXTRA: "1", WHY: ""}
        sheet = FormSheet(visit, "burden-allow", stands)
        sheet.begin()
        markup.show(markup.unclassified())
        left, middle, right = st.columns([1, 2, 1])
        left.selectbox(SORT, [each.value for each in CAPS], **sheet.field(SORT))
        middle.selectbox(UNIT, list(places), **sheet.field(UNIT))
        right.text_input(EXTRA, max_chars=2, **sheet.field(EXTRA))
        st.text_input(WHY, max_chars=acting.GROUND.longest, **sheet.field(WHY))
        st.caption(f"只对本周有效，记入审计，在本页公开。{KEPT}")
        if st.button("准予超限", type="primary", key="burden-allow-go"):
            _allow(visit, sheet, places)


def _allow(visit: Visit, sheet: FormSheet, places: dict[str, int]) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        asked = Allowing(Sort(said[SORT]), places[said[UNIT]], _number(said, EXTRA), said[WHY])
        acting.allow(visit.store, visit.person, vault(), asked, sent)

    if sheet.send(work):
        afterwards.tell("burden", f"已准予{said[UNIT]}本周增加{said[SORT]}{said[EXTRA]}次。")


def caps(visit: Visit) -> None:
    """The caps, for whoever sets the office up; two who do it at once are told."""
    if not visit.may(Permission.SET_UP) or "/" not in visit.scope.paths:
        return
    with st.expander("设置上限"):
        now = acting.caps_of(visit.store)
        stands = {each.value: str(number) for each, number in now.caps.items()}
        sheet = FormSheet(visit, "burden-caps", stands, now.version)
        sheet.begin()
        markup.show(markup.unclassified())
        for place, each in zip(st.columns(len(stands)), stands, strict=True):
            place.text_input(f"{each}每周上限", max_chars=2, **sheet.field(each))
        st.caption(f"本厅设定；填1至{MOST}。填报、协同按单位计，催办按每件计。")
        if st.button("保存上限", key="burden-caps-go"):
            _caps(visit, sheet)


def _caps(visit: Visit, sheet: FormSheet) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        acting.set_caps(
            visit.store, visit.person, {each: _number(said, each) for each in said}, sent
        )

    if sheet.send(work):
        afterwards.tell("burden", "上限已保存。")


def _number(said: dict[str, str], name: str) -> int:
    text = said[name].strip()
    if not (text.isascii() and text.isdecimal()):
        raise InputError(f"{name}应为整数", text, f"填1至{MOST}")
    return int(text)
