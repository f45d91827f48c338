"""The lines of 填报 of one unit as a form: kept as a draft, submitted, or filled as last week."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, markup, report_draft, say
from dashboard.form_sheet import KEPT
from dashboard.report_draft import field, typed
from monitor.actions import reporting as acting
from monitor.domain.errors import Forbidden
from monitor.domain.report_line import (
    COMMENTS,
    KEEPER,
    KEEPERS,
    NEWEST,
    POSTS,
    REASON,
    RECEIVED,
    REMARK,
    REPLIED,
    URL,
    YES_NO,
    StopReason,
    same_as_last,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.page import Visit
    from monitor.actions.reporting import Filled
    from monitor.record.screens.reporting import Asked

CHOICES: Final[Mapping[str, Sequence[str]]] = {
    COMMENTS: ("", *YES_NO),
    REASON: ("", *(each.value for each in StopReason)),
    KEEPER: ("", *KEEPERS),
}
HINTS: Final = {NEWEST: "2026-11-22 09:30，或只填日期", URL: "https://"}
ROWS: Final = (
    ((POSTS, 1), (NEWEST, 2), (URL, 3)),
    ((RECEIVED, 1), (REPLIED, 1), (COMMENTS, 1), (REASON, 1.5), (KEEPER, 1.5), (REMARK, 3)),
)
LAST: Final = "report-done"
SENT: Final = "report-sent"


def show(visit: Visit, week: str, lines: Sequence[Asked]) -> None:
    """The form, what became of the last sending, and the three buttons."""
    done: Filled | None = st.session_state.get(f"{LAST}-{week}")
    afterwards.show("reporting")
    _said(done, {each.account_id: each.name for each in lines})
    mine = report_draft.Draft(visit, week, tuple(each.account_id for each in lines))
    mine.offer({each.account_id: each.words for each in lines})
    markup.show(markup.unclassified())
    for each in lines:
        _line(mine, each, done)
    st.caption(KEPT)
    same, draft, submit = st.columns(3)
    same.button("同上周，仅更新日期", on_click=_same, args=(mine, lines), width="stretch")
    kept = draft.button("暂存", width="stretch")
    sent = submit.button("提交", type="primary", width="stretch")
    if kept or sent:
        _send(mine, lines, submit=sent)


def _line(mine: report_draft.Draft, each: Asked, done: Filled | None) -> None:
    """One account: who it is and how it stands, what was wrong, and its fields."""
    week = mine.week
    if field(week, each.account_id, POSTS) not in st.session_state:
        # What the person looks at from now on: a later version is somebody else's.
        st.session_state[_read(week, each.account_id)] = each.version
    with st.container(border=True):
        state = f"已填 {say.short(each.submitted_at)}" if each.submitted_at else "未填"
        state = "暂存" if each.version and not each.submitted_at else state
        where = f" · {each.place}" if each.place else ""
        markup.show(
            markup.joined(
                markup.Html(f"<b>{markup.raw(each.name)}</b>"),
                markup.faint(f"{say.platform(each.platform)}{where} · {state}"),
                by=" ",
            )
        )
        if done is not None:
            _trouble(each.account_id, done)
        for row in ROWS:
            places = st.columns([width for _, width in row])
            for place, (column, _) in zip(places, row, strict=True):
                with place:
                    _field(mine, each, column)


def _trouble(account_id: int, done: Filled) -> None:
    for problem in done.problems.get(account_id, ()):
        st.error(str(problem))
    clash = done.clashes.get(account_id)
    if clash is not None:
        said = "；".join(f"{column}：{text}" for column, text in clash.words.items() if text)
        st.warning(
            "另一位同事刚刚保存了这一行；您填的内容仍在下面，没有丢失。"
            f"对方填的是——{said}。核对后再次提交，将以您的为准。"
        )


def _field(mine: report_draft.Draft, each: Asked, column: str) -> None:
    key = field(mine.week, each.account_id, column)
    if key not in st.session_state:
        st.session_state[key] = each.words.get(column, "")
    if column in CHOICES:
        if st.session_state[key] not in CHOICES[column]:
            st.session_state[key] = ""
        st.selectbox(
            column,
            CHOICES[column],
            key=key,
            format_func=lambda text: text or say.NONE,
            on_change=mine.keep,
        )
        return
    hint = HINTS.get(column, "")
    st.text_input(column, key=key, placeholder=hint, max_chars=500, on_change=mine.keep)


def _same(mine: report_draft.Draft, lines: Sequence[Asked]) -> None:
    """Last week's answers into the fields, with the newest post as it is known by now."""
    mine.fill(
        {
            (each.account_id, column): text
            for each in lines
            for column, text in same_as_last(each.last, each.known).items()
            if text
        }
    )


def _send(mine: report_draft.Draft, lines: Sequence[Asked], *, submit: bool) -> None:
    """Send what stands in the fields, on top of what this page had read."""
    visit, week = mine.visit, mine.week
    key = st.session_state.setdefault(f"{SENT}-{week}", token_hex(8))
    versions = {each.account_id: _version(week, each) for each in lines}
    filling = acting.Filling(
        week=week,
        words={each.account_id: typed(week, each.account_id) for each in lines},
        versions=versions,
        key=key,
        submit=submit,
    )
    try:
        done = acting.fill(visit.store, visit.person, filling)
    except Forbidden as refused:
        st.warning(str(refused))
        return
    del st.session_state[f"{SENT}-{week}"]
    st.session_state[f"{LAST}-{week}"] = done
    for account_id in done.saved:
        st.session_state[_read(week, account_id)] = done.versions[account_id]
    for account_id, theirs in done.clashes.items():
        st.session_state[_read(week, account_id)] = theirs.version
    if not done.whole:
        # What was refused stands in the fields only: it stays a draft.
        mine.keep()
    afterwards.tell("reporting", _became(done, submit=submit))


def _became(done: Filled, *, submit: bool) -> str:
    verb = "已提交" if submit else "已暂存"
    left = len(done.problems) + len(done.clashes)
    return f"{verb}{len(done.saved)}个账号" + (f"，{left}个需要改正" if left else "")


def _said(done: Filled | None, names: Mapping[int, str]) -> None:
    """Where the last sending left something over: which accounts."""
    if done is None or done.whole:
        return
    left = [names[key] for key in (*done.problems, *done.clashes) if key in names]
    if left:
        st.warning(f"其余已保存；请改正后再次提交：{'、'.join(left)}")


def _version(week: str, each: Asked) -> int:
    """The version the person looked at: the first this page read, or theirs after a clash."""
    return int(st.session_state.get(_read(week, each.account_id), each.version))


def _read(week: str, account_id: int) -> str:
    """The name under which that version is kept."""
    return f"report-read-{week}-{account_id}"
