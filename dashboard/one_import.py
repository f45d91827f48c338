"""数据导入: what one file still asks: whose it is, which days it is of, and what was refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, say
from monitor.actions.importing import Confirmed
from monitor.domain.instants import shanghai_day

if TYPE_CHECKING:
    from monitor.actions.importing import Looked, Opened
    from monitor.domain.loading import LoadedFile

REFUSALS: Final = 20


def picked(each: Opened) -> int | None:
    """The account chosen for this file on an earlier run of the page."""
    chosen: int | None = st.session_state.get(_key("account", each))
    return chosen


def layout(file: LoadedFile) -> str:
    """The layout, and whether such a file may prove silence."""
    proves = "可证明未更新" if file.complete else "只作更新的证据"
    return f"{say.platform(file.platform) if file.platform else '多平台'} · {file.title}({proves})"


def ask(each: Opened, looked: Looked) -> Confirmed:
    """The questions of one file, in a box of its own; what was answered."""
    file = each.file
    if file is None:
        return Confirmed()
    with st.expander(f"{each.path}", expanded=looked.nameless and not looked.accounts):
        chosen = _account(each, looked) if looked.nameless else None
        covers = _covers(each, looked) if file.complete and looked.period else None
        _refusals(file)
    return Confirmed(chosen, covers)


def _account(each: Opened, looked: Looked) -> int | None:
    names = dict(looked.candidates)
    told = next(iter(looked.accounts), None)
    chosen: int | None = st.selectbox(
        "这个文件属于哪个账号",
        list(names),
        index=None,
        placeholder=names.get(told, "请选择") if told else "请选择",
        format_func=lambda key: names[key],
        key=_key("account", each),
    )
    if not names:
        markup.show(markup.note("您的范围内没有这个平台的账号，请先录入台账。"))
    return chosen


def _covers(each: Opened, looked: Looked) -> tuple[str, str] | None:
    """The period as the person confirms it; without that, what lies between its rows counts."""
    first, last = (shanghai_day(second) for second in looked.period or (0, 0))
    sure = st.checkbox(
        "确认统计期：导出时选的起止日期如下，期内作品全部在文件中", key=_key("sure", each)
    )
    left, right = st.columns(2)
    start = left.date_input(
        "统计期自", first, max_value=last, key=_key("from", each), format=say.DATE_BOX
    )
    end = right.date_input(
        "至", last, max_value=last + timedelta(days=92), key=_key("to", each), format=say.DATE_BOX
    )
    if not sure or not isinstance(start, date) or not isinstance(end, date) or start > end:
        return None
    return start.isoformat(), end.isoformat()


def _refusals(file: LoadedFile) -> None:
    if not file.problems:
        return
    rows = [[str(problem)] for problem in file.problems[:REFUSALS]]
    markup.show(markup.table(("拒收的行",), rows))
    if len(file.problems) > REFUSALS:
        markup.show(markup.note(f"另有{len(file.problems) - REFUSALS}行拒收。"))


def _key(what: str, each: Opened) -> str:
    return f"import_{what}_{each.path}"
