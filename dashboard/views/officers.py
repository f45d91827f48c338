"""民警个人账号: the register and its two papers; whoever withdraws is gone from everywhere else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    afterwards,
    data,
    markup,
    officer_invitations,
    officer_links,
    say,
    uploads,
)
from dashboard.markup import Card, Html
from dashboard.page import RUNNING, Visit, page
from monitor.actions import officers as acting
from monitor.actions.officers import Doing
from monitor.domain.errors import SentinelError
from monitor.domain.instants import shanghai_day
from monitor.domain.officer import GONE, PAPERS, Standing, Step, offered, told
from monitor.domain.person import Permission
from monitor.domain.volunteer import VOLUNTARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.record.screens.officers import Officer

KEPT: Final = (
    "只登记名称、平台和链接,不采集内容;不计入总数、比率、排名和通报。"
    "到期或退出后,除本页外各页和导出立即不再出现。"
)
COLUMNS: Final = ("账号", "主办单位", "市州 / 县", "状态", "单位审批至", "知情同意书至", "扫描件")
SCANS: Final = ("pdf", "png", "jpg", "jpeg")
A_YEAR: Final = timedelta(days=364)


@page(
    "officers",
    title="民警个人账号",
    icon=":material/badge:",
    section=RUNNING,
    order=60,
    permission=Permission.CONSENT,
)
def officers(visit: Visit) -> None:
    """How many take part, the register, and the papers to be registered."""
    markup.style()
    st.title("民警个人账号", anchor=False)
    markup.show(markup.note(VOLUNTARY), markup.note(KEPT))
    afterwards.show("officers")
    found = data.read(visit, data.officers.officers, visit.now)
    if not found:
        markup.show(_nobody(visit))
        return
    markup.show(_cards(visit, found))
    officer_invitations.show(visit)
    markup.show(markup.table(COLUMNS, [_row(visit, each) for each in found]))
    _form(visit, found)


def _nobody(visit: Visit) -> Html:
    if visit.scope.empty:
        return markup.unscoped()
    steps = (
        "在台账中登记账号，“账号归属”填“民警个人”。",
        "登记单位审批和本人签署的知情同意书，再确认加入。",
    )
    return markup.empty("您的范围内没有民警个人账号", steps)


def _cards(visit: Visit, found: Sequence[Officer]) -> Html:
    every = Counter(told(each.joining, visit.now) for each in found)
    gone = sum(every[each.value] for each in GONE)
    under_way = len(found) - every[Standing.JOINED.value] - every["已到期"] - gone
    return markup.cards(
        (
            Card("已加入", f"{every[Standing.JOINED.value]:,}个", "两项文书都在有效期内"),
            Card(
                "已到期",
                f"{every['已到期']:,}个",
                "已停止显示，待续签",
                alarming=every["已到期"] > 0,
            ),
            Card("办理中", f"{under_way:,}个", "文书未齐，不显示"),
            Card("已退出", f"{gone:,}个", "含调离、退休"),
        )
    )


def _row(visit: Visit, each: Officer) -> list[str | Html]:
    standing = told(each.joining, visit.now)
    tone = "正常" if standing == Standing.JOINED.value else "提醒"
    return [
        markup.joined(each.name, markup.faint(say.platform(each.platform))),
        each.unit_name,
        say.place(each.region_name, each.county_name),
        markup.badge(tone if each.joining.standing not in GONE else "不纳入", standing),
        _until(each.joining.approved_until),
        _until(each.joining.consented_until),
        f"{each.scans}份" if each.scans else say.NONE,
    ]


def _until(second: int) -> str:
    return say.moment(second)[:10] if second else say.NONE


def _form(visit: Visit, found: Sequence[Officer]) -> None:
    """One account, one step; a paper has its dates and its scan."""
    by_id = {each.account_id: each for each in found}
    st.subheader("办理", anchor=False)
    chosen = by_id[
        st.selectbox(
            "账号",
            list(by_id),
            format_func=lambda key: f"{by_id[key].name}（{say.platform(by_id[key].platform)}）",
            key="officers_account",
            filter_mode=None,
        )
    ]
    steps = offered(chosen.joining)
    step = st.selectbox(
        "办理事项",
        steps,
        format_func=lambda each: each.value,
        key=f"officers_step_{chosen.account_id}_{chosen.joining.version}",
        filter_mode=None,
    )
    with st.form("officers_form", border=False):
        doing = _asked(visit, chosen, step)
        wanted = st.form_submit_button(step.value, type="primary")
    officer_links.show(visit, chosen)
    if wanted:
        _do(visit, doing, chosen.name)


def _asked(visit: Visit, chosen: Officer, step: Step) -> Doing:
    plain = Doing(chosen.account_id, step, chosen.joining.version)
    if step not in PAPERS:
        if step is not Step.JOIN:
            markup.show(markup.note("确认后立即生效：除本页外各页和导出不再出现该账号。"))
        return plain
    today = shanghai_day(visit.now)
    left, right = st.columns(2)
    signed = left.date_input("签署日期", value=today, format=say.DATE_BOX)
    until = right.date_input("有效期至", value=today + A_YEAR, format=say.DATE_BOX)
    scan = uploads.one("扫描件（PDF、PNG或JPG，可后补）", "officers_scan", SCANS)
    return Doing(
        *(plain.account_id, step, plain.version),
        signed_on=signed if isinstance(signed, date) else None,
        until=until if isinstance(until, date) else None,
        scan=scan[1] if scan else b"",
    )


def _do(visit: Visit, doing: Doing, name: str) -> None:
    folder = visit.data_dir / "local" / "scans"
    try:
        done = acting.take(visit.store, visit.person, doing, folder)
    except SentinelError as error:
        st.error(str(error))
        return
    afterwards.tell("officers", f"{name}：{told(done, visit.now)}")
