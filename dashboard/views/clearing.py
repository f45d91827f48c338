"""清理排查: one project at a time, how far each place and unit is, and what is mine to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    afterwards,
    clearing_desk,
    clearing_office,
    clearing_progress,
    clearing_settle,
    clearing_truth,
    data,
    filters,
    markup,
    say,
)
from dashboard.markup import Card
from dashboard.page import RUNNING, Visit, page
from monitor.domain.clearing import Count, Stage
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from monitor.record.clearings import Kept
    from monitor.record.screens.clearings import Told

PARTS: Final = {
    "progress": "进度",
    "answer": "自查",
    "check": "核查",
    "spot": "抽查",
    "settle": "处置",
    "truth": "台账真实性",
}


@page(
    "clearing",
    title="清理排查",
    icon=":material/checklist:",
    section=RUNNING,
    order=37,
    permission=Permission.SEE_ACCOUNTS,
)
def clearing(visit: Visit) -> None:
    """The project the address names, else the newest; who orders one finds the form below."""
    markup.style()
    st.title("清理排查", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    afterwards.show("clearing")
    found = data.read(visit, data.clearings.projects, visit.now)
    if not found:
        steps = ("上级部署以后，本单位要核对的账号列在这里。", "有权部署的，在下面填写部署内容。")
        markup.show(markup.empty("没有清理排查", steps))
        clearing_office.deploy(visit, first=True)
        st.subheader("台账真实性", anchor=False)
        clearing_truth.show(visit)
        return
    kept = _chosen(found)
    units = data.read(visit, data.clearings.progress, visit.now, kept.id)
    _head(visit, kept, units)
    part = filters.tabs("部分", "part", PARTS)
    if part == "progress":
        clearing_progress.show(visit, kept, units)
        clearing_office.move_on(visit, kept, units)
    elif part in ("answer", "check"):
        clearing_desk.show(visit, kept, units, part)
    elif part == "spot":
        clearing_office.spot(visit, kept)
    elif part == "settle":
        clearing_settle.show(visit, kept)
    else:
        clearing_truth.show(visit)
    clearing_office.deploy(visit, first=False)


def _chosen(found: tuple[Kept, ...]) -> Kept:
    by_key = {str(each.id): each for each in found}
    return by_key[filters.one_of("项目", "id", {key: each.title for key, each in by_key.items()})]


def _head(visit: Visit, kept: Kept, units: tuple[Told, ...]) -> None:
    """Title and stage, until when each stage is, and the figures, each out of what it is."""
    st.subheader(kept.title, anchor=False)
    due = {
        Stage.SELF: kept.due.answer,
        Stage.CHECK: kept.due.check,
        Stage.SPOT: kept.due.spot,
        Stage.SETTLE: kept.due.settle,
    }
    told = [(f"{stage}截止", _until(visit, kept, stage, at)) for stage, at in due.items()]
    stage = "已办结" if kept.stage is Stage.DONE else f"{kept.stage}阶段"
    markup.show(markup.pairs([("当前阶段", markup.badge("提醒", stage)), *told]))
    if kept.words:
        markup.show(markup.note(f"工作要求：{kept.words}"))
    count = sum((each.count for each in units), Count())
    markup.show(markup.cards(_cards(kept, count)))


def _until(visit: Visit, kept: Kept, stage: Stage, at: int) -> str:
    late = kept.stage is stage and visit.now > at
    return f"{say.moment(at)}{'（已过）' if late else ''}"


def _cards(kept: Kept, count: Count) -> tuple[Card, ...]:
    drawn = f"核查通过{kept.population:,}个中抽取{kept.size:,}个" if kept.seed else "核查后抽取"
    return (
        Card("应排查账号", f"{count.asked:,}个", "台账中未关停的官方账号"),
        Card("已自查", f"{count.handed_in:,}个", f"共{count.asked:,}个，退回{count.returned:,}个"),
        Card("已核查", f"{count.checked:,}个", f"待核查{count.answered:,}个"),
        Card("抽查一致", f"{count.same:,}个", f"已查{count.spotted:,}个，{drawn}"),
        Card("已定处置", f"{count.decided:,}个", f"共{count.asked:,}个"),
    )
