"""人员: B岗 for a time, and what still hangs on people who left."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, say
from monitor.actions import deputies as acting
from monitor.domain.errors import SentinelError
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit

RULE: Final = (
    "B岗在起止时间内另有A岗的全部权限，各处显示为“张某(B岗代)”，审计记录写明代谁办理；"
    "到期自动收回。A岗停用后B岗随即失效，B岗不能再转给别人。"
)
MOST: Final = 100
"""People a drop-down shows; the search finds the others."""
COLUMNS: Final = ("A岗", "B岗", "起", "止", "状态")


def show(visit: Visit) -> None:
    """Appointments in force or to come, and the form for another."""
    markup.show(markup.note(RULE))
    found = data.read(visit, data.people.deputies, visit.now)
    if not found:
        markup.show(markup.empty("目前没有B岗代行", ()))
    rows = [
        [
            each.person_name,
            f"{each.deputy_name}(B岗代)",
            say.moment(each.since),
            say.moment(each.until),
            "代行中" if each.since <= visit.now else "未到时间",
        ]
        for each in found
    ]
    if rows:
        markup.show(markup.table(COLUMNS, rows))
    if not visit.may(Permission.MANAGE_PEOPLE):
        return
    names = {each.deputy_row: f"{each.person_name} ← {each.deputy_name}" for each in found}
    if names:
        _end(visit, names)
    _appoint(visit)


def _end(visit: Visit, names: dict[int, str]) -> None:
    which, press = st.columns([3, 1], vertical_alignment="bottom")
    key = which.selectbox("提前结束", list(names), format_func=lambda each: names[each])
    if press.button("结束B岗", width="stretch"):
        try:
            acting.end(visit.store, visit.person, key)
        except SentinelError as error:
            st.warning(str(error))
            return
        st.toast("B岗已结束。")
        st.rerun()


def _appoint(visit: Visit) -> None:
    """Two people, each found by name or login, and from when to when."""
    a, b = st.columns(2)
    with a:
        people = _found(visit, filters.search("查找A岗", "a", "姓名、登录名"))
    with b:
        standing = _found(visit, filters.search("查找B岗", "b", "姓名、登录名"))
    today = shanghai_day(visit.now)
    with st.form("deputy_new"):
        a, b = st.columns(2)
        person = a.selectbox("A岗(被代)", list(people), format_func=lambda each: people[each])
        deputy = b.selectbox("B岗(代行)", list(standing), format_func=lambda each: standing[each])
        first, last = st.columns(2)
        since = first.date_input("起", value=today, min_value=today, format=say.DATE_BOX)
        week = today + timedelta(days=7)
        until = last.date_input("止(含当日)", value=week, min_value=today, format=say.DATE_BOX)
        sent = st.form_submit_button("设置B岗", type="primary")
    if not sent:
        return
    if person is None or deputy is None:
        st.warning("请先找到A岗和B岗：输入姓名或登录名的一部分。")
        return
    begins = max(day_start(since), visit.now)
    _appointed(visit, acting.Appointment(person, deputy, begins, day_start(until) + DAY))


def _appointed(visit: Visit, appointment: acting.Appointment) -> None:
    try:
        acting.appoint(visit.store, visit.person, appointment)
    except SentinelError as error:
        st.warning(str(error))
        return
    st.toast("B岗已设置。")
    st.rerun()


def _found(visit: Visit, said: str) -> dict[int, str]:
    """People in use whose name or login says so, as many as a list can show, and how many more."""
    wanted = data.people.PeopleWanted(said, state="active")
    listed = data.read(visit, data.people.listing, visit.now, wanted, limit=MOST)
    if not listed.rows:
        st.caption("没有找到这样的在用人员，请换个写法。")
    elif listed.total > len(listed.rows):
        st.caption(f"共{listed.total:,}人，下面只列前{len(listed.rows)}人，请输入姓名查找。")
    return {each.person_id: f"{each.name}({each.login})" for each in listed.rows}


def leavers(visit: Visit) -> None:
    """Accounts still bound to people who left, the credential beside them."""
    found = data.read(visit, data.leavers.leavers, visit.now)
    told = "已停用或角色到期的人员，仍登记在下列账号上；请变更联络员、运维员，并重新授权。"
    markup.show(markup.note(told))
    if not found:
        markup.show(markup.empty("没有需要清理的账号与授权", ()))
        return
    rows = [
        [
            markup.link(each.account_name, links.account(each.account_id)),
            say.platform(each.platform),
            each.unit_name,
            f"{each.field}：{each.person_name}",
            "有授权，应重新授权" if each.credential else "无",
        ]
        for each in found
    ]
    markup.show(markup.table(("账号", "平台", "主办单位", "仍登记为", "授权"), rows))
