"""Versions of a text on the page of its approval, side by side: which words went, which came."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, markup, say
from dashboard.markup import Html
from monitor.domain.manuscript import BODY, KIND, PLATFORMS, TITLE
from monitor.domain.text_changes import changes

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.page import Visit
    from monitor.domain.manuscript import Text
    from monitor.record.screens.approving import Shown, Version


def show(visit: Visit, shown: Shown) -> None:
    """Two versions to choose, the newest beside the one before; nothing where there is but one."""
    if shown.text_version < 2:  # noqa: PLR2004
        return
    approval = shown.line.approval_id
    with st.expander(f"文稿改动（共{shown.text_version}版）"):
        found = data.read(visit, data.approving.versions, visit.now, visit.person.id, approval)
        numbered = {each.number: each for each in found}
        left, right = st.columns(2)
        old = _choose(left, "原来", numbered, shown.text_version - 1)
        new = _choose(right, "现在", numbered, shown.text_version)
        if old.number == new.number:
            markup.show(markup.note("请选两个不同的版本。"))
        else:
            markup.show(*_beside(old.text, new.text))


def _choose(
    column: DeltaGenerator, label: str, numbered: dict[int, Version], first: int
) -> Version:
    options = list(numbered)
    chosen = column.selectbox(
        label,
        options,
        index=options.index(first),
        format_func=lambda number: _name(numbered[number]),
        filter_mode=None,
        key=f"approval-version-{label}",
    )
    return numbered[chosen]


def _name(version: Version) -> str:
    return f"第{version.number}版 {version.name} {say.moment(version.at)}"


def _beside(old: Text, new: Text) -> list[Html]:
    """The fields that differ, the words that went struck out, those that came set off."""
    pairs = (
        (KIND, old.kind, new.kind),
        (TITLE, old.title, new.title),
        (PLATFORMS, _platforms(old), _platforms(new)),
        (BODY, old.body, new.body),
    )
    found = [each for name, was, now in pairs if was != now for each in _field(name, was, now)]
    return found or [markup.note("文字没有改动，只改了拟发时间。")]


def _field(name: str, old: str, new: str) -> list[Html]:
    pieces = changes(old, new)
    went = "".join(_set("del", each.old) if each.changed else escape(each.old) for each in pieces)
    came = "".join(_set("ins", each.new) if each.changed else escape(each.new) for each in pieces)
    both = f'<div class="ms-text">{went}</div><div class="ms-text">{came}</div>'
    return [markup.note(name), Html(f'<div class="ms-beside">{both}</div>')]


def _set(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _platforms(text: Text) -> str:
    return "、".join(say.platform(each) for each in text.platforms)
