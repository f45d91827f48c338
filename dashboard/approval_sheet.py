"""One approval on one page, for a phone: title, text, who checked what, and two buttons."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import links, markup, say
from dashboard.form_sheet import once
from dashboard.markup import Html
from monitor.actions import approval_papers, approving
from monitor.actions.approving import Doing
from monitor.domain.approval import Move, State
from monitor.domain.lifecycle import SIGNED_AS

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.approving import MoveLine, Shown, StepLine

YES: Final = (Move.AGREE, Move.AGREE_ON, Move.ENDORSE, Move.CONFIRM)
NO: Final = (Move.RETURN, Move.REJECT)
OPINION: Final = "approval-opinion"
ON_PAPER: Final = "线下签批"
APPLICATIONS: Final = frozenset(SIGNED_AS.values())
"""Kinds of texts that are applications about an account, and nothing to be published."""
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(visit: Visit, shown: Shown) -> tuple[Move, ...]:
    """The page of one approval; the buttons that remain for its writer are given back."""
    st.title(shown.line.title, anchor=False)
    markup.show(_head(shown), _text(shown), _checks(shown))
    if shown.account_id is not None:
        told = markup.link("查看这个账号和办理记录", links.account(shown.account_id))
        markup.show(markup.note(told))
    offered = approving.buttons(visit.store, visit.person, shown.line.approval_id, visit.now)
    yes = next((each for each in offered if each in YES), None)
    if yes is not None:
        _decide(visit, shown, yes, offered)
    return offered


def history(visit: Visit, shown: Shown) -> None:
    """Every move, and the papers to take along."""
    if shown.moves:
        with st.expander("办理过程"):
            columns = ("时间", "办理", "办理人", "意见")
            markup.show(markup.table(columns, [_move(each) for each in shown.moves]))
    if shown.line.kind in APPLICATIONS:
        _scan(visit, shown)
        return
    with st.expander("《信息发布审批单》与扫描件"):
        approval = shown.line.approval_id

        def word() -> bytes:
            """Made when somebody wants it: it takes longer than all the rest of the page."""
            return approval_papers.word(visit.store, visit.person, approval, visit.data_dir)[1]

        name = approval_papers.WORD_NAME.format(approval)
        st.download_button("下载审批单", word, name, WORD, on_click="ignore")
        printed = links.to(links.APPROVING, id=shown.line.approval_id, sheet="print")
        markup.show(markup.note(markup.link("打开打印页", printed)))
        _scan(visit, shown)


def _scan(visit: Visit, shown: Shown) -> None:
    approval = shown.line.approval_id
    found = approval_papers.scan(visit.store, visit.person, approval, visit.data_dir)
    if found is not None:
        st.download_button("下载签批件扫描件", found[1], found[0], on_click="ignore")


def press(visit: Visit, shown: Shown, doing: Doing) -> None:
    """Press a button once: the key stays until it went through."""
    approval = shown.line.approval_id
    if not once(
        f"approval-{approval}",
        lambda sent: approving.do(visit.store, visit.person, approval, doing, sent, visit.data_dir),
        doing.move.name,
    ):
        return
    st.session_state.pop(f"{OPINION}-{approval}", None)
    st.toast(f"已{doing.move}。" if not doing.move.startswith("不予") else "已记为不予签发。")
    st.rerun()


def _decide(visit: Visit, shown: Shown, yes: Move, offered: tuple[Move, ...]) -> None:
    """The two buttons, the opinion between, what is seldom needed behind a fold."""
    key = f"{OPINION}-{shown.line.approval_id}"
    markup.show(markup.unclassified())
    opinion = st.text_area("意见", key=key, height=80, max_chars=approving.LONGEST_OPINION)
    no = next(each for each in offered if each in NO)
    both = st.container(horizontal=True)
    if both.button(yes.value, type="primary", width="stretch", key="approval-yes"):
        press(visit, shown, Doing(yes, shown.sha256, opinion))
    if both.button(no.value, width="stretch", key="approval-no"):
        press(visit, shown, Doing(no, shown.sha256, opinion))
    st.caption(f"“{no}”须写意见。")
    if Move.REFUSE in offered or Move.HAND_ON in offered:
        with st.expander("其他办理方式"):
            _others(visit, shown, offered, opinion)


def _others(visit: Visit, shown: Shown, offered: tuple[Move, ...], opinion: str) -> None:
    if Move.REFUSE in offered and st.button(Move.REFUSE.value, key="approval-refuse"):
        press(visit, shown, Doing(Move.REFUSE, shown.sha256, opinion))
    people = approving.others(visit.store, visit.person, shown.line.approval_id, visit.now)
    if not people:
        st.caption("没有同一角色的其他人员可以转请。")
        return
    names = {each.person_id: each.name for each in people}
    to = st.selectbox("转请", list(names), format_func=lambda each: names[each], key="approval-to")
    if st.button(Move.HAND_ON.value, key="approval-hand"):
        press(visit, shown, Doing(Move.HAND_ON, shown.sha256, opinion, to=to))


def _head(shown: Shown) -> Html:
    line = shown.line
    place = f"{line.stage}中" if line.stage else line.state
    marks = markup.badge(_tone(line.state), place).text
    marks += f' <span class="ms-badge ms-paper">{ON_PAPER}</span>' if line.on_paper else ""
    due = say.moment(line.due_at) + ("（暂按周历）" if line.provisional else "")
    told = [line.kind, f"{line.unit_name} {line.drafter}拟稿"]
    told.append("、".join(say.platform(each) for each in shown.text.platforms))
    told += [f"拟于{say.moment(shown.planned_at)}发布"] if shown.planned_at is not None else []
    told += [f"审批期限{due}"] if line.due_at is not None else []
    if shown.attested_by:
        told.append(f"本单位审核人{shown.attested_by}(本单位已按规定审核)")
    return Html(f"<p>{marks}</p>{markup.note(' · '.join(filter(None, told))).text}")


def _tone(state: str) -> str:
    good, bad = {State.APPROVED}, {State.REFUSED}
    return "正常" if state in good else "僵尸" if state in bad else "提醒"


def _text(shown: Shown) -> Html:
    return Html(f'<div class="ms-text">{escape(shown.text.body)}</div>')


def _checks(shown: Shown) -> Html:
    """Who checked what: each stage with its name, time and opinion; blanks are still wanted."""
    lines = "".join(_check(each) for each in shown.steps)
    if shown.paper is not None:
        paper = shown.paper
        confirmed = f"，{escape(paper.confirmed_by)}确认" if paper.confirmed_by else "，待确认"
        lines += (
            f"<li><b>{ON_PAPER}</b> {escape(paper.signer)} {say.moment(paper.signed_at)}"
            f"（{escape(paper.registered_by)}登记{confirmed}）</li>"
        )
    return Html(f'<ol class="ms-checks">{lines}</ol>' if lines else "")


def _check(each: StepLine) -> str:
    if not each.signed_by:
        who = each.holder or each.role
        told = f"待{escape(who)}办理" if each.open else f"{escape(who)}，尚未轮到"
        return f'<li class="ms-faint"><b>{each.stage}</b> {told}</li>'
    opinion = f"：{escape(each.opinion)}" if each.opinion else ""
    who = signer(each.signed_by, each.behalf)
    return f"<li><b>{each.stage}</b> {escape(who)} {say.moment(each.signed_at)}{opinion}</li>"


def signer(name: str, behalf: str) -> str:
    """Who signed; a deputy with whom he stood in for."""
    return f"{name}(B岗代)，代{behalf}" if behalf else name


def _move(each: MoveLine) -> tuple[Any, ...]:
    what = f"{each.stage}·{each.move}" if each.stage else each.move
    what += f"（转请{each.to}）" if each.to else ""
    return say.moment(each.at), what, signer(each.person, each.behalf) or "系统", each.opinion
