"""考核方案: revisions, one of them to read or edit, what differs between two, and 权重试算."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, filters, links, markup, say, scheme_sheet
from dashboard.form_sheet import FormSheet
from dashboard.page import SETTINGS, Visit, page
from monitor.actions import schemes as acting
from monitor.domain.assessment import State
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from monitor.actions.sending import Sent
    from monitor.domain.assessment_kept import SchemeRevision

BASE: Final = "以哪一份为底"
PARTS: Final = {"list": "方案", "compare": "对比", "weights": "权重试算"}


@page(
    "schemes",
    title="考核方案",
    icon=":material/balance:",
    section=SETTINGS,
    order=17,
    permission=Permission.SEE_SCORES,
)
def schemes(visit: Visit) -> None:
    """The parts, or the one revision the address names."""
    markup.style()
    if visit.scope.empty:
        st.title("考核方案", anchor=False)
        markup.show(markup.unscoped())
        return
    found = data.read(visit, data.assessing.revisions)
    wanted = links.number(st.query_params.to_dict(), "id")
    if wanted is not None:
        chosen = next((each for each in found if each.id == wanted), None)
        scheme_sheet.one(visit, chosen)
        return
    st.title("考核方案", anchor=False)
    afterwards.show("schemes")
    if not scheme_sheet.makes(visit):
        _list(visit, found)
        return
    part = filters.tabs("看哪一部分", "tab", PARTS)
    if part == "compare":
        scheme_sheet.compare(visit, found)
    elif part == "weights":
        scheme_sheet.weights(visit)
    else:
        _list(visit, found)


def _list(visit: Visit, found: tuple[SchemeRevision, ...]) -> None:
    if not found:
        steps = ("省厅拟定方案，征求意见后由另一位同事印发。", "印发的方案各单位都看得到。")
        markup.show(markup.empty("还没有考核方案", steps))
    else:
        columns = ("方案", "版本", "阶段", "生效", "底稿")
        markup.show(markup.table(columns, [_row(each) for each in found]))
    if visit.may(Permission.ASSESS) and scheme_sheet.makes(visit):
        _begin(visit, found)


def _row(each: SchemeRevision) -> tuple[Cell, ...]:
    return (
        markup.link(each.name, links.to("schemes", id=each.id)),
        f"第{each.number}版",
        markup.badge("正常" if each.state is State.IN_FORCE else "提醒", each.state.value),
        f"{shanghai_day(each.valid_from)}起的周期",
        each.base or say.NONE,
    )


def _begin(visit: Visit, found: tuple[SchemeRevision, ...]) -> None:
    bases = {f"{each.key}@{each.number}": f"{each.name}（第{each.number}版）" for each in found}
    bases |= acting.shipped(visit.data_dir)
    with st.expander("拟定方案"):
        sheet = FormSheet(visit, "schemes-new", {BASE: next(iter(bases))})
        sheet.begin()
        st.selectbox(
            BASE,
            list(bases),
            format_func=lambda key: bases[key],
            filter_mode=None,
            **sheet.field(BASE),
        )
        st.caption("拟定的只是草稿；印发以后，只对其后开始的周期有约束力。")
        if st.button("拟定", type="primary", key="schemes-begin"):
            _send(visit, sheet)


def _send(visit: Visit, sheet: FormSheet) -> None:
    said, made = sheet.words(), []

    def work(sent: Sent) -> None:
        base = said[BASE]
        made.append(acting.begin(visit.store, visit.person, visit.data_dir, base, sent))

    if sheet.send(work):
        st.query_params.from_dict({"id": str(made[0])})
        st.rerun()
