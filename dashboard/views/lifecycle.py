"""账号办理: what waits to be decided, filing clocks, the yearly check, 失管, closures to verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import advice_list, appeal_box, data, life_sheet, links, markup, say, year_form
from dashboard.markup import Html
from dashboard.page import RUNNING, Visit, page
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.record.screens.lives import Lived

TABS: Final = ("待办理", "年度核对", "失管待找回", "关停核验", "关停合并建议", "申请开设")
STEPS: Final = (
    "向登记的绑定管理员、运营者A/B和密码保管人核实，试用绑定手机、绑定邮箱找回。",
    "仍不能登录的，下载平台申诉函，加盖单位公章，连同单位证明按平台的申诉入口提交。",
    "找回后在账号页点“恢复在用”，同时更新绑定管理员；找回无望的，申请关停。",
)


@page(
    "lifecycle",
    title="账号办理",
    icon=":material/fact_check:",
    section=RUNNING,
    order=36,
    permission=Permission.APPLY,
)
def lifecycle(visit: Visit) -> None:
    """Six parts, each with the way to what is to be done."""
    markup.style()
    st.title("账号办理", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    life_sheet.told()
    waiting, yearly, lost, ending, advice, opening = st.tabs(TABS)
    with waiting:
        _waiting(visit)
    with yearly:
        year_form.show(visit)
    with lost:
        _lost(visit)
    with ending:
        _ending(visit)
    with advice:
        if visit.may(Permission.CONFIRM):
            advice_list.show(visit)
        else:
            markup.show(markup.empty("建议由上级查看", ("本单位可在账号页申请关停。",)))
    with opening:
        life_sheet.open_form(visit)


def _waiting(visit: Visit) -> None:
    asked = data.read(visit, data.lives.pending, visit.now)
    running = data.read(visit, data.lives.clocks, visit.now)
    if not asked.total and not running.total:
        todo = ("单位提出的开设、变更、关停申请，和五个工作日内须报备的事项，列在这里。",)
        markup.show(markup.empty("没有待办理的事项", todo))
        return
    if asked.total:
        st.subheader(f"待批准的申请 {asked.total:,}项", anchor=False)
        columns = ("账号", "主办单位", "状态", "申请事项", "内容", "审批", "申请人")
        rows = [
            [
                *_head(each),
                each.pending,
                life_sheet.wanted(each),
                life_sheet.signing(each),
                each.applicant or say.NONE,
            ]
            for each in asked.rows
        ]
        markup.show(markup.table(columns, rows, lesser={"申请人"}))
        basis = (
            "在“待我审批”签到最后一人即为批准；已有纸质批文的，由上一级、申请人以外的人员"
            "点账号名称进入登记。"
        )
        markup.show(markup.note(basis))
    if running.total:
        st.subheader(f"报备期限 {running.total:,}项", anchor=False)
        heads = ("账号", "主办单位", "状态", "报备事项", "期限", "剩余 / 逾期")
        late = [[*_head(each), each.told, *life_sheet.due(visit, each)] for each in running.rows]
        markup.show(markup.table(heads, late))
        basis = "开设、变更、关停、注销均须在5个工作日内报备(鄂政办发〔2021〕11号)。"
        markup.show(markup.note(basis))


def _lost(visit: Visit) -> None:
    found = data.read(visit, data.lives.lost, visit.now)
    if not found.total:
        todo = ("密码遗失、绑定人离职的账号，由上一级标记失管后列在这里。",)
        markup.show(markup.empty("没有失管待找回的账号", todo))
        return
    markup.show(markup.note(f"失管待找回{found.total:,}个。找回步骤："))
    markup.show(Html("<ol>" + "".join(f"<li>{each}</li>" for each in STEPS) + "</ol>"))
    columns = ("账号", "主办单位", "状态", "失管情况", "绑定管理员", "绑定手机尾号")
    rows = [
        [*_head(each), *_said(each, ("失管情况", "绑定管理员", "绑定手机尾号"))]
        for each in found.rows
    ]
    markup.show(markup.table(columns, rows))
    appeal_box.show(visit, found.rows)


def _ending(visit: Visit) -> None:
    if visit.may(Permission.CONFIRM):
        _reopened(visit)
    found = data.read(visit, data.lives.ending, visit.now)
    if not found.total:
        todo = ("申请关停获准以后，从公告到两侧注销核验，列在这里。",)
        markup.show(markup.empty("没有正在关停的账号", todo))
        return
    markup.show(markup.note("平台侧和备案侧都核验注销，状态才改为已注销。"))
    columns = ("账号", "主办单位", "状态", "提示公告", "公告期满", "平台侧", "备案侧")
    rows = [
        [
            *_head(each),
            _notice(each),
            each.until or say.NONE,
            each.there or "待核验",
            each.here or "待注销",
        ]
        for each in found.rows
    ]
    markup.show(markup.table(columns, rows))


def _reopened(visit: Visit) -> None:
    found = data.read(visit, data.lives.reopened, visit.now)
    if not found.total:
        return
    st.subheader(f"关停与平台不一致 {found.total:,}个，待人工核实", anchor=False)
    columns = ("账号", "主办单位", "状态", "情况")
    markup.show(markup.table(columns, [[*_head(each), each.told] for each in found.rows]))


def _head(each: Lived) -> list[str | Html]:
    name = markup.joined(
        markup.link(each.name, links.account(each.account_id)),
        markup.faint(say.platform(each.platform)),
    )
    return [name, each.unit_name, each.state]


def _said(each: Lived, names: Iterable[str]) -> list[str]:
    return [str((each.details or {}).get(name) or say.NONE) for name in names]


def _notice(each: Lived) -> str | Html:
    link = str((each.details or {}).get("关停公告链接") or "")
    return markup.link("查看公告", link, outside=True) if link else say.NONE
