"""A press that reaches the script while it answers the first is the same doing."""

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from dashboard import sent_keys
    from dashboard.form_sheet import once

    done = st.session_state.setdefault("done", [])
    if st.button("办理"):
        once("form", lambda sent: done.append(sent.key))
        if st.session_state.get("hasty"):
            st.stop()
    sent_keys.whole()


def pressed(*, hasty: bool) -> list[str]:
    """The keys of two presses; `hasty`: the page is not drawn to its end in between."""
    test = AppTest.from_function(script)
    test.session_state["hasty"] = hasty
    test.run()
    test.button[0].click().run()
    test.button[0].click().run()
    assert not test.exception
    return list(test.session_state["done"])


def test_a_second_click_before_the_page_stood_whole_bears_the_same_key() -> None:
    first, second = pressed(hasty=True)
    assert first == second


def test_a_press_of_a_page_that_stood_whole_is_another_doing() -> None:
    first, second = pressed(hasty=False)
    assert first != second
