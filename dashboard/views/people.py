"""人员: who may sign in and over what; B岗, who left and what still hangs on them, import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, person_deputies, person_entry, person_sheet, say
from dashboard import slips as password_slips
from dashboard.markup import Html
from dashboard.page import SETTINGS, Visit, page
from monitor.domain.person import Permission, Role

if TYPE_CHECKING:
    from monitor.record.screens.people import PeopleList, PeopleWanted, PersonLine

SIZE: Final = 50
TABS: Final = {"list": "人员", "deputies": "B岗", "leavers": "离岗清理", "new": "新增与导入"}
STATES: Final = {"active": "在用", "new": "未改初始口令", "out": "已停用"}
COLUMNS: Final = ("姓名", "登录名", "角色与范围", "状态", "最近使用")


@page(
    "people",
    title="人员",
    icon=":material/group:",
    section=SETTINGS,
    order=20,
    permission=Permission.SEE_PEOPLE,
)
def people(visit: Visit) -> None:
    """One person where the address names one, else the list and what belongs to it."""
    markup.style()
    if password_slips.waiting():
        return
    person_id = links.number(st.query_params.to_dict(), "id")
    if person_id is not None:
        person_sheet.show(visit, person_id)
        return
    st.title("人员", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    manages = visit.may(Permission.MANAGE_PEOPLE)
    tabs = {key: name for key, name in TABS.items() if manages or key != "new"}
    chosen = filters.tabs("人员", "tab", tabs)
    if chosen == "deputies":
        person_deputies.show(visit)
    elif chosen == "leavers":
        person_deputies.leavers(visit)
    elif chosen == "new":
        person_entry.show(visit)
    else:
        _list(visit)


def _list(visit: Visit) -> None:
    text, role, state = st.columns([2, 1, 1])
    with text:
        said = filters.search("查找", "q", "姓名、登录名")
    with role:
        wanted_role = filters.choose("角色", "role", {each.value: each.value for each in Role})
    with state:
        wanted_state = filters.choose("状态", "state", STATES)
    wanted = data.people.PeopleWanted(said, wanted_role, wanted_state)
    listing = _page(visit, wanted)
    markup.show(markup.note(f"本人管理范围内共{listing.total:,}人；权限全在范围内的才列出。"))
    if not listing.rows:
        markup.show(markup.empty("没有符合条件的人员", ("请放宽筛选，或到“新增与导入”办理。",)))
        return
    markup.show(markup.table(COLUMNS, [_row(each) for each in listing.rows]))
    filters.pager(listing.total, SIZE)


def _page(visit: Visit, wanted: PeopleWanted) -> PeopleList:
    asked = min(links.number(st.query_params.to_dict(), filters.PAGE) or 1, 10_000)
    offset = (asked - 1) * SIZE
    return data.read(visit, data.people.listing, visit.now, wanted, limit=SIZE, offset=offset)


def _grants(each: PersonLine) -> list[str]:
    return [f"{grant.role} · {grant.where}" for grant in each.grants]


def _row(each: PersonLine) -> list[str | Html]:
    name = f"{each.name}(B岗代)" if each.stands_in else each.name
    state = "在用" if each.active else "已停用"
    marked = f"{state} · 未改初始口令" if each.active and each.must_change else state
    return [
        markup.link(name, links.to("people", id=each.person_id)),
        each.login,
        markup.joined(*(_grants(each) or ["无角色"])),
        marked,
        say.moment(each.seen_at) if each.seen_at is not None else "从未登录",
    ]
