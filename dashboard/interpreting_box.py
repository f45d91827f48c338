"""政策解读: a quarter's documents, what interprets each, and every unit's rate and delay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, say
from dashboard.form_sheet import FormSheet, once
from monitor.actions import interpreting, interpreting_papers
from monitor.domain.bulletin import Sort, last_ended, period_of
from monitor.domain.errors import SentinelError
from monitor.domain.instants import shanghai_day
from monitor.domain.interpreting import MOST, TOGETHER, State
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.domain.interpreting import Duty
    from monitor.record.screens.interpreting import Quarter, Row
    from monitor.report.interpreting_table import Told

DOCUMENTS: Final = ("文件", "起草单位", "印发", "解读", "起草单位发布", "用时(工作日)")
UNITS: Final = (
    *("单位", "应解读", "已发布", "无法核验", "发布率"),
    *("时效得分率", "用时中位(工作日)"),
)
TOLD: Final = (
    "谁起草谁解读：每季度由省厅或市州局定一次清单，另一人定稿后不再改动。"
    "解读与文件同步起草、同步送审、同步发布：文件印发以前不能下达解读，晚了的写明补发理由。"
    "只看起草单位自己的账号；没有账号的，看定清单的单位。"
    "由起草单位或省厅登记解读的当即有效，其他单位登记的由省厅再登记一次确认。"
)
HOW: Final = "一行一件：文号 | 名称 | 印发日期 | 起草单位（全称或机构代码）；可从表格直接粘贴。"
TEXT: Final = interpreting.TEXT
NOW: Final = (
    "用时按工作日计，同日或次日为与文件同步；发布时间以平台所示为准。"
    "数据不足的列“无法核验”，不计入发布率。"
)


def show(visit: Visit) -> None:
    """The quarter that is chosen: its lists, and what may be done with one's own."""
    markup.show(markup.note(TOLD))
    code = filters.one_of("季度", "quarter", _quarters(visit.now))
    wanted = data.interpreting.Wanted(code)
    found = data.read(visit, data.interpreting.quarter, visit.now, wanted)
    if not found:
        todo = (f"从每季度的规范性文件里选最需要解读的，不超过{MOST}件。",)
        markup.show(markup.empty(f"{period_of(code).said}还没有政策解读清单", todo))
    for each in found:
        _list(visit, each)
    if found:
        markup.show(markup.note(NOW))
        _download(visit, code)
    if visit.may(Permission.CAMPAIGN):
        _write(visit, code)


def _quarters(now: int) -> dict[str, str]:
    """The one that runs, the next, and four before."""
    running = last_ended(Sort.QUARTER, now).following
    every = [running, running.following]
    year, number = running.year, running.number
    for _ in range(4):
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
        every.append(period_of(f"{year}Q{number}"))
    return {each.code: each.said for each in every}


def _list(visit: Visit, found: Quarter) -> None:
    st.subheader(found.desk_name, anchor=False)
    tone = "正常" if found.kept.state is State.FINAL else "提醒"
    rows = [_document(visit, found, each) for each in found.rows]
    markup.show(
        markup.note(
            markup.joined(
                markup.badge(tone, found.kept.state.value), f"{len(rows)}件，最多{MOST}件", by=" "
            )
        )
    )
    markup.show(markup.table(DOCUMENTS, rows))
    told = interpreting_papers.by_unit(found, visit.data_dir)
    if told:
        markup.show(markup.table(UNITS, [_unit(each) for each in told]))
    if visit.may(Permission.CAMPAIGN):
        _finalise(visit, found)
        _link(visit, found)


def _document(visit: Visit, found: Quarter, row: Row) -> tuple[Cell, ...]:
    document = row.kept.document
    days = interpreting_papers.days(found.duties, row.kept.id, document.unit, visit.data_dir)
    told = say.NONE if days is None else f"{days}"
    together = "与文件同步" if days is not None and days <= TOGETHER else ""
    return (
        markup.joined(document.title, markup.faint(document.number)),
        row.unit_name,
        markup.whole(shanghai_day(document.issued).isoformat()),
        _campaign(row),
        _published(found.duties, row),
        markup.joined(told, markup.faint(together)),
    )


def _campaign(row: Row) -> Cell:
    if row.campaign is None:
        return "还没有登记解读"
    kept = row.campaign
    title = markup.link(kept.content.title, links.campaign(kept.id))
    waits = "" if row.kept.stands else "待省厅确认"
    told = f"{kept.number} {kept.state.value} {waits}".strip()
    return markup.joined(title, markup.faint(told))


def _published(duties: tuple[Duty, ...], row: Row) -> Cell:
    mine = [
        each
        for each in duties
        if each.document == row.kept.id and each.unit == row.kept.document.unit
    ]
    if not mine:
        return say.NONE
    duty = mine[0]
    if duty.excused:
        return "免发"
    if duty.unseen:
        return "无法核验"
    if duty.own_word:
        return "自报，待核验"
    return markup.whole(say.short(duty.published)) if duty.out else "未发布"


def _unit(told: Told) -> tuple[Cell, ...]:
    days = say.NONE if told.days is None else f"{told.days:g}"
    own = markup.faint(f"其中自报{told.own_word}" if told.own_word else "")
    return (
        told.name,
        f"{told.asked}",
        markup.joined(f"{told.out}", own),
        f"{told.unseen}",
        say.percent(told.rate),
        say.percent(told.timely),
        days,
    )


def _finalise(visit: Visit, found: Quarter) -> None:
    kept = found.kept
    if kept.state is State.FINAL:
        return
    if visit.person.id in {kept.drafted_by, kept.changed_by}:
        st.caption("由您拟写，须由另一人定稿。")
        return
    form = f"interpreting-{kept.id}-{kept.version}"
    if st.button("定稿", key=form) and once(
        form,
        lambda sent: interpreting.finalise(
            visit.store, visit.person, (kept.id, kept.version), sent
        ),
    ):
        st.rerun()


def _link(visit: Visit, found: Quarter) -> None:
    """登记解读, once the list is final and there is a 政策解读 to tie."""
    options = data.read(visit, data.interpreting.to_link, visit.now)
    if found.kept.state is not State.FINAL or not options:
        return
    with st.expander("登记解读"):
        labels = {each.kept.id: each.kept.document.label for each in found.rows}
        form = f"interpreting-link-{found.kept.id}"
        with st.form(form, border=False):
            document = st.selectbox(
                "文件", list(labels), format_func=lambda each: labels[each], filter_mode=None
            )
            campaign = st.selectbox(
                "政策解读", list(options), format_func=lambda each: options[each], filter_mode=None
            )
            pressed = st.form_submit_button("登记解读")
    if (
        pressed
        and document
        and campaign
        and once(
            form,
            lambda sent: interpreting.link(visit.store, visit.person, document, campaign, sent),
            f"{document}-{campaign}",
        )
    ):
        st.rerun()


def _write(visit: Visit, code: str) -> None:
    """The list of one's own office; nothing once it is final."""
    own = data.read(visit, data.interpreting.own, visit.now, data.interpreting.Wanted(code))
    if own is None or own.final:
        return
    with st.expander("拟定清单", expanded=not own.version):
        stands = {TEXT: interpreting.written(own.documents, dict(own.names))}
        sheet = FormSheet(visit, f"interpreting-{code}", stands, own.version)
        sheet.begin()
        markup.show(markup.note(HOW), markup.unclassified())
        st.text_area(TEXT, height=200, max_chars=interpreting.LONGEST, **sheet.field(TEXT))
        if st.button("保存清单", type="primary", key=f"interpreting-{code}-save") and sheet.send(
            lambda sent: interpreting.save(
                visit.store, visit.person, code, sheet.words()[TEXT], sent
            )
        ):
            st.rerun()


def _download(visit: Visit, code: str) -> None:
    if not visit.may(Permission.EXPORT):
        return
    if not st.button("生成政策解读情况表", key=f"interpreting-{code}-table"):
        return
    try:
        made = interpreting_papers.table(visit.store, visit.person, code, visit.data_dir)
    except SentinelError as refused:
        st.error(str(refused))
        return
    st.download_button("下载（CSV）", made, f"政策解读情况_{code}.csv", on_click="ignore")
