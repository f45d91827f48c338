"""Keys of buttons: one stays from the first press until the page stood whole after it went through.

A second click that reaches the script while it still answers the first begins it anew: it bears the
same key then, and does nothing twice.
"""

from secrets import token_hex
from typing import Final

import streamlit as st

GONE_THROUGH: Final = "sent_keys"


def of(name: str) -> str:
    """The key a press bears."""
    return str(st.session_state.setdefault(name, token_hex(8)))


def went_through(name: str) -> None:
    """What the button stands for is done; its key is kept until `whole`."""
    st.session_state.setdefault(GONE_THROUGH, set()).add(name)


def whole() -> None:
    """The page was drawn to its end: the next press of what went through is another doing."""
    for name in st.session_state.pop(GONE_THROUGH, ()):
        st.session_state.pop(name, None)
