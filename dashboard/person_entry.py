"""人员: one person entered by hand, or many from a table that is shown before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, enrolling, markup, person_sheet, slips, uploads
from dashboard.form_sheet import once
from monitor.actions import intake
from monitor.actions import people as acting
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.collect.people_file import PeopleFile
    from monitor.domain.person import Grant

SHOWN: Final = 50


def show(visit: Visit) -> None:
    """Both ways in; each ends in a slip with the first password."""
    st.subheader("新增一人", anchor=False)
    _one(visit)
    st.subheader("从表格导入", anchor=False)
    markup.show(
        markup.note(
            f"列：{'、'.join(intake.PEOPLE_COLUMNS)}；机构代码不填为全省。"
            "登录名已存在的不改动，同一文件可以重复导入。"
        )
    )
    dropped = uploads.one("人员表", "people_import")
    if dropped is not None:
        _file(visit, *dropped)


def _one(visit: Visit) -> None:
    with st.form("person_new", clear_on_submit=False):
        markup.show(markup.unclassified())
        left, right = st.columns(2)
        login = left.text_input("登录名", max_chars=64, placeholder="例如 wuhan.liwei")
        name = right.text_input("姓名", max_chars=40)
        grant = person_sheet.grant_fields(visit, "person_new_grant", optional=False)
        sent = st.form_submit_button("新增并生成密码条", type="primary")
    if sent and grant is not None:
        _enrol(visit, login, name, grant)


def _enrol(visit: Visit, login: str, name: str, grant: Grant) -> None:
    """One press or two, one person, and the slip that is shown is the one that holds."""
    if not name.strip():
        st.warning("请填写姓名。")
        return
    new = acting.NewPerson(login, name, (grant,))
    made: list[str] = []
    if not once(
        "person-new",
        lambda sent: made.append(acting.enrol(visit.store, visit.person, new, sent)[1]),
        new.login,
    ):
        return
    places = data.read(visit, data.people.places, visit.now)
    where = places.get(grant.path) or f"{grant.line}条线"
    slips.keep(
        [intake.Slip(login.strip().lower(), name.strip(), grant.role.value, where, made[-1])]
    )
    st.rerun()


def _file(visit: Visit, name: str, content: bytes) -> None:
    try:
        found = intake.read_people(visit.store, content, name, visit.largest_file)
    except SentinelError as error:
        st.error(str(error))
        return
    _looked(found)
    done = enrolling.button(visit, found)
    if done is not None:
        slips.keep(done.slips)
        said = [f"{each} 已存在，未改动" for each in done.known] + list(done.refused)
        if said:
            st.session_state["people_refused"] = said
        if done.slips:
            st.rerun()
    for line in st.session_state.pop("people_refused", [])[:SHOWN]:
        st.warning(line)


def _looked(found: PeopleFile) -> None:
    """What would be entered, and the rows that cannot be, by place."""
    if found.problems:
        rows = [
            [each.sheet, str(each.row), each.column, each.value, each.expected]
            for each in found.problems[:SHOWN]
        ]
        markup.show(markup.note(f"有误的行 {len(found.problems):,}，改好后可再导入："))
        markup.show(markup.table(("工作表", "行", "列", "内容", "应为"), rows))
    good = [[each.login, each.name, each.role.value, each.unit_code] for each in found.rows[:SHOWN]]
    if good:
        markup.show(markup.note(f"将新增 {len(found.rows):,} 人："))
        markup.show(markup.table(intake.PEOPLE_COLUMNS, good))
