"""审计: who did what, newest first; whether the chain holds; who exported what last month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import audit_words, data, filters, links, markup, say
from dashboard.page import SETTINGS, Visit, page, vault
from monitor.actions import auditing as acting
from monitor.domain.errors import SentinelError
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.person import Permission
from monitor.report import wording

if TYPE_CHECKING:
    from monitor.record.screens.auditing import AuditLine, AuditState, AuditWanted

SIZE: Final = 50
COLUMNS: Final = ("时间", "人员", "操作", "对象", "说明", "序号")


@page(
    "auditing",
    title="审计",
    icon=":material/policy:",
    section=SETTINGS,
    order=30,
    permission=Permission.SEE_AUDIT,
)
def auditing(visit: Visit) -> None:
    """The state of the chain, then the entries as the filters ask."""
    markup.style()
    st.title("审计", anchor=False)
    if "/" not in visit.scope.paths:
        told = ("审计管理员须对全省履职；请联系安全管理员授予全省范围。",)
        markup.show(markup.empty("审计记录只供全省审计管理员查看", told))
        return
    _state(visit, data.read(visit, data.auditing.state, visit.now))
    wanted = _wanted(visit)
    asked = min(links.number(st.query_params.to_dict(), filters.PAGE) or 1, 100_000)
    offset = (asked - 1) * SIZE
    found = data.read(visit, data.auditing.entries, visit.now, wanted, vault(), (SIZE, offset))
    markup.show(
        markup.note(
            f"共{found.total:,}条，新的在前。记录只存编号，姓名为现用姓名，事由、用途另存三年。"
        )
    )
    if not found.rows:
        markup.show(markup.empty("没有符合条件的记录", ("请放宽或清除筛选条件。",)))
    else:
        markup.show(markup.table(COLUMNS, [_row(each) for each in found.rows]))
        filters.pager(found.total, SIZE)
    _export(visit, wanted)


def _state(visit: Visit, state: AuditState) -> None:
    newest = state.last_export
    last = f"{say.moment(newest.at)} {_who(newest)}" if newest is not None else "尚无"
    told = [
        ("当前锚点", str(state.head or say.NONE)),
        ("最近导出", last),
        ("24小时内登录失败", f"{state.failures:,}次"),
    ]
    markup.show(markup.pairs(told))
    with st.expander("核验记录与每日锚点"):
        markup.show(
            markup.note(
                "每日末条记录的序号与校验码即当日锚点，随周报发出。"
                "把留存的锚点填在下面，可查出整条记录是否被改写。"
            )
        )
        kept = st.text_input(
            "留存的锚点(可不填)", max_chars=100, placeholder="例如 1234-0123456789abcdef"
        )
        if st.button("立即核验"):
            _verify(visit, kept)
        if state.anchors:
            markup.show(markup.table(("日期", "锚点"), state.anchors))


def _verify(visit: Visit, kept: str) -> None:
    try:
        anchor = acting.anchor_of(kept) if kept.strip() else None
    except SentinelError as error:
        st.warning(str(error))
        return
    with st.spinner("正在核验"):
        sound, told = data.read(visit, data.auditing.verified, visit.now, anchor)
    (st.success if sound else st.error)(f"校验完好：{told}。" if sound else f"{told}。")


def _wanted(visit: Visit) -> AuditWanted:
    actions = {each: each for each in data.read(visit, data.auditing.actions, visit.now)}
    today = shanghai_day(visit.now)
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    quick = links.to(
        "auditing", action="导出", since=str(before), until=str(month - timedelta(days=1))
    )
    markup.show(markup.note(markup.link("上月谁导出了什么", quick)))
    who, action, item, since, until = st.columns([1.2, 1.2, 1.2, 1, 1])
    with who:
        name = filters.search("人员", "who", "姓名或登录名")
    with action:
        options = {"导出": "导出(全部)"} | {k: v for k, v in actions.items() if k != "导出"}
        chosen = filters.choose("操作", "action", options)
    with item:
        about = filters.search("对象编号", "item", "编号")
    with since:
        first = _day("起", "since")
    with until:
        last = _day("止(含当日)", "until")
    return data.auditing.AuditWanted(
        name,
        chosen,
        about,
        day_start(first) if first else 0,
        day_start(last) + DAY if last else 0,
    )


def _day(label: str, key: str) -> date | None:
    """A day that lives in the address."""
    try:
        now = date.fromisoformat(filters.said(key)) if filters.said(key) else None
    except ValueError:
        now = None
    st.date_input(
        label, value=now, key=f"audit_{key}", on_change=_moved, args=(key,), format=say.DATE_BOX
    )
    return now


def _moved(key: str) -> None:
    day = st.session_state.get(f"audit_{key}")
    for gone in (key, filters.PAGE):
        if gone in st.query_params:
            del st.query_params[gone]
    if day is not None:
        st.query_params[key] = day.isoformat()


def _row(each: AuditLine) -> list[str]:
    about = audit_words.matter(each.object_kind, each.object_id, each.object_name)
    return [say.moment(each.at), _who(each), each.action, about, each.reason, str(each.seq)]


def _who(each: AuditLine) -> str:
    if each.actor_id is None:
        return "系统"
    name = each.actor_name or f"人员{each.actor_id}"
    return f"{name}(B岗代{each.behalf_name})" if each.behalf_name else name


def _export(visit: Visit, wanted: AuditWanted) -> None:
    with st.expander("导出这些记录"), st.form("audit_export", border=False):
        markup.show(markup.unclassified())
        purpose = st.text_input("用途(必填，记入审计)", max_chars=100)
        if st.form_submit_button("生成文件"):
            try:
                content = acting.export(visit.store, visit.person, vault(), wanted, purpose)
            except SentinelError as error:
                st.warning(str(error))
                return
            st.session_state["audit_file"] = content
    if "audit_file" in st.session_state:
        markup.show(markup.note(wording.NOTE_KEEP))
        st.download_button("下载 CSV", st.session_state["audit_file"], "审计记录.csv", "text/csv")
