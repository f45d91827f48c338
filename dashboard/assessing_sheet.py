"""One assessment: where it stands, its buttons, result, objections, marks and history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    afterwards,
    assessing_forms,
    assessing_owed,
    assessing_pleas,
    assessing_result,
    assessing_unit,
    assessing_wait,
    data,
    filters,
    links,
    markup,
    say,
)
from dashboard.page import link_maker
from monitor.actions import assessing as acting
from monitor.actions import assessing_issuing, scorecards
from monitor.domain.assessment import FINAL, Kind, Move, Side
from monitor.domain.bulletin import period_of
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.page import Visit
    from monitor.domain.person import Person
    from monitor.record.screens.assessing import Happened, Told
    from monitor.record.store import Store

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARTS: Final = {
    "result": "结果",
    "steady": "排名稳定性",
    "pleas": "异议",
    "rushed": "集中发布等提示",
}
OFFICE: Final = {"owed": "书面催补", "items": "人工评分", "history": "经过"}
NEXT: Final = (Move.FEED_BACK, Move.TO_REVIEW, Move.PROPOSE)
"""What an assessor waits for: why it cannot be pressed yet is said."""


def show(visit: Visit, assessment_id: int) -> None:
    """The page of one assessment; where it is not shown to somebody, how to go on."""
    found = data.read(visit, data.assessing.listing, assessment_id)
    back = links.to("assessing")
    if not found:
        markup.show(markup.back("返回考核", back))
        markup.show(markup.empty("没有这次考核", ("可能还没有反馈，请从列表重新打开。",)))
        return
    (told,) = found
    unit = str(st.query_params.get("unit", ""))
    up = links.to("assessing", id=assessment_id) if unit else back
    markup.show(markup.back("返回考核结果" if unit else "返回考核", up))
    st.title(told.kept.title, anchor=False)
    afterwards.show("assessing")
    if unit:
        assessing_unit.show(visit, told, unit)
        return
    _head(told)
    if side_of(visit) is not None:
        assessing_wait.show(visit, told, may_ask=side_of(visit) is Side.OFFICE)
    _buttons(visit, told)
    _parts(visit, told)


def _head(told: Told) -> None:
    kept = told.kept
    due = say.NONE if kept.feedback_until is None else say.moment(kept.feedback_until)
    at = say.NONE if kept.as_of is None else say.moment(kept.as_of)
    facts: list[tuple[str, str | markup.Html]] = [
        ("当前阶段", markup.badge("提醒", kept.state.value)),
        ("考核周期", period_of(kept.period).said),
        ("考核方案", f"{told.scheme}（第{told.number}版）"),
        ("数据截止", at),
        ("反馈截止", due),
        ("结果校验码", kept.result_hash[:16] or say.NONE),
    ]
    if told.issued:
        facts.append(("文号", _number(told)))
    if kept.amends_id is not None:
        old = links.to("assessing", id=kept.amends_id)
        facts.append(("更正", markup.link("原结果（不再改动）", old)))
    markup.show(markup.pairs(facts))
    if kept.kind is Kind.TRIAL:
        markup.show(markup.note("试评：只供省厅核对，不反馈名次、不通报。"))


def _number(told: Told) -> str | markup.Html:
    """The number it went out with, and the way to its place in the register."""
    if told.bulletin_id is None:
        return told.issued
    return markup.link(told.issued, links.to("bulletins", id=told.bulletin_id))


def side_of(visit: Visit) -> Side | None:
    """Whose buttons somebody is shown; None for a unit's people."""
    if "/" not in visit.scope.paths:
        return None
    if visit.may(Permission.ASSESS):
        return Side.OFFICE
    return Side.HEAD if visit.may(Permission.SETTLE) else None


def _buttons(visit: Visit, told: Told) -> None:
    side = side_of(visit)
    if side is None:
        return
    offered = acting.offered(told, side, visit.now)
    assessing_forms.buttons(visit, told, side, offered)
    waits = [acting.waits_for(told, each, visit.now) for each in NEXT if each not in offered]
    said = [each for each in waits if each and not each.startswith("现在是")]
    if side is Side.OFFICE and said:
        markup.show(markup.note(f"下一步还要等：{said[0]}。"))


def _parts(visit: Visit, told: Told) -> None:
    parts = PARTS | (OFFICE if side_of(visit) is not None else {})
    part = filters.tabs("部分", "part", parts)
    drawn: dict[str, Callable[[], None]] = {
        "pleas": lambda: assessing_pleas.show(visit, told),
        "rushed": lambda: assessing_result.rushed(visit, told),
        "owed": lambda: assessing_owed.show(visit, told, may_ask=side_of(visit) is Side.OFFICE),
        "items": lambda: assessing_pleas.items(visit, told),
        "history": lambda: _history(visit, told),
        "steady": lambda: _result(visit, told, steady=True),
    }
    drawn.get(part, lambda: _result(visit, told))()


def _result(visit: Visit, told: Told, *, steady: bool = False) -> None:
    if not told.kept.result_hash:
        steps = ("按“生成初评”后由后台计算，算好以后本页会更新。",)
        markup.show(markup.empty("结果还没有算好", steps))
        return
    try:
        sheet = scorecards.sheet(visit.store, visit.person, told.kept.id)
    except SentinelError as refused:
        st.error(str(refused))
        return
    if steady:
        assessing_result.steady(told, sheet)
        return
    _files(visit, told)
    assessing_result.show(told, sheet)


def _files(visit: Visit, told: Told) -> None:
    key, store, person = told.kept.id, visit.store, visit.person
    with st.container(horizontal=True):
        if visit.may(Permission.EXPORT):
            for label, kind, mime in (
                ("下载单位考核结果", ".xlsx", BOOK),
                ("下载评分明细", ".csv", "text/csv"),
            ):
                st.download_button(
                    label,
                    partial(_made, store, person, key, kind),
                    f"{label[2:]}-{told.kept.period}{kind}",
                    mime,
                    on_click="ignore",
                    key=f"assessing-{kind}",
                )
        settled = told.kept.state in FINAL and told.kept.kind is Kind.FORMAL
        if settled and side_of(visit) is Side.OFFICE:
            st.download_button(
                "下载考核结果通报",
                lambda: assessing_issuing.bulletin(
                    store, person, key, visit.office, visit.data_dir
                )[1],
                f"考核结果通报-{told.kept.period}.docx",
                WORD,
                on_click="ignore",
                key="assessing-bulletin",
            )


def _made(store: Store, person: Person, key: int, kind: str) -> bytes:
    return scorecards.files(store, person, key, kind, link_maker()[1])[1]


def _history(visit: Visit, told: Told) -> None:
    found = data.read(visit, data.assessing.history, told.kept.id)
    if not found:
        markup.show(markup.empty("还没有办理记录", ()))
        return
    rows = [
        (
            each.moved.move,
            f"{each.moved.before}→{each.moved.after}",
            each.person or "系统",
            say.moment(each.moved.at),
            _words(each),
        )
        for each in found
    ]
    markup.show(markup.table(("办理", "阶段", "办理人", "时间", "说明、文号、签批"), rows))


def _words(each: Happened) -> str:
    """What was said with a move, and who signed when; the scan's hash says nothing to a person."""
    signed = each.moved.papers[:2] if each.moved.move == Move.SETTLE.value else ()
    return "，".join(filter(None, (each.moved.words, *map(str, signed)))) or say.NONE
