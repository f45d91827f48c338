"""年度核对: how far each prefecture is, and one tick an account for those not confirmed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, life_sheet, markup, say
from dashboard.form_sheet import once
from monitor.actions import yearly
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.screens.lives import Page, Progress

SHOWN: Final = 40


def show(visit: Visit) -> None:
    """The progress, then the next accounts to confirm, unit by unit."""
    year = shanghai_day(visit.now).year
    progress = data.read(visit, data.lives.progress, visit.now, year)
    if not progress:
        markup.show(markup.empty("您的范围内尚无需要核对的账号", ()))
        return
    st.subheader(f"{year}年核对进度", anchor=False)
    markup.show(
        markup.table(("市州", "已核对 / 应核对", "进度"), [_far(each) for each in progress])
    )
    found = data.read(visit, data.lives.unchecked, visit.now, year, limit=SHOWN)
    if not found.total:
        markup.show(markup.note(f"{year}年已全部核对。"))
        return
    st.subheader(f"尚未核对 {found.total:,}个", anchor=False)
    if not visit.may(Permission.APPLY):
        return
    _form(visit, found, f"yearly_{year}_{found.total}")
    if found.total > len(found.rows):
        markup.show(markup.note("确认以后接着显示后面的账号。"))


def _far(each: Progress) -> list[str | Html]:
    share = each.done / each.every
    counted = f"{each.done:,} / {each.every:,}"
    return [each.region, counted, markup.bar(share, say.percent(share))]


def _form(visit: Visit, found: Page, key: str) -> None:
    """One tick an account, and one for all that are shown."""
    with st.form(key, border=True):
        lead = "核对名称、主办单位、绑定管理员和备案信息无误后勾选；有出入的先办理变更。"
        markup.show(markup.note(lead))
        every = st.checkbox(f"勾选下列全部{len(found.rows)}个", key=f"{key}_all")
        ticked = [
            each.account_id
            for each in found.rows
            if st.checkbox(
                f"{each.name}（{say.platform(each.platform)}）　{each.unit_name}　{each.state}",
                key=f"{key}_{each.account_id}",
            )
        ]
        if st.form_submit_button("年度核对确认", type="primary"):
            _confirm(visit, [each.account_id for each in found.rows] if every else ticked, key)


def _confirm(visit: Visit, ids: list[int], key: str) -> None:
    if once(key, lambda sent: yearly.confirm(visit.store, visit.person, ids, sent)):
        life_sheet.say_once(f"已确认{len(ids)}个账号。")
        st.rerun()
