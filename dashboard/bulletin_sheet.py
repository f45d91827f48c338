"""One bulletin: what it says, who drops out and why, and the buttons of its way out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import case_form, data, links, markup, say
from dashboard.form_sheet import once
from monitor.actions import bulletins as acting
from monitor.domain.approval import State
from monitor.domain.bulletin import Sort, period_of
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.bulletins import BulletinLine

LISTED: Final = (
    *("序号", "市州", "主办单位", "账号名称", "平台", "问题类型", "单位说明"),
    *("12个月内第几次", "整改单号", "当前状态"),
)
COUNTED: Final = (
    *("单位数", "备案账号数", "纳入监测数", "可认定数", "问题账号数", "合格率"),
    *("上期合格率", "增减(百分点)", "未整改到位数"),
)
"""Columns that are read first; the rest stand behind them."""
ISSUE: Final = "通报期号"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(visit: Visit, bulletin_id: int) -> None:
    """The page of one bulletin; where it is not shown to somebody, how to go on."""
    markup.show(markup.back("返回通报", links.to("bulletins")))
    lines = data.read(visit, data.bulletins.listing, visit.now, bulletin_id=bulletin_id)
    if not lines:
        markup.show(markup.empty("没有这份通报", ("可能不在您的范围内；请从列表重新打开。",)))
        return
    (line,) = lines
    within = line.content["within"]
    st.title(within["标题"], anchor=False)
    markup.show(markup.pairs(_facts(line)))
    _files(visit, line)
    _buttons(visit, line)
    _text(line, within)
    _dropped(line)


def standing(line: BulletinLine) -> str:
    """How far it is: 已印发, where its approval stands, or 草稿."""
    if line.kept.issued_at is not None:
        return "已印发"
    if line.kept.sort is Sort.MONTH:
        return "可发送"
    return line.approval_state or "草稿"


def _facts(line: BulletinLine) -> list[tuple[str, str | markup.Html]]:
    kept = line.kept
    facts: list[tuple[str, str | markup.Html]] = [
        ("期间", period_of(kept.period).said),
        ("单位", line.unit_name),
        ("文号", kept.number or "印发时编号"),
        ("进展", standing(line)),
        ("拟写时间", say.moment(kept.drafted_at)),
        ("数据校验值", kept.sha256[:16]),
    ]
    if line.approval_id is not None:
        way = links.to(links.APPROVING, id=line.approval_id)
        facts.append(("审批", markup.link("查看审批", way)))
    if "assessment" in line.content:
        way = links.to("assessing", id=line.content["assessment"])
        facts.append(("考核", markup.link("查看考核结果", way)))
    if kept.amends_id is not None:
        facts.append(("更正", markup.link("原通报", links.to("bulletins", id=kept.amends_id))))
    return facts


def _files(visit: Visit, line: BulletinLine) -> None:
    kinds = {"下载内部版": False, "下载公开版": True}
    if line.kept.sort is Sort.MONTH:
        kinds = {"下载提示": False}
    elif "public" not in line.content:
        kinds = {"下载通报": False}
    with st.container(horizontal=True):
        for label, public in kinds.items():
            st.download_button(
                label,
                partial(_word, visit, line.kept.id, public=public),
                f"{line.kept.sort}-{line.kept.number or line.kept.period}"
                f"{'-公开版' if public else ''}.docx",
                WORD,
                on_click="ignore",
                key=f"bulletin-{line.kept.id}-{public}",
            )


def _word(visit: Visit, bulletin_id: int, *, public: bool) -> bytes:
    house = case_form.house(visit)
    return acting.word(visit.store, visit.person, bulletin_id, house, public=public)[1]


def _buttons(visit: Visit, line: BulletinLine) -> None:
    kept, key = line.kept, f"bulletin-{line.kept.id}-{line.kept.version}"
    which = (kept.id, kept.version)
    house = case_form.house(visit)
    if kept.sort is Sort.MONTH:
        return
    if kept.manuscript_id is None and kept.issued_at is None and visit.may(Permission.VERIFY):
        if st.button("送审", type="primary", key=f"{key}-submit"):
            _do(key, lambda sent: acting.submit(visit.store, visit.person, which, sent))
        markup.show(markup.note("送审后在“待我审批”里指定会签人并提交；文字和数据不再改动。"))
    approved = line.approval_state == State.APPROVED and kept.issued_at is None
    if approved and visit.may(Permission.ASSIGN_CASE):
        if st.button("编号印发", type="primary", key=f"{key}-issue"):
            _do(key, lambda sent: acting.issue(visit.store, visit.person, which, sent, house))
        markup.show(markup.note("编号前再核一遍：有申请复核或不属实的，须重新生成草稿。"))
    if kept.issued_at is not None and kept.sort is Sort.QUARTER and visit.may(Permission.VERIFY):
        _amending(visit, which, key)


def _amending(visit: Visit, which: tuple[int, int], key: str) -> None:
    with st.expander("更正"), st.form(f"{key}-amend", border=False):
        markup.show(markup.unclassified())
        said = st.text_area("更正的内容", height=80)
        contact = st.text_input("联系人及电话")
        if st.form_submit_button("拟写更正", type="primary"):
            house = case_form.house(visit)
            words = (said, contact)
            _do(
                key,
                lambda sent: acting.amend(visit.store, visit.person, which, words, sent, house),
            )


def _do(key: str, work: Any) -> None:
    def sent_once(sent: Sent) -> object:
        return work(sent)

    if once(key, sent_once):
        st.toast("已办理。")
        st.rerun()


def _text(line: BulletinLine, within: dict[str, Any]) -> None:
    if line.kept.sort is Sort.CORRECTION:
        markup.show(markup.note(f"{within['原文号']}通报：{within['更正']}"))
        if "组" in within:
            _scores(within)
    elif line.kept.sort is Sort.SCORES:
        _scores(within)
    elif line.kept.sort is Sort.MONTH:
        st.subheader("群内文字", anchor=False)
        st.code(line.content["group"], language=None, wrap_lines=True)
    else:
        _quarter(line, within)


def _scores(within: dict[str, Any]) -> None:
    """The result of an assessment as it went out: by group, no places."""
    markup.show(markup.note(within["依据"]), markup.note(within["总体"]))
    for each in within["组"]:
        st.subheader(f"{each['名称']}（{each['单位数']}个单位）", anchor=False)
        markup.show(markup.note(f"优秀：{each['优秀']}。存在问题：{each['问题']}。"))
        columns = {"单位": "单位", "部分": "各部分得分", "扣加": "扣分/加分", "总分": "总分"}
        columns |= {"档次": "档次", "健康": "运营健康", "完整度": "数据完整度"}
        rows = [tuple(str(row[name]) for name in columns) for row in each["行"]]
        lesser = {"数据完整度", "扣分/加分"}
        markup.show(markup.table(tuple(columns.values()), rows, lesser=lesser))
    markup.show(markup.note(within["注"]))


def _quarter(line: BulletinLine, within: dict[str, Any]) -> None:
    st.subheader("总体情况", anchor=False)
    for each in (*within["总体"], within["上期"]):
        markup.show(markup.note(each))
    tables = list(line.content.get("tables", ()))
    st.subheader(f"附件1 问题清单（{len(within['清单'])}项）", anchor=False)
    if not tables or not tables[0]["rows"]:
        markup.show(markup.note("本期没有可列入的问题。"))
    else:
        _rows(tables[0], LISTED, line.kept.number)
    st.subheader("附件2 分地区情况表", anchor=False)
    for each in tables[1:]:
        markup.show(markup.note(each["name"]))
        _rows(each, (each["columns"][0], *COUNTED))
    st.subheader("附件3 考核得分（分组）", anchor=False)
    markup.show(markup.note(within["考核"]))


def _rows(found: dict[str, Any], first: tuple[str, ...], number: str = "") -> None:
    """A frozen table: the columns that are read first, and all where somebody opens them. `number`
    stands where a row waited for it."""
    columns = tuple(found["columns"])
    rows = [
        dict(zip(columns, row, strict=True)) | ({ISSUE: number or None} if ISSUE in columns else {})
        for row in found["rows"]
    ]
    markup.show(markup.table(first, _cells(rows, first), lesser=set(first[6:])))
    with st.expander(f"{found['name']}：全部{len(columns)}列"):
        markup.show(markup.table(columns, _cells(rows, columns)))


def _cells(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [
        tuple(say.NONE if row[name] is None else str(row[name]) for name in columns) for row in rows
    ]


def _dropped(line: BulletinLine) -> None:
    some = line.content.get("dropped", [])
    if line.kept.sort is not Sort.QUARTER:
        return
    st.subheader(f"拟写时不能入的（{len(some)}件）", anchor=False)
    if not some:
        markup.show(markup.note("没有。"))
        return
    columns = ("整改单号", "账号", "单位", "原因")
    rows = [tuple(each[name] for name in columns) for each in some]
    markup.show(markup.table(columns, rows))
