"""数据导入: a table nobody knew, its columns told one by one, becomes a layout of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import markup, say
from monitor.actions import importing as acting
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.importing import Opened, Place


def show(visit: Visit, each: Opened, place: Place) -> None:
    """The first rows, the questions, and the press that makes the layout."""
    with st.expander(f"对应各列：{each.path}"):
        if "/" not in visit.scope.paths:
            markup.show(markup.note("这种表尚无版式。新版式全省共用，请把文件交省厅对应一次。"))
            return
        _rows(each)
        draft = _ask(each)
        if st.button("建立版式", key=_key("make", each)):
            _make(visit, each, place, draft)


def _rows(each: Opened) -> None:
    width = max(map(len, each.head))
    columns = [f"第{place + 1}列" for place in range(width)]
    rows = [[*row, *[""] * (width - len(row))] for row in each.head]
    markup.show(markup.table(columns, rows))


def _ask(each: Opened) -> acting.Draft:
    markup.show(markup.unclassified())
    left, middle, right = st.columns(3)
    title = left.text_input("版式名称", max_chars=40, key=_key("title", each))
    platform = middle.selectbox(
        "平台", list(PLATFORMS), format_func=say.platform, key=_key("platform", each)
    )
    rows = range(1, len(each.head) + 1)
    row = right.selectbox("表头在第几行", rows, key=_key("row", each))
    fields = _fields(each, each.head[row - 1])
    complete = st.checkbox("这种文件列出所选时间内的全部作品", key=_key("complete", each))
    return acting.Draft(title, platform, row, fields, complete)


def _fields(each: Opened, titles: tuple[str, ...]) -> dict[int, str]:
    """One drop-down per titled column; '' is not used."""
    choices = ["", *acting.LABELS]
    said = [(place, title) for place, title in enumerate(titles) if title.strip()]
    columns = st.columns(4)
    return {
        place: columns[number % 4].selectbox(
            title,
            choices,
            index=choices.index(_likely(title)),
            format_func=lambda key: acting.LABELS.get(key, "不使用"),
            key=_key(f"field{place}", each),
        )
        for number, (place, title) in enumerate(said)
    }


def _likely(title: str) -> str:
    """The field whose word is the title, or part of it."""
    exact = [key for key, label in acting.LABELS.items() if label == title.strip()]
    part = [key for key, label in acting.LABELS.items() if label in title]
    return (exact or part or [""])[0]


def _make(visit: Visit, each: Opened, place: Place, draft: acting.Draft) -> None:
    try:
        acting.make_layout(visit.store, visit.person, each, place, draft)
    except SentinelError as error:
        st.error(str(error))
        return
    st.rerun()


def _key(what: str, each: Opened) -> str:
    return f"layout_{what}_{each.path}"
