"""Filters that live in the address: a page reloaded, mailed or shared shows the same list."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from dashboard import links

ALL: Final = "全部"
PAGE: Final = "page"
WIDGET: Final = "filter_"
FIRST: Final = "filters_first"
"""Where the session keeps which of several lists is the first, which no address names."""


def said(key: str) -> str:
    """What the address says of a filter; '' where it says nothing."""
    return str(st.query_params.get(key, ""))


def choose(label: str, key: str, options: Mapping[str, str], unchosen: str = ALL) -> str:
    """A drop-down of codes shown by their names; '' is `unchosen`, an unknown code too."""
    codes = ["", *(code for code in options if code)]
    now = said(key) if said(key) in codes else ""
    st.selectbox(
        label,
        codes,
        index=codes.index(now),
        format_func=lambda code: options.get(code) or unchosen,
        key=_widget(key),
        on_change=_remember,
        args=(key,),
        filter_mode=None,
    )
    return now


def one_of(label: str, key: str, names: Mapping[str, str]) -> str:
    """Which of several: the first unless the address names another; asked only where it matters."""
    first = next(iter(names))
    if len(names) == 1:
        return first
    left, _ = st.columns([1, 1])
    with left:
        return choose(label, key, names, names[first]) or first


def search(label: str, key: str, hint: str) -> str:
    """A text to look for."""
    now = said(key)[:50]
    st.text_input(
        label,
        value=now,
        max_chars=50,
        placeholder=hint,
        key=_widget(key),
        on_change=_remember,
        args=(key,),
    )
    return now


def tabs(label: str, key: str, options: Mapping[str, str]) -> str:
    """One of several lists; the first unless the address names another."""
    now = links.choice(st.query_params.to_dict(), key, tuple(options))
    st.session_state.setdefault(FIRST, {})[key] = next(iter(options))
    st.segmented_control(
        label,
        list(options),
        default=now,
        format_func=lambda code: options[code],
        key=_widget(key),
        on_change=_remember,
        args=(key,),
        label_visibility="collapsed",
        required=True,
    )
    return now


def page_number(total: int, size: int) -> int:
    """The page the address names, counted from 1, never beyond the last."""
    last = max(1, -(-total // size))
    return min(max(1, links.number(st.query_params.to_dict(), PAGE) or 1), last)


def pager(total: int, size: int) -> None:
    """Where in the list one stands, and the way on and back; nothing for a single page."""
    last = max(1, -(-total // size))
    if last == 1:
        return
    here = page_number(total, size)
    back, place, on = st.columns([1, 2, 1], vertical_alignment="center")
    back.button("上一页", disabled=here == 1, on_click=_turn, args=(here - 1,), width="stretch")
    place.markdown(f"第 {here} / {last} 页，共 {total:,} 条", text_alignment="center")
    on.button("下一页", disabled=here == last, on_click=_turn, args=(here + 1,), width="stretch")


def _turn(to: int) -> None:
    st.query_params[PAGE] = str(to)


def _widget(key: str) -> str:
    return f"{WIDGET}{key}"


def _remember(key: str) -> None:
    """Into the address; another filter begins at the first page.

    Whoever fills in a second filter before the desk has answered the first sends an address that
    lacks the first: so all that stands on the page goes in, not only what changed.
    """
    if PAGE in st.query_params:
        del st.query_params[PAGE]
    first = st.session_state.get(FIRST, {})
    for name in [str(each) for each in st.session_state if str(each).startswith(WIDGET)]:
        other = name.removeprefix(WIDGET)
        value = st.session_state[name] or ""
        if other == key or value != first.get(other):
            _say(other, value)


def _say(key: str, value: str) -> None:
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
