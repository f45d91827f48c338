"""One campaign 协同发声: where it stands, what to do next, its board, its tasks, what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import (
    campaign_board,
    campaign_calls,
    campaign_files_box,
    campaign_link_box,
    campaign_paste_box,
    campaign_review,
    campaign_stop_box,
    campaign_tasks_box,
    campaign_told,
    campaign_volunteers,
    campaign_words,
    data,
    filters,
    links,
    markup,
    page,
    say,
)
from dashboard.form_sheet import once
from monitor.actions import campaign_issuing, campaign_terms, campaigns, interpreting_gate
from monitor.actions import campaign_words as words
from monitor.actions.campaigns import Doing
from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import Hand, Kind, Move, State
from monitor.domain.instants import HOUR
from monitor.domain.person import Permission
from monitor.report import wording

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.record.screens.campaigns import Line

TABS: Final = {
    "board": "看板",
    "calls": "联系催办",
    "tasks": "各账号",
    "told": "告知",
    "volunteers": "自愿参与",
    "review": "复盘",
    "content": "内容",
    "moves": "办理过程",
}
HELD: Final = {"volunteers": Permission.CAMPAIGN}
"""Tabs for whom the permission shows them."""
ABSENT: Final = "没有这项协同发声，或不在您的查看范围内"
DRAFTED: Final = frozenset({State.DRAFT, State.RETURNED, State.LATE, State.TO_ISSUE})


def show(visit: Visit, campaign_id: int) -> None:
    """The page of one campaign; the same words whether it does not exist or may not be seen."""
    markup.show(markup.back("← 返回协同列表", links.to(links.CAMPAIGNS)))
    line = data.read(visit, data.campaigns.one, visit.now, campaign_id)
    if line is None:
        st.title("协同", anchor=False)
        markup.show(markup.empty(ABSENT, ("请返回列表重新选择。",)))
        return
    st.title(campaign_words.title(line), anchor=False)
    markup.show(markup.pairs(_head(visit, line)))
    _next(visit, line)
    tabs = {key: name for key, name in TABS.items() if key not in HELD or visit.may(HELD[key])}
    tab = filters.tabs("查看", "tab", tabs)
    _TABS[tab](visit, line)
    campaign_stop_box.show(visit, line)
    markup.show(markup.note(wording.NOTE_CAMPAIGN))


def _head(visit: Visit, line: Line) -> list[tuple[str, Cell]]:
    kept, content = line.kept, line.kept.content
    clocks = [] if kept.issued_at is None else _clocks(visit, kept.issued_at, content.kind)
    return [
        ("状态", campaign_words.badge(visit, line)),
        ("编号", kept.number or "下达时编号"),
        ("类型", content.kind.value),
        ("首发方式", content.order.value),
        ("承办", f"{line.desk_name} {line.drafter}拟稿"),
        ("下达", say.moment(kept.issued_at)),
        ("截止", markup.joined(say.moment(kept.due_at), markup.faint(_left(visit, line)))),
        ("联系人", content.contact),
        *((("时限(从下达起)", markup.joined(*clocks)),) if clocks else ()),
    ]


def _clocks(visit: Visit, start: int, kind: Kind) -> list[str]:
    """The clocks of the rules, from the issue on."""
    return [
        f"{each.hours}小时内{each.name}，"
        + campaign_words.left(start + each.hours * HOUR, visit.now)
        for each in campaign_terms.rules(visit.data_dir).clocks_of(kind)
    ]


def _left(visit: Visit, line: Line) -> str:
    over = line.kept.state in (State.ENDED, State.ARCHIVED, State.CANCELLED)
    return "" if over else campaign_words.left(line.kept.due_at, visit.now)


def _next(visit: Visit, line: Line) -> None:
    """What is to be done next, by whom may do it."""
    now = campaign_words.state(visit, line)
    approval = markup.link("到审批页", links.to(links.APPROVING, id=line.approval_id))
    if line.kept.state is State.DRAFT:
        told = "签发后在这里下达。" if now is not State.TO_ISSUE else "已签发，可以下达。"
        markup.show(markup.note(markup.joined(told, approval, by=" ")))
    if not visit.may(Permission.CAMPAIGN):
        return
    if now in DRAFTED and line.kept.drafter_id == visit.person.id:
        change = links.to(links.CAMPAIGNS, write=line.kept.id)
        markup.show(markup.note(markup.link("修改内容", change)))
    which = (line.kept.id, line.kept.version)
    if now is State.TO_ISSUE:
        _issue(visit, line, which)
    _close(visit, line, which)


def _issue(visit: Visit, line: Line, which: tuple[int, int]) -> None:
    said = ""
    if line.kept.content.kind is Kind.POLICY:
        markup.show(markup.unclassified())
        said = st.text_input(
            interpreting_gate.FIELD,
            max_chars=interpreting_gate.LONGEST,
            placeholder="与文件同步的不用填；文件印发超过1个工作日的写明",
            key=f"campaign-{which[0]}-late",
        )
    if not st.button("下达任务", type="primary", key="campaign-issue"):
        return
    if once(
        f"campaign-{which[0]}-issue",
        lambda sent: campaign_issuing.issue(
            visit.store, visit.person, which, sent, page.house(), said
        ),
    ):
        st.session_state[campaign_tasks_box.SAID] = "已下达。"
        st.rerun()


def _close(visit: Visit, line: Line, which: tuple[int, int]) -> None:
    """截止, 总结归档, 撤销: what follows from where it stands."""
    able = {
        State.DRAFT: (Move.CANCEL,),
        State.UNDER_WAY: (Move.END, Move.CANCEL),
        State.ENDED: (Move.ARCHIVE,),
    }.get(line.kept.state, ())
    if not able:
        return
    with st.expander("、".join(able)):
        form = f"campaign-{which[0]}-{which[1]}"
        with st.form(form, border=False):
            markup.show(markup.unclassified())
            said = st.text_area("说明", height=80, max_chars=campaigns.LONGEST)
            pressed = [each for each in able if st.form_submit_button(each.value)]
        for move in pressed:
            _press(visit, Doing(move, which, said), form)


def _press(visit: Visit, doing: Doing, form: str) -> None:
    if once(
        form,
        lambda sent: campaigns.move(visit.store, visit.person, doing, sent, page.house()),
        doing.move.name,
    ):
        st.session_state[campaign_tasks_box.SAID] = f"已{doing.move}。"
        st.rerun()


def _tasks(visit: Visit, line: Line) -> None:
    regions = data.read(visit, data.campaign_board.regions, visit.now, line.kept.id)
    region = filters.choose("市州", "region", regions)
    wanted = data.campaign_board.Wanted(campaign=line.kept.id, region=region)
    found = data.read(visit, data.campaign_board.tasks, visit.now, wanted)
    if not found:
        markup.show(markup.empty("这里没有任务", ("下达后各账号的任务列在这里。",)))
        return
    campaign_board.drill(visit, line, found, region)
    campaign_link_box.show(visit, line, found)
    campaign_paste_box.show(visit, line, region)
    campaign_tasks_box.show(visit, found, Hand.UNIT)
    campaign_tasks_box.show(visit, found, Hand.DESK)


def _content(visit: Visit, line: Line) -> None:
    content = line.kept.content
    said = words.words_of(content)
    shown = [
        (name, text)
        for name, text in said.items()
        if text and not name.startswith((words.TEXT, words.FILES))
    ]
    markup.show(markup.pairs([(name, text) for name, text in shown if name != words.BODY]))
    st.subheader("发布内容", anchor=False)
    st.code(content.body, language=None, wrap_lines=True)
    for platform, text in content.texts:
        st.caption(f"{PLATFORMS.get(platform, platform)}文案")
        st.code(text, language=None, wrap_lines=True)
    campaign_files_box.show(visit, line)


def _moves(visit: Visit, line: Line) -> None:
    found = data.read(visit, data.campaigns.history, visit.now, line.kept.id)
    rows = [(say.moment(each.at), each.move, each.name, each.said, each.after) for each in found]
    markup.show(
        markup.table(("时间", "办理", "办理人", "说明", "办理后"), rows)
        if rows
        else markup.empty("还没有下达", ("审批过程在审批页。",))
    )


_TABS: Final = {
    "board": campaign_board.show,
    "calls": campaign_calls.show,
    "tasks": _tasks,
    "told": campaign_told.show,
    "volunteers": campaign_volunteers.show,
    "review": campaign_review.show,
    "content": _content,
    "moves": _moves,
}
"""What each tab draws, of one campaign."""
