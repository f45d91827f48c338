"""Files somebody drops: their names and bytes, in a box that speaks Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLES: Final = ("xlsx", "xls", "csv", "et", "ods")
BOX: Final = """<style>
[data-testid="stFileUploaderDropzoneInstructions"] > div > span { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"] > div > span:first-child::after
  { content: "把文件拖到这里"; font-size: .9rem; }
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "选择文件"; font-size: .9rem; }
</style>"""


def one(label: str, key: str, kinds: Sequence[str] = TABLES) -> tuple[str, bytes] | None:
    """Name and bytes of one file; None before there is one."""
    st.html(BOX)
    file = st.file_uploader(label, type=list(kinds), key=key)
    return None if file is None else (file.name, file.getvalue())


def several(label: str, key: str, kinds: Sequence[str] = TABLES) -> list[tuple[str, bytes]]:
    """Names and bytes of all files dropped."""
    st.html(BOX)
    files = st.file_uploader(label, type=list(kinds), key=key, accept_multiple_files=True)
    return [(each.name, each.getvalue()) for each in files]
