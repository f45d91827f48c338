"""What a page says once does not move what stands below it: a fold that is open stays open."""

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from dashboard import afterwards

    afterwards.show("sheet")
    with st.expander("更多"):
        st.write("内容")


def places(test: AppTest) -> list[tuple[int, str]]:
    return [(place, each.type) for place, each in test.main.children.items()]


def test_a_word_that_is_gone_leaves_its_place_to_nobody() -> None:
    test = AppTest.from_function(script)
    test.session_state["sheet_told"] = "已保存。"
    test.run()
    said = places(test)
    assert [each.value for each in test.success] == ["已保存。"]
    test.run()
    assert not test.success
    assert places(test) == said
    assert (1, "expander") in said or said[1][1] == "expandable"
