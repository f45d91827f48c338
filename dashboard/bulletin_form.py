"""生成草稿: of which period, how its rate is counted, and what the office adds by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup
from dashboard.form_sheet import once
from monitor.actions import bulletins as acting
from monitor.domain.bulletin import DECIMALS, Base, Period, Sort, last_ended

if TYPE_CHECKING:
    from dashboard.page import Visit

ADDRESSEE: Final = "不填则发至本单位所属各单位"
EARLIER: Final = 3
KEY: Final = "bulletin-form"


def show(visit: Visit) -> None:
    """A form for a quarter's bulletin, and one for a month's hint."""
    with st.expander("生成草稿"):
        sort = st.radio("种类", (Sort.QUARTER, Sort.MONTH), format_func=str, horizontal=True)
        with st.form(f"{KEY}-{sort.name}", border=False):
            wanted = _fields(visit, sort)
            if st.form_submit_button("生成草稿", type="primary"):
                _send(visit, wanted)


def periods(sort: Sort, now: int) -> list[Period]:
    """The newest ended first, then the one that runs, then earlier ones."""
    ended = earlier = last_ended(sort, now)
    found = [ended, ended.following]
    for _ in range(EARLIER):
        earlier = last_ended(sort, earlier.since)
        found.append(earlier)
    return found


def _fields(visit: Visit, sort: Sort) -> acting.Wanted:
    markup.show(markup.unclassified())
    left, right = st.columns(2)
    period = left.selectbox("期间", periods(sort, visit.now), format_func=lambda each: each.said)
    addressee = right.text_input("主送", placeholder=ADDRESSEE)
    contact = st.text_input("联系人及电话", placeholder="只印在内部版上")
    code = period.code if period is not None else ""
    if sort is Sort.MONTH:
        topics = st.text_area("下月重点（节点与选题，可不填）", height=80)
        return acting.Wanted(code, addressee, contact, topics=topics)
    good = st.text_area("工作成效（典型做法2至3行，可不填）", height=80)
    one, two, three = st.columns(3)
    base = one.selectbox("合格率的分母", list(Base), index=2, format_func=str)
    decimals = two.selectbox("小数位数", DECIMALS, index=1)
    sample = three.number_input("抽查数（0为不抽查）", 0, acting.LARGEST_SAMPLE, 0)
    return acting.Wanted(
        code, addressee, contact, good, "", base or Base.DECIDED, int(decimals or 0), int(sample)
    )


def _send(visit: Visit, wanted: acting.Wanted) -> None:
    if once(KEY, lambda sent: acting.ask(visit.store, visit.person, wanted, sent)):
        st.toast("已排队，生成后本页会更新。")
        st.rerun()
