"""Filters in the address: what was typed in haste is not lost on the way."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    from dashboard import filters

    filters.tabs("清单", "list", {"all": "全部", "mine": "我的"})
    filters.search("名称", "name", "例如 江陵")
    filters.choose("平台", "platform", {"weibo": "微博"})


def opened() -> AppTest:
    return AppTest.from_function(_page).run()


def address(page: AppTest) -> dict[str, list[str]]:
    return {key: ["".join(value)] for key, value in page.query_params.items()}


def test_a_second_filter_sent_before_the_first_was_answered_drops_neither() -> None:
    page = opened()
    page.text_input[0].set_value("江陵").run()
    assert address(page) == {"name": ["江陵"]}
    # The browser sent the next rerun from the address it still had.
    page.query_params.clear()
    page.selectbox[0].set_value("weibo").run()
    assert address(page) == {"name": ["江陵"], "platform": ["weibo"]}


def test_a_filter_emptied_leaves_the_address_and_any_change_begins_at_the_first_page() -> None:
    page = opened()
    page.text_input[0].set_value("江陵").run()
    page.query_params["page"] = "3"
    page.selectbox[0].set_value("weibo").run()
    assert "page" not in address(page)
    page.text_input[0].set_value("").run()
    assert address(page) == {"platform": ["weibo"]}
