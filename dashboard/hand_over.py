"""办理交接: who leaves and who takes over, the accounts it concerns shown first, then confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import afterwards, data, links, markup, say
from dashboard.page import vault
from monitor.actions import rosters
from monitor.domain.duty import Phones
from monitor.domain.errors import SentinelError
from monitor.domain.instants import shanghai_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.domain.duty import Liaison
    from monitor.record.screens.duty import Bound, Spokesman

COLUMNS = ("账号", "平台", "主办单位", "台账栏目", "现为", "改为")


def show(visit: Visit, people: Sequence[Spokesman]) -> None:
    """The form, and the hand-overs that wait to be confirmed."""
    if not people:
        return
    found = data.read(visit, data.duty.to_hand_over, visit.now)
    bound: dict[int, list[Bound]] = {}
    for tie in found:
        bound.setdefault(tie.liaison_id, []).append(tie)
    _form(visit, people, bound)
    for each in people:
        if each.waits:
            _confirm(visit, each.liaison, bound.get(each.liaison.predecessor or 0, []))


def _form(visit: Visit, people: Sequence[Spokesman], bound: dict[int, list[Bound]]) -> None:
    serving = {each.liaison.id: each.liaison for each in people if not each.left}
    if not serving:
        return
    with st.expander("办理交接"):
        leaving = st.selectbox(
            "离岗人员",
            list(serving),
            format_func=lambda key: _who(serving[key]),
            filter_mode=None,
            key="duty_leaving",
        )
        concerned = bound.get(leaving or 0, [])
        _concerned(concerned, "接替人", f"交接确认后，台账中这{len(concerned)}处改为接替人：")
        with st.form("duty_hand_over", border=False):
            _fields(visit, leaving or 0, serving)


def _fields(visit: Visit, leaving: int, serving: dict[int | None, Liaison]) -> None:
    today = shanghai_day(visit.now)
    last = st.date_input("离岗日期", value=today, format=say.DATE_BOX)
    markup.show(markup.unclassified())
    name = st.text_input("接替人姓名", max_chars=rosters.LONGEST_NAME)
    post = st.text_input("接替人职务", max_chars=40)
    office = st.text_input("办公电话", max_chars=20)
    mobile = st.text_input("手机", max_chars=20)
    if not st.form_submit_button("登记交接", type="primary"):
        return
    last_day = last if isinstance(last, date) else today
    new = rosters.HandOver(
        leaving,
        serving[leaving].version,
        last_day,
        last_day + timedelta(days=1),
        name,
        post,
        phones=Phones(office=office, mobile=mobile),
    )
    try:
        rosters.hand_over(visit.store, visit.person, vault(), new)
    except SentinelError as error:
        st.error(str(error))
        return
    afterwards.tell("duty", "交接已登记，请接替人核对账号密码后确认。")


def _confirm(visit: Visit, found: Liaison, concerned: Sequence[Bound]) -> None:
    """What confirming changes in the ledger stands above the button that does it."""
    with st.container(border=True):
        markup.show(markup.note(f"待确认的交接：{_who(found)}"))
        _concerned(concerned, found.name, f"确认后，台账中这{len(concerned)}处改为{found.name}：")
        key = f"duty_confirm_{found.id}_{found.version}"
        if not st.button(f"交接确认：{_who(found)}", key=key) or found.id is None:
            return
        seen = {each.account_id for each in concerned}
        try:
            changed = rosters.confirm(visit.store, visit.person, found.id, found.version, seen)
        except SentinelError as error:
            st.error(str(error))
            return
        afterwards.tell("duty", f"{found.name}的交接已确认，台账变更{changed:,}个账号。")


def _concerned(concerned: Sequence[Bound], name: str, told: str) -> None:
    if not concerned:
        markup.show(markup.note("台账中没有由离岗人员联络或运维的账号，不作变更。"))
        return
    rows = [
        (
            markup.link(each.name, links.account(each.account_id)),
            say.platform(each.platform),
            each.unit_name,
            each.column,
            each.liaison,
            name,
        )
        for each in concerned
    ]
    markup.show(markup.note(told), markup.table(COLUMNS, rows))


def _who(each: Liaison) -> str:
    return f"{each.unit_name} {each.name}（{each.part.value}）"
