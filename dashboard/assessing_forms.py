"""What the house does with an assessment: begin one, move it on, settle it by a signature."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from dashboard import afterwards, data, markup, say, uploads
from dashboard.form_sheet import FormSheet, once
from monitor.actions import assessing as acting
from monitor.actions.assessing import NewAssessment, Pressed
from monitor.actions.scheme_periods import sorts_of
from monitor.domain.assessment import Asked, Kind, Move, Side, State
from monitor.domain.bulletin import Longer, Sort, last_ended
from monitor.domain.instants import SHANGHAI, shanghai, to_second
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.assessing import Told

SCANS: Final = ("pdf", "png", "jpg", "jpeg")
BACK: Final[Mapping[Sort | Longer, int]] = {
    Sort.QUARTER: 4,
    Sort.MONTH: 6,
    Longer.HALF: 2,
    Longer.YEAR: 2,
}
"""So many ended periods of each sort are offered."""
PERIOD, KIND, SCHEME = "考核周期", "性质", "考核方案"
DONE: Final[Mapping[Move, str]] = {
    Move.GENERATE: "已排队计算初评，算好以后本页会更新。",
    Move.FEED_BACK: "已反馈各单位，3个工作日内可以提出异议。",
    Move.ISSUE: "已编号印发，文号见上；下载的通报从此不再改动。",
    Move.SETTLE: "已按签批件审定，结果不再改动。",
    Move.AMEND: "已另开更正单，原结果不动。",
}
NEEDED: Final[Mapping[Move, Asked]] = {Move.AMEND: Asked.WHY}
HINTS: Final = {Asked.WHY: "写清要更正什么、为什么"}


def begin(visit: Visit) -> None:
    """开始考核, for the house's assessors."""
    if not visit.may(Permission.ASSESS) or "/" not in visit.scope.paths:
        return
    schemes = data.read(visit, data.assessing.revisions)
    names = {
        str(each.id): f"{each.name}（第{each.number}版，{each.state}）"
        for each in sorted(schemes, key=lambda each: each.state is not State.IN_FORCE)
    }
    with st.expander("开始考核"):
        if not names:
            markup.show(markup.empty("还没有考核方案", ("先到“考核方案”拟定并印发。",)))
            return
        texts = {str(each.id): each.text for each in schemes}
        key = next(iter(names))
        first = {
            PERIOD: next(iter(_periods(visit.now, texts[key]))),
            KIND: Kind.FORMAL.value,
            SCHEME: key,
        }
        sheet = FormSheet(visit, "assessing-new", first)
        sheet.begin()
        choose(SCHEME, names, sheet)
        _period(visit, sheet, texts)
        choose(KIND, {each.value: each.value for each in Kind}, sheet)
        st.caption("正式考核只能用已印发、对该周期生效的方案；没有印发的可先作试评。")
        if st.button("开始考核", type="primary", key="assessing-begin"):
            _begin(visit, sheet)


def choose(label: str, options: Mapping[str, str], sheet: FormSheet) -> None:
    """One of several, as a field of a form."""
    st.selectbox(
        label,
        list(options),
        format_func=lambda key: options[key],
        filter_mode=None,
        **sheet.field(label),
    )


def _period(visit: Visit, sheet: FormSheet, texts: Mapping[str, str]) -> None:
    """The ended periods of the sort the chosen scheme is of."""
    chosen = sheet.words()
    periods = _periods(visit.now, texts.get(chosen[SCHEME], ""))
    if chosen[PERIOD] not in periods:
        sheet.put(PERIOD, next(iter(periods)))
    choose(PERIOD, periods, sheet)


def _periods(now: int, text: str) -> dict[str, str]:
    found = {}
    for sort in _sorts(text):
        period = last_ended(sort, now)
        for _ in range(BACK[sort]):
            found[period.code] = period.said
            period = period.preceding
    return found


@lru_cache(maxsize=32)
def _sorts(text: str) -> tuple[Sort | Longer, ...]:
    """The sorts of period a scheme's sheet may be used on."""
    return sorts_of(text)


def _begin(visit: Visit, sheet: FormSheet) -> None:
    said = sheet.words()
    made: list[int] = []

    def work(sent: Sent) -> None:
        new = NewAssessment(said[PERIOD], Kind(said[KIND]), int(said[SCHEME]))
        made.append(acting.begin(visit.store, visit.person, new, sent))

    if sheet.send(work):
        st.query_params.from_dict({"id": str(made[0])})
        afterwards.tell("assessing", "已开始考核；周期结束后按“生成初评”。")


def buttons(visit: Visit, told: Told, side: Side, offered: tuple[Move, ...]) -> None:
    """The buttons of a side, those that need words in a box of their own."""
    plain = [each for each in offered if each not in NEEDED and each not in SIGNED]
    with st.container(horizontal=True):
        for each in plain:
            first = each is not Move.GENERATE or len(plain) == 1
            kind: Literal["primary", "secondary"] = "primary" if first else "secondary"
            if st.button(each.value, type=kind, key=f"assessing-{each.name}"):
                press(visit, told, side, each)
    if Move.ISSUE in offered:
        markup.show(markup.note("印发时按通报登记簿编下一个文号，更正单编更正文号；不用填写。"))
    for each in offered:
        if each in NEEDED:
            _with_words(visit, told, side, each, NEEDED[each])
    if Move.SETTLE in offered:
        _settle(visit, told)
    if Move.SEND_BACK in offered:
        _with_words(visit, told, side, Move.SEND_BACK, Asked.WHY)


SIGNED: Final = frozenset({Move.SETTLE, Move.SEND_BACK})


def press(
    visit: Visit,
    told: Told,
    side: Side,
    move: Move,
    given: Mapping[str, str] | None = None,
    scan: bytes = b"",
) -> None:
    """Press a button once."""
    kept = told.kept
    pressed = Pressed(kept.id, kept.version, move, given or {}, scan)
    does = acting.decide if side is Side.HEAD else acting.press

    def work(sent: Sent) -> object:
        return does(visit.store, visit.person, visit.data_dir, pressed, sent)

    if once(f"assessing-{kept.id}", work, f"{move.name}-{kept.version}"):
        afterwards.tell("assessing", DONE.get(move, "已办理。"))


def _with_words(visit: Visit, told: Told, side: Side, move: Move, asked: Asked) -> None:
    with st.expander(move.value):
        markup.show(markup.unclassified())
        said = st.text_input(asked.value, placeholder=HINTS[asked], key=f"assessing-{move.name}-w")
        if st.button(move.value, type="primary", key=f"assessing-{move.name}"):
            press(visit, told, side, move, {asked.value: said})


def _settle(visit: Visit, told: Told) -> None:
    """审定: what was signed on paper is registered, with its scan."""
    with st.expander("审定（登记线下签批）", expanded=True):
        markup.show(markup.note("先打印单位考核结果请领导签批，再在这里登记签批人、时间和扫描件。"))
        markup.show(markup.unclassified())
        signer = st.text_input(Asked.SIGNER.value, max_chars=20, key="assessing-signer")
        left, right = st.columns(2)
        now = shanghai(visit.now)
        day = left.date_input("签批日期", now.date(), format=say.DATE_BOX, key="assessing-day")
        at = right.time_input("签批时间", time(now.hour, now.minute), key="assessing-time")
        scan = uploads.one("扫描件（PDF、PNG、JPG）", "assessing-scan", SCANS)
        if st.button("审定", type="primary", key="assessing-SETTLE"):
            signed = to_second(datetime.combine(day, at, SHANGHAI))
            given = {Asked.SIGNER.value: signer, Asked.SIGNED_AT.value: str(signed)}
            press(visit, told, Side.HEAD, Move.SETTLE, given, scan[1] if scan else b"")
