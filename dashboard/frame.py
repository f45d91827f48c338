"""The frame of every page: head, side bar, foot, and what stands there when a page fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import data, links
from dashboard.page import SECTIONS, Page, Visit
from monitor.domain.errors import Forbidden, SentinelError
from monitor.domain.instants import say_minute
from monitor.domain.person import Permission
from monitor.report import wording

PRODUCT: Final = "矩阵哨兵"
FAVICON: Final = Path(__file__).parent / "static" / "favicon.png"
HOME: Final = "home"
DEMO: Final = "演示数据 纯属虚构"
NOTES: Final = (
    wording.NOTE_SUSPECTED,
    wording.NOTE_UNDECIDED,
    wording.NOTE_UNCLASSIFIED,
    wording.NOTE_PURPOSE,
)
LOG: Final = logging.getLogger(__name__)


def head(visit: Visit) -> None:
    """The band at the top: product, office, who is signed in as what, and the way out; before
    visitors the way back only."""
    demo = f'<span class="desk-demo">{DEMO}</span>' if visit.demo else ""
    way = _guests_way() if visit.guests else _who(visit)
    st.html(
        '<div class="desk-head">'
        '<a class="desk-name" href="/" target="_self">'
        f'<img src="/app/static/favicon.png" alt="" width="28" height="28">{PRODUCT}</a>'
        f'<span class="desk-office">{escape(visit.office)}</span>{demo}{way}</div>'
    )


def _guests_way() -> str:
    """The side bar goes away with the names: this leads back."""
    return (
        '<span class="desk-guests"></span><a class="desk-way" href="/" target="_self">返回首页</a>'
    )


def _who(visit: Visit) -> str:
    person = visit.person
    roles = "、".join(sorted(role.value for role in person.roles)) or "尚未授予角色"
    return (
        f'<span class="desk-who"><b>{escape(person.shown)}</b><i>{escape(roles)}</i></span>'
        '<a class="desk-way" href="/auth/sessions" target="_self">我的登录</a>'
        '<a class="desk-way" href="/auth/password" target="_self">修改口令</a>'
        '<form method="post" action="/auth/logout" target="_self">'
        f'<input type="hidden" name="form" value="{escape(visit.session.csrf)}">'
        '<button type="submit" class="desk-way">退出</button></form>'
    )


def trial(visit: Visit) -> None:
    """The band of a trial period, on every page: up to when, and who sees what until then."""
    if visit.trial_until is None:
        return
    held = data.read(visit, data.scoping.held, visit.now)
    told = "比对结论暂不显示，台账、巡查和填报照常。" if held else "结果只供省厅内部核对。"
    st.html(
        f'<div class="desk-trial" role="note"><b>试运行</b>至 {visit.trial_until}：'
        f"不对外通报，不作考核依据；{told}</div>"
    )


def on_duty(visit: Visit) -> None:
    """Who is to be called today, on every page; nothing where no roster says."""
    found = data.read(visit, data.duty.today, visit.now)
    if found is None:
        return
    phone = " ".join(each.masked for each in found.phones)
    told = " ".join(each for each in (found.duty.unit_name, phone, found.duty.officer) if each)
    line = f"今日值班：{escape(told)}"
    if visit.may(Permission.SEE_PEOPLE):
        line = f'<a href="{links.to(links.DUTY)}" target="_self">{line}</a>'
    st.html(f'<div class="desk-duty">{line}</div>')


def menu(visit: Visit, pages: list[Page]) -> dict[str, list[StreamlitPage]]:
    """The side bar: sections with the pages of this person, nothing else.

    Streamlit gives its default page no address but `/`. Who has no home page is led from there to
    the first page, so that every page keeps its own address for everybody.
    """
    entries = {each.slug: _entry(visit, each) for each in pages}
    found: dict[str, list[StreamlitPage]] = {}
    for section in SECTIONS:
        inside = [entries[each.slug] for each in pages if each.section == section]
        if inside:
            found[section] = inside
    if HOME not in entries:
        first = entries[pages[0].slug]
        root = st.Page(
            partial(st.switch_page, first), title=PRODUCT, default=True, visibility="hidden"
        )
        found[pages[0].section].insert(0, root)
    return found


def foot(visit: Visit) -> None:
    """What must stand under every page, and when it was drawn; before visitors what is for all."""
    notes = (wording.NOTE_PURPOSE,) if visit.guests else NOTES
    _foot(f"页面时间 {say_minute(visit.now)}", notes)


def nothing_to_show() -> None:
    """For somebody whose roles open no page yet."""
    st.info("当前角色没有可以查看的页面。如有需要，请联系本级管理员调整角色。")


def script_failed(error: Exception) -> bool:
    """Say in Chinese that a page failed; the number on the screen finds the trouble in the log."""
    if isinstance(error, Forbidden):
        st.warning(str(error))
        _foot("")
        return True
    number = error.code if isinstance(error, SentinelError) else token_hex(4)
    LOG.error("页面出错，编号 %s", number, exc_info=error)
    told = "页面未能显示，数据没有被改动。请刷新重试。"
    if isinstance(error, SentinelError):
        # Where it happened may name the machine's folders: that is for the log.
        told = f"{error.explained.what}。{error.explained.remedy}"
    st.error(f"{told}\n\n若仍然出现，请把错误编号 **{number}** 告诉系统管理员。")
    _foot("")
    return True


def _foot(line: str, notes: Iterable[str] = NOTES) -> None:
    listed = "".join(f"<li>{note}</li>" for note in notes)
    st.html(f'<div class="desk-foot"><ul>{listed}</ul><p>{line}</p></div>')


def _entry(visit: Visit, each: Page) -> StreamlitPage:
    draw: Callable[[], Any] = partial(each.render, visit)
    home = each.slug == HOME
    path = None if home else each.slug
    return st.Page(draw, title=each.title, icon=each.icon, url_path=path, default=home)
