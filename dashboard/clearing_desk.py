"""自查 and 核查: the unit's word on each of its accounts, passed or given back above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, clearing_file, data, filters, links, markup, say
from dashboard.form_sheet import KEPT, FormSheet, once
from monitor.actions import clearing_lines
from monitor.actions.clearing_lines import LONGEST, Checking, Filling, Said
from monitor.domain.clearing import Answer, Move, Stage, State
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.clearings import Kept
    from monitor.record.screens.clearings import Shown, Told

ASKED: Final = 30
"""So many accounts are asked about on one page."""
OPEN: Final = (Stage.SELF, Stage.CHECK)


def show(visit: Visit, kept: Kept, units: Sequence[Told], part: str) -> None:
    """The accounts of one unit to be answered, or those of the whole scope to be checked."""
    if part == "answer":
        _answering(visit, kept, _unit(units))
    else:
        _checking(visit, kept)


def _unit(units: Sequence[Told]) -> Told:
    """The unit the address names, else the one with most left to answer."""
    order = sorted(units, key=lambda each: each.count.handed_in - each.count.asked)
    by_key = {str(each.unit_id): each for each in order}
    names = {key: each.unit_name for key, each in by_key.items()}
    return by_key[filters.one_of("单位", "unit", names)]


def _answering(visit: Visit, kept: Kept, unit: Told) -> None:
    found = data.read(
        visit, data.clearings.lines, visit.now, kept.id, data.clearings.Wanted(unit.unit_id)
    )
    todo = [each for each in found.rows if each.line.state in (State.WAITING, State.RETURNED)]
    done = [each for each in found.rows if each not in todo]
    st.subheader(f"{unit.unit_name}：未自查{len(todo)}个，已自查{len(done)}个", anchor=False)
    if todo and kept.stage in OPEN and visit.may(Permission.REPORT):
        _form(visit, kept, unit, todo[:ASKED])
        if len(todo) > ASKED:
            markup.show(markup.note("提交以后接着显示后面的账号。"))
        clearing_file.show(visit, kept, unit)
    elif todo:
        markup.show(markup.note(f"现在是{kept.stage}阶段，或您没有填报的权限，不能填写自查。"))
        _table(todo)
    if done:
        _table(done)


def _table(rows: Sequence[Shown]) -> None:
    columns = ("账号", "台账状态", "自查情况", "说明", "办理情况")
    markup.show(markup.table(columns, [[*_head(each), *_said(each)] for each in rows]))


def _head(each: Shown) -> list[markup.Cell]:
    name = markup.link(each.name, links.account(each.account_id))
    return [markup.joined(name, markup.faint(say.platform(each.platform))), each.registered]


def _said(each: Shown) -> list[markup.Cell]:
    line = each.line
    return [line.answer or say.NONE, line.note or say.NONE, line.state]


def _form(visit: Visit, kept: Kept, unit: Told, todo: Sequence[Shown]) -> None:
    """What the ledger says stands there already; one choice an account, words where it differs."""
    stands = {name: "" for each in todo for name in _names(each)}
    stands |= {_names(each)[1]: each.line.note for each in todo}
    sheet = FormSheet(visit, f"clearing-{kept.id}-{unit.unit_id}", stands)
    sheet.begin()
    lead = "台账已有的内容不用再填：与实际相符的选“属实”，不符的选情况并写明说明。"
    markup.show(markup.note(lead))
    markup.show(markup.unclassified())
    for each in todo:
        _line(sheet, each)
    st.caption(KEPT)
    left = [each for each in todo if not sheet.words()[_names(each)[0]]]
    if left:
        st.button(
            f"未选的{len(left)}个都已核对，填为属实",
            on_click=_all_true,
            args=(sheet, left),
            key=f"clearing_true_{unit.unit_id}",
        )
    if st.button("提交自查", type="primary", key=f"clearing_send_{unit.unit_id}"):
        _send(sheet, kept, todo)


def _names(each: Shown) -> tuple[str, str]:
    return f"情况{each.line_id}", f"说明{each.line_id}"


def _line(sheet: FormSheet, each: Shown) -> None:
    answer, note = _names(each)
    with st.container(border=True):
        told = f"{say.platform(each.platform)} · {each.registered}"
        name = markup.Html(f"<b>{markup.raw(each.name)}</b>")
        back = f"退回：{each.line.said}" if each.line.state is State.RETURNED else ""
        markup.show(markup.joined(name, markup.faint(f"{told} {back}"), by=" "))
        left, right = st.columns([1, 3])
        left.selectbox(
            "自查情况",
            ["", *Answer],
            format_func=lambda text: str(text) or "请选择",
            filter_mode=None,
            **sheet.field(answer),
        )
        hint = "改了什么、为何关停、并入哪个账号"
        right.text_input("说明", placeholder=hint, max_chars=LONGEST, **sheet.field(note))


def _all_true(sheet: FormSheet, left: Sequence[Shown]) -> None:
    for each in left:
        st.session_state[sheet.field(_names(each)[0])["key"]] = Answer.TRUE
    sheet.keep()


def _send(sheet: FormSheet, kept: Kept, todo: Sequence[Shown]) -> None:
    words = sheet.words()
    told = [each for each in todo if words[_names(each)[0]]]
    if not told:
        st.error("请至少选择一个账号的自查情况。")
        return
    said = {
        each.line_id: Said(Answer(words[_names(each)[0]]), words[_names(each)[1]]) for each in told
    }
    filling = Filling(kept.id, said, {each.line_id: each.version for each in told})
    visit = sheet.visit
    if sheet.send(lambda sent: clearing_lines.answer(visit.store, visit.person, filling, sent)):
        afterwards.tell("clearing", f"已提交{len(told)}个账号的自查情况。")


def _checking(visit: Visit, kept: Kept) -> None:
    wanted = data.clearings.Wanted(state=State.ANSWERED)
    found = data.read(visit, data.clearings.lines, visit.now, kept.id, wanted)
    if not found.total:
        markup.show(markup.empty("没有待核查的账号", ("单位提交自查以后列在这里。",)))
        return
    st.subheader(f"待核查{found.total:,}个", anchor=False)
    if kept.stage not in OPEN or not visit.may(Permission.CONFIRM):
        _table(found.rows[:ASKED])
        return
    rows = found.rows[:ASKED]
    key = f"clearing_check_{kept.id}_{found.total}"
    with st.form(key, border=True):
        markup.show(markup.note("核对后勾选。本人填报的由另一位同事核查；退回的须写明理由。"))
        every = st.checkbox(f"勾选下列全部{len(rows)}个", key=f"{key}_all")
        ticked = [
            each for each in rows if st.checkbox(_told(each), key=f"{key}_{each.line_id}") or every
        ]
        markup.show(markup.unclassified())
        words = st.text_input("退回理由", max_chars=LONGEST, key=f"{key}_words")
        left, right = st.columns(2)
        passed = left.form_submit_button("核查通过", type="primary", width="stretch")
        back = right.form_submit_button("退回重报", width="stretch")
    if passed or back:
        move = Move.CONFIRM if passed else Move.SEND_BACK
        versions = {each.line_id: each.version for each in ticked}
        _checked(visit, Checking(kept.id, versions, move, words if back else ""), key)


def _told(each: Shown) -> str:
    note = f"（{each.line.note}）" if each.line.note else ""
    return (
        f"{each.name}（{say.platform(each.platform)}）　{each.unit_name}　"
        f"台账：{each.registered}　自查：{each.line.answer}{note}"
    )


def _checked(visit: Visit, checking: Checking, key: str) -> None:
    def work(sent: Sent) -> int:
        return clearing_lines.check(visit.store, visit.person, checking, sent)

    if once(key, work, checking.move.name):
        afterwards.tell("clearing", f"{checking.move}：{len(checking.versions)}个账号。")
