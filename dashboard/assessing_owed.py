"""书面催补: what a result lacks by unit, the letters that ask for it, and what came of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, say
from dashboard.form_sheet import JOIN, FormSheet, once
from dashboard.page import link_maker
from monitor.actions import owing
from monitor.domain.assessment import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.sending import Sent as Sending
    from monitor.record.screens.assessing import Told
    from monitor.record.screens.owing import Missing, Sent

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS: Final = ("单位", "账号", "缺少的数据", "原因", "催补")
LETTERS: Final = ("文号", "单位", "账号", "发出", "期限", "签收", "补交")
UNITS, WAY, CONTACT = "单位", "补交方式", "联系人及电话"
OFFERED: Final = "在“采集→导入”上传后台导出，或由账号管理员重新授权"
SIZE: Final = 50
MADE: Final = "assessing-owed-made"
HOW: Final = (
    "没有取得的数据，分值先由其他项分摊。书面催补满规定的工作日（默认10个）仍未补的，"
    "重新“生成初评”时按下限计（只按有证据的计）；补来的照常计分。"
)
ONCE: Final = "签收链接只显示这一次，请当场复制发给各单位："


def show(visit: Visit, told: Told, *, may_ask: bool) -> None:
    """What is missing, the form for who may ask, and the letters that went out."""
    found = data.read(visit, data.owing.lacking, told.kept.id)
    sent = data.read(visit, data.owing.letters, told.kept.id)
    markup.show(markup.note(HOW))
    if not told.kept.result_hash:
        markup.show(markup.empty("还没有初评结果", ("先“生成初评”，缺什么数据列在这里。",)))
    elif not found:
        markup.show(markup.empty("没有缺数据的账号", ("各账号的数据都已取得。",)))
    else:
        _missing(found)
    if may_ask:
        _asking(visit, told, found)
    if sent:
        _letters(visit, sent, may_ask=may_ask)


def _missing(found: Sequence[Missing]) -> None:
    page = filters.page_number(len(found), SIZE)
    shown = found[(page - 1) * SIZE : page * SIZE]
    markup.show(markup.table(COLUMNS, [_row(each) for each in shown]))
    filters.pager(len(found), SIZE)


def _row(each: Missing) -> tuple[Cell, ...]:
    owed, letter = each.owed, each.letter
    asked: Cell = markup.badge("提醒", "未催补")
    if letter is not None:
        until = markup.faint(f"至{say.moment(letter.due_at)}")
        asked = markup.joined(f"已催补 {letter.number}", until)
    platform = markup.faint(say.platform(owed.platform) if owed.platform else "")
    return (
        owed.unit_name,
        markup.joined(markup.link(owed.account, links.account(owed.account_id)), platform),
        "、".join(owed.measures),
        owed.note or say.NONE,
        asked,
    )


def _asking(visit: Visit, told: Told, found: Sequence[Missing]) -> None:
    """The form over units that lack something nobody asked for yet."""
    units: dict[str, str] = {}
    for each in found:
        if each.letter is None:
            units[each.owed.unit] = each.owed.unit_name
    if MADE in st.session_state:
        markup.show(markup.note(ONCE))
        st.code(st.session_state[MADE], language=None, wrap_lines=True)
    if not units or told.kept.state is not State.FIRST:
        return
    with st.expander(f"发催补函（{len(units)}个单位未催补）"):
        stands = {UNITS: JOIN.join(list(units)[: owing.MOST]), WAY: OFFERED, CONTACT: ""}
        sheet = FormSheet(visit, f"assessing-owed-{told.kept.id}", stands, lists=frozenset({UNITS}))
        sheet.begin()
        st.multiselect(
            UNITS, list(units), format_func=lambda each: units.get(each, each), **sheet.field(UNITS)
        )
        markup.show(markup.unclassified())
        st.text_input(WAY, max_chars=owing.LONGEST, **sheet.field(WAY))
        st.text_input(CONTACT, max_chars=owing.LONGEST, **sheet.field(CONTACT))
        st.caption("每个单位一份，统一编号；列明缺数据的账号、期限和补交方式，附免登录签收链接。")
        if st.button("编号并发出催补函", type="primary", key="assessing-owed-send"):
            _send(visit, told, sheet)


def _send(visit: Visit, told: Told, sheet: FormSheet) -> None:
    said = sheet.words()
    codes = tuple(each for each in said[UNITS].split(JOIN) if each)
    asking = owing.Asking(told.kept.id, codes, said[WAY], said[CONTACT])
    key, base = link_maker()
    made: list[owing.Made] = []

    def work(sent: Sending) -> None:
        made.extend(owing.ask(visit.store, visit.person, key, visit.data_dir, asking, sent))

    if sheet.send(work):
        st.session_state[MADE] = "\n\n".join(owing.group_text(each, base) for each in made)
        st.toast(f"已发出{len(made)}份催补函。")
        st.rerun()


def _letters(visit: Visit, sent: Sequence[Sent], *, may_ask: bool) -> None:
    st.subheader(f"催补函（{len(sent)}份）", anchor=False)
    markup.show(markup.table(LETTERS, [_letter(each) for each in sent[:SIZE]], lesser={"发出"}))
    names = {each.letter.id: f"{each.letter.number} {each.unit_name}" for each in sent}
    chosen = st.selectbox(
        "选择催补函",
        list(names),
        format_func=lambda each: names[each],
        filter_mode=None,
        key="assessing-owed-which",
    )
    letter = next(each.letter for each in sent if each.letter.id == chosen)
    with st.container(horizontal=True):
        st.download_button(
            "下载催补函",
            partial(_word, visit, letter.id),
            f"催补函-{letter.number}.docx",
            WORD,
            on_click="ignore",
            key="assessing-owed-word",
        )
        if may_ask and letter.stands and st.button("撤回催补", key="assessing-owed-back"):
            _withdraw(visit, letter.id)


def _letter(each: Sent) -> tuple[Cell, ...]:
    letter, answer = each.letter, each.answer
    signed: Cell = markup.badge("提醒", "待签收")
    if answer is not None:
        note = markup.faint(answer.answer.note)
        signed = markup.joined(f"已签收 {say.short(answer.signed_at)}", note)
    number = letter.number if letter.stands else f"{letter.number}（已撤回）"
    given = len(letter.accounts) - each.still
    return (
        number,
        each.unit_name,
        f"{len(letter.accounts)}个",
        markup.whole(say.short(letter.issued_at)),
        markup.whole(say.short(letter.due_at)),
        signed,
        f"已补{given}个，仍缺{each.still}个",
    )


def _withdraw(visit: Visit, letter_id: int) -> None:
    if once(
        f"assessing-owed-back-{letter_id}",
        lambda sent: owing.withdraw(visit.store, visit.person, letter_id, sent),
    ):
        st.toast("已撤回。")
        st.rerun()


def _word(visit: Visit, letter_id: int) -> bytes:
    return owing.word(visit.store, visit.person, letter_id, visit.data_dir)[1]
