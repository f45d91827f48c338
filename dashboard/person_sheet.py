"""One person: roles and scopes (条块结合), password, keeping out; each form knows its version."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, links, markup, say, slips
from dashboard.page import vault as keys
from monitor.actions import people as acting
from monitor.actions.intake import Slip
from monitor.domain.errors import SentinelError
from monitor.domain.instants import BEGINNING, DAY, OPEN, day_start, shanghai_day
from monitor.domain.person import Grant, Permission, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.page import Visit
    from monitor.record.screens.people import Granted, PersonLine

NO_LINE: Final = "不限条线"
LINES: Final = (
    *("交警", "治安", "刑侦", "禁毒", "出入境", "经侦", "网安", "反诈", "特警", "法制"),
    *("监管", "督察", "警保", "政工"),
)


def show(visit: Visit, person_id: int) -> None:
    """Who it is, what he may do, and the buttons of who manages him."""
    markup.show(markup.back("返回人员列表", links.to("people")))
    found = data.read(visit, data.people.person, visit.now, person_id)
    if found is None:
        markup.show(markup.empty("没有这个人员，或不在您的管理范围内", ("请返回列表重新选择。",)))
        return
    st.title(f"{found.name}(B岗代)" if found.stands_in else found.name, anchor=False)
    told = [("登录名", found.login), ("状态", "在用" if found.active else "已停用")]
    told += [("初始口令", "尚未修改" if found.must_change else "已修改")]
    markup.show(markup.pairs(told))
    rows = [_row(each, visit.now) for each in found.grants]
    columns = ("角色", "范围", "起止")
    markup.show(markup.table(columns, rows) if rows else markup.note("尚无角色。"))
    if visit.may(Permission.MANAGE_PEOPLE) and found.person_id != visit.person.id:
        _roles(visit, found)
        _access(visit, found)
        _mail(visit, found)


def _row(each: Granted, now: int) -> list[str]:
    begins = say.moment(each.since) if each.since > BEGINNING else "即时"
    ends = say.moment(each.until) if each.until < OPEN else "长期"
    future = "(未到期)" if each.since > now else ""
    return [each.role, each.where, f"{begins} 至 {ends}{future}"]


def _roles(visit: Visit, found: PersonLine) -> None:
    """Roles kept, and one more; saved together, against the version that was looked at."""
    version = st.session_state.setdefault(_key("version", found), found.version)
    with st.expander("调整角色与范围"), st.form(_key("roles", found), border=False):
        kept = [
            each
            for number, each in enumerate(found.grants)
            if st.checkbox(
                f"保留：{each.role} · {each.where}", value=True, key=_key(f"keep{number}", found)
            )
        ]
        more = grant_fields(visit, _key("more", found), optional=True)
        if st.form_submit_button("保存角色与范围", type="primary"):
            grants = [*map(_as_grant, kept), *([more] if more is not None else [])]
            _do(
                "角色与范围已保存，即时生效。",
                found,
                lambda: acting.set_grants(
                    visit.store, visit.person, found.person_id, grants, version
                ),
            )


def grant_fields(visit: Visit, key: str, *, optional: bool) -> Grant | None:
    """A role, the unit and its sub-tree, a line of the whole province, and until when."""
    places = data.read(visit, data.people.places, visit.now)
    left, middle, right, last = st.columns([1.2, 1.6, 1, 1])
    roles = [*([""] if optional else []), *(each.value for each in Role)]
    role = left.selectbox(
        "新增角色" if optional else "角色",
        roles,
        format_func=lambda each: each or "不新增",
        key=f"{key}_role",
        filter_mode=None,
    )
    path = middle.selectbox(
        "单位范围",
        ["", *places],
        index=1 if places else 0,
        format_func=lambda each: places.get(each, "无"),
        key=f"{key}_path",
    )
    line = right.selectbox("条线范围(全省)", [NO_LINE, *LINES], key=f"{key}_line")
    today = shanghai_day(visit.now)
    until = last.date_input(
        "有效至",
        value=None,
        min_value=today,
        max_value=today + timedelta(days=3660),
        key=f"{key}_u",
        format=say.DATE_BOX,
    )
    if not role:
        return None
    ends = day_start(until) + DAY if until is not None else OPEN
    return Grant(Role(role), path or "", "" if line == NO_LINE else line, until=ends)


def _as_grant(each: Granted) -> Grant:
    return Grant(Role(each.role), each.path, each.line, each.since, each.until)


def _access(visit: Visit, found: PersonLine) -> None:
    """Password and door."""
    store, me, key = visit.store, visit.person, found.person_id
    reset, door, out, again = st.columns(4)
    if reset.button(
        "重置口令", key=_key("reset", found), width="stretch", disabled=not found.active
    ):
        _do("口令已重置，原登录全部失效。", found, lambda: _reset(visit, found))
    if found.active and door.button("停用", key=_key("out", found), width="stretch"):
        _do("已停用，数秒内退出全部登录。", found, lambda: acting.disable(store, me, key))
    if not found.active and door.button("启用", key=_key("in", found), width="stretch"):
        _do("已启用。", found, lambda: acting.enable(store, me, key))
    if out.button("全部退出", key=_key("everywhere", found), width="stretch"):
        told = "该人员在各处的登录数秒内全部退出，口令不变。"
        _do(told, found, lambda: acting.sign_out_everywhere(store, me, key))
    if again.button("解除锁定", key=_key("again", found), width="stretch"):
        _do("已解除锁定，现在即可登录。", found, lambda: acting.let_in_again(store, me, key))


def _mail(visit: Visit, found: PersonLine) -> None:
    """Where the week of the unit goes; what is kept is sealed and not shown again."""
    with st.expander("接收周报的邮箱"), st.form(_key("mail", found), border=False):
        markup.show(markup.unclassified())
        mail = st.text_input(
            "邮箱", key=_key("address", found), placeholder="name@example.gov.cn", max_chars=254
        )
        markup.show(markup.note("市州、县区人员每周一收到本单位的周报。留空保存则停发。"))
        if st.form_submit_button("保存邮箱"):
            vault = keys()
            _do(
                "邮箱已保存。",
                found,
                lambda: acting.set_mail(visit.store, vault, visit.person, found.person_id, mail),
            )


def _reset(visit: Visit, found: PersonLine) -> None:
    password = acting.reset_password(visit.store, visit.person, found.person_id)
    role = found.grants[0].role if found.grants else "无角色"
    where = found.grants[0].where if found.grants else say.NONE
    slips.keep([Slip(found.login, found.name, role, where, password)])


def _do(told: str, found: PersonLine, work: Callable[[], object]) -> None:
    """Do it, say so, and draw the page anew with the version of now."""
    try:
        work()
    except SentinelError as error:
        st.warning(str(error))
        return
    st.session_state.pop(_key("version", found), None)
    st.toast(told)
    st.rerun()


def _key(what: str, found: PersonLine) -> str:
    return f"person_{what}_{found.person_id}_{found.version if what != 'version' else ''}"
