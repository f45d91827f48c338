"""A field that the page fills anew is another field: its name bears how often that was done.

A browser sends with each message what its fields held when it left. One that left before the page
had filled a field would put the old content back, and call it typed; of a field it has not yet
seen it can say nothing.
"""

import streamlit as st


def of(form: str) -> int:
    """How often the fields of a form were filled by the page."""
    return int(st.session_state.get(f"turn of {form}", 0))


def go_on(form: str) -> None:
    """The fields named from now on are new ones."""
    st.session_state[f"turn of {form}"] = of(form) + 1
