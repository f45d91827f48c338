"""参观模式 of 大屏: while it is on, the frame names nobody, no phone and nothing of the inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import links

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

WALL: Final = "wall"
MODE: Final = "mode"
GUESTS: Final = "guests"
MODES: Final = {GUESTS: "参观模式", "inside": "工作模式"}
"""The first is what a screen shows unless somebody asks for the other."""
TITLE: Final = "公安政务新媒体运行情况"


def present(chosen: StreamlitPage | None) -> bool:
    """Whether visitors may stand before the screen: on 大屏, unless its address says otherwise."""
    if chosen is None or chosen.url_path != WALL:
        return False
    return links.choice(st.query_params.to_dict(), MODE, tuple(MODES)) == GUESTS
