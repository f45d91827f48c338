"""紧急停发: the band on every open page, the form that stops, and the second person who lifts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, page, say
from dashboard.form_sheet import once
from dashboard.page import Visit, fragment
from monitor.actions import campaign_stops
from monitor.actions.campaign_stops import Stopping
from monitor.domain.account import PLATFORMS
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Html
    from monitor.record.screens.campaigns import Line
    from monitor.record.screens.stops import Stopped

EVERY: Final = "15s"


@fragment(run_every=EVERY)
def band(visit: Visit) -> None:
    """What is stopped, on every page of everybody it concerns; asked anew while a page is open."""
    found = data.read(visit, data.stops.in_force, visit.now)
    if found:
        st.html("".join(_band(each) for each in found))


def show(visit: Visit, line: Line | None = None) -> None:
    """The stops in force with their way out, and the form to stop one campaign or all."""
    found = data.read(visit, data.stops.in_force, visit.now)
    for each in found:
        if line is None or each.stop.campaign_id in (None, line.kept.id):
            _lift(visit, each)
    if visit.may(Permission.STOP_CAMPAIGN):
        with st.expander("紧急停发"):
            _stop(visit, line)


def _stop(visit: Visit, line: Line | None) -> None:
    what = "这一项" if line else "范围内全部协同发声"
    markup.show(
        markup.note(
            f"立即停发{what}：所有打开的页面会在{EVERY.removesuffix('s')}秒内看到。已经发出的不会因此"
            "撤回，需要时另下“更正/撤稿”。解除须由另一人办理。"
        ),
        markup.unclassified(),
    )
    units = data.read(visit, data.stops.units, visit.now)
    form = f"stop-{line.kept.id if line else 'all'}"
    with st.form(form, border=False):
        left, right = st.columns(2)
        unit = left.selectbox(
            "停发范围", list(units), format_func=lambda each: units[each], filter_mode=None
        )
        platform = right.selectbox(
            "平台", ["", *PLATFORMS], format_func=lambda each: PLATFORMS.get(each, "全部平台")
        )
        reason = st.text_input("停发理由", max_chars=campaign_stops.LONGEST)
        if not st.form_submit_button("立即停发", type="primary"):
            return
    asked = Stopping(line.kept.id if line else None, unit or 0, platform or "", reason)
    if once(
        form,
        lambda sent: campaign_stops.stop(visit.store, visit.person, asked, sent, page.house()),
    ):
        st.rerun()


def _lift(visit: Visit, each: Stopped) -> None:
    markup.show(_told(each))
    if not visit.may(Permission.STOP_CAMPAIGN):
        return
    if each.stop.by == visit.person.id:
        st.caption("由您停发，须由另一人解除。")
        return
    which, form = (each.stop.id, each.stop.version), f"lift-{each.stop.id}"
    with st.form(form, border=False):
        markup.show(markup.unclassified())
        words = st.text_input("解除理由", max_chars=campaign_stops.LONGEST)
        if not st.form_submit_button("解除停发"):
            return
    if once(
        form,
        lambda sent: campaign_stops.lift(
            visit.store, visit.person, which, words, sent, page.house()
        ),
    ):
        st.rerun()


def _what(each: Stopped) -> str:
    what = f"“{each.title}”" if each.title else "全部协同发声"
    where = f"{each.unit_name}范围内"
    platform = say.platform(each.stop.platform) if each.stop.platform else "各平台"
    return f"{what}，{where}，{platform}"


def _told(each: Stopped) -> Html:
    who = f"{each.by} {say.moment(each.stop.at)}停发"
    return markup.note(f"正在停发：{_what(each)}。理由：{each.stop.reason}（{who}）")


def _band(each: Stopped) -> str:
    who = f"{each.by} {say.short(each.stop.at)}"
    told = f"{_what(each)}。理由：{each.stop.reason}（{who}）。请立即停止发布，等候通知。"
    return f'<div class="desk-stop" role="alert"><b>紧急停发</b>{escape(told)}</div>'
