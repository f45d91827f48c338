"""待确认: what patrols and units say of the ledger, for a person of the right level to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, say
from dashboard.markup import Html
from dashboard.page import RUNNING, Visit, page
from monitor.actions import proposals as acting
from monitor.actions.proposals import Ruling
from monitor.domain.errors import SentinelError
from monitor.domain.iso_week import say_week
from monitor.domain.patrol import OFFICE_GRADE
from monitor.domain.person import Permission
from monitor.domain.proposal import Matter

if TYPE_CHECKING:
    from monitor.record.screens.proposals import Proposed

SIZE: Final = 20
SAID: Final = "confirming_said"
FOLLOWS: Final = {
    Matter.RENAMED: "确认后台账改用现用名称，原名称记入曾用名，自看到之日起生效。",
    Matter.REMOVED: "确认后记平台侧已注销，在用的改为待核；两侧都注销才是已注销，请接着办理关停。",
    Matter.MISSING: "确认后账号状态改为待核；先请再搜一次、问一下单位，不要急于确认。",
    Matter.LOST: "确认后本厅口径不纳入，上级口径不变；确认以前照常比对。",
    Matter.PAUSED: "确认后暂停期间本厅口径不计为未更新，上级口径不变；须有批准文号或提示公告链接。",
}
ASKS: Final = {
    Matter.RENAMED: "现用名称(确认时)，或不予确认的理由",
    Matter.PAUSED: "批准文号或公告链接(确认时)，或不予确认的理由",
}


@page(
    "confirming",
    title="台账待确认",
    icon=":material/rule:",
    section=RUNNING,
    order=35,
    permission=Permission.CONFIRM,
)
def confirming(visit: Visit) -> None:
    """What is open, one box each, and what was decided last."""
    markup.style()
    st.title("台账待确认", anchor=False)
    told = st.session_state.pop(SAID, "")
    if told:
        st.toast(told)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    page_number = links.number(st.query_params.to_dict(), filters.PAGE) or 1
    offset = (min(page_number, 1000) - 1) * SIZE
    found = data.read(visit, data.proposals.waiting, visit.now, limit=SIZE, offset=offset)
    if not found.total:
        todo = ("巡查看到改名、注销、搜不到，或单位申报失管、暂停更新时，列在这里等人确认。",)
        markup.show(markup.empty("没有待确认的事项", todo))
    else:
        lead = f"待确认{found.total:,}项，最早的在前；确认以前台账和结论都不变，系统不自动改台账。"
        markup.show(markup.note(lead))
        for each in found.rows:
            _one(visit, each)
        filters.pager(found.total, SIZE)
    _decided(visit)


def _one(visit: Visit, each: Proposed) -> None:
    matter = Matter(each.matter)
    with st.container(border=True, key=f"matter_{each.id}"):
        head = markup.joined(
            markup.badge("提醒", f"{matter}·待确认"),
            markup.link(each.name, links.account(each.account_id)),
            markup.faint(f"{say.platform(each.platform)} · {each.unit_name} · {each.state}"),
            by=" ",
        )
        markup.show(head, markup.pairs(_evidence(each)), markup.note(FOLLOWS[matter]))
        barred = acting.barred_from(visit.person, each)
        if barred:
            markup.show(markup.note(f"{barred}。"))
            return
        _form(visit, each, matter)


def _evidence(each: Proposed) -> list[tuple[str, str]]:
    said = [("看到或申报时间", say.moment(each.stated_at))]
    if each.look_seen is not None:
        whose = "单位自己查看" if (each.look_grade or 0) < OFFICE_GRADE else "第三人查看"
        said.append(("依据", f"巡查：{each.look_seen}({whose})"))
    elif each.week:
        said.append(("依据", f"单位填报：{say_week(each.week)}"))
    if each.value:
        said.append(("现用名称", each.value))
    said.append(("提出人", each.person_name or "回执链接或表格"))
    if each.remark:
        said.append(("备注", each.remark))
    if each.photo:
        said.append(("截图", "已留存"))
    return said


def _form(visit: Visit, each: Proposed, matter: Matter) -> None:
    with st.form(f"matter_form_{each.id}", border=False):
        markup.show(markup.unclassified())
        text = st.text_input(
            ASKS.get(matter, "不予确认的理由"), key=f"matter_said_{each.id}", max_chars=200
        )
        yes, no, _ = st.columns([1, 1, 3])
        agree = yes.form_submit_button("确认", type="primary", width="stretch")
        refuse = no.form_submit_button("不予确认", width="stretch")
    if agree or refuse:
        try:
            acting.decide(visit.store, visit.person, Ruling(each.id, agree, text), visit.data_dir)
        except SentinelError as wrong:
            st.error(str(wrong))
            return
        st.session_state[SAID] = f"{each.name}：{'已确认' if agree else '不予确认'}{matter}"
        st.rerun()


def _decided(visit: Visit) -> None:
    found = data.read(visit, data.proposals.decided, visit.now)
    if not found.rows:
        return
    st.subheader("最近办理", anchor=False)
    columns = ("账号", "事项", "办理结果", "办理时间", "办理人", "理由")
    rows: list[list[str | Html]] = [
        [
            markup.link(each.name, links.account(each.account_id)),
            f"{each.matter}{'：' + each.value if each.value else ''}",
            each.decision,
            say.moment(each.decided_at),
            each.decided_name or say.NONE,
            each.reason or say.NONE,
        ]
        for each in found.rows
    ]
    markup.show(markup.table(columns, rows, lesser={"办理时间", "办理人"}))
