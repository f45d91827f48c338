"""WeChat's answers as its documents print them, and answers nobody would print."""

import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.errors import PlatformError
from monitor.collect.platforms.wechat import account, articles, service
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import day_end, day_start
from monitor.domain.numbers import AccountNumbers, PostNumbers
from monitor.domain.service import Function

RECORDINGS = Path(__file__).parent.parent / "recordings" / "wechat"
DAY = date(2025, 11, 20)
WEEK = account.Span(date(2025, 11, 20), date(2025, 11, 26))
NOON = day_start(date(2025, 11, 27)) + 12 * 3600


def recorded(name: str) -> dict[str, Any]:
    return dict(json.loads((RECORDINGS / f"{name}.json").read_text("utf-8")))


def asked(day: date = DAY, **changes: Any) -> articles.Asked:
    newest = changes.pop("newest", day + timedelta(days=6))
    noon_after = day_start(newest) + 36 * 3600
    plain = {"day": day, "newest": newest, "since": day, "at": noon_after}
    return articles.Asked(**{**plain, **changes})


def a_row(day: date, **changes: Any) -> dict[str, Any]:
    return {"stat_date": day.isoformat(), "read_user": 5, **changes}


def an_item(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    plain = {"ref_date": DAY.isoformat(), "msgid": "2247490098_1", "detail_list": list(rows)}
    return {**plain, **changes}


def test_the_documents_article_becomes_a_post_of_its_day() -> None:
    page = articles.page(recorded("getarticletotaldetail"), asked())
    [post] = page.posts
    assert page.final
    assert post.native_id == "2247490098_1"
    assert (post.published_from, post.published_until) == (day_start(DAY), day_end(DAY))
    assert post.observed_at == day_end(DAY)
    assert post.form == "群发"
    assert not post.final
    assert post.numbers == PostNumbers(
        readers=4123, likes=386, recommends=191, comments=33, sharers=366, favourites=233
    )


def test_an_article_without_title_and_numbers_is_a_post_all_the_same() -> None:
    page = articles.page(recorded("getarticletotaldetail_bare"), asked())
    [post] = page.posts
    assert not page.final
    assert post.numbers.empty
    assert post.observed_at == NOON
    assert post.title == post.url == post.form == ""


def test_a_day_without_the_word_final_is_not_final() -> None:
    assert not articles.page({"list": []}, asked()).final
    assert not articles.page({"list": [], "is_delay": "false"}, asked()).final
    assert articles.page({"list": [], "is_delay": False}, asked()).final


def test_each_day_counted_is_an_observation_and_missing_is_not_zero() -> None:
    rows = [a_row(DAY + timedelta(days=n), read_user=10 * n) for n in (1, 0, 2)]
    del rows[0]["read_user"]
    page = articles.page({"list": [an_item(*rows)], "is_delay": False}, asked())
    assert [post.observed_at for post in page.posts] == [
        day_end(DAY + timedelta(days=n)) for n in range(3)
    ]
    assert [post.numbers.readers for post in page.posts] == [0, None, 20]


def test_a_later_pass_takes_only_new_days_but_always_the_newest() -> None:
    rows = [a_row(DAY + timedelta(days=n)) for n in range(4)]
    document = {"list": [an_item(*rows)], "is_delay": False}
    since = DAY + timedelta(days=2)
    assert len(articles.page(document, asked(since=since)).posts) == 2
    [newest] = articles.page(document, asked(since=DAY + timedelta(days=6))).posts
    assert newest.observed_at == day_end(DAY + timedelta(days=3))


def test_numbers_are_final_thirty_days_after_publishing() -> None:
    rows = [a_row(DAY + timedelta(days=n)) for n in (28, 29, 30)]
    document = {"list": [an_item(*rows)], "is_delay": False}
    page = articles.page(document, asked(newest=DAY + timedelta(days=30)))
    assert [post.final for post in page.posts] == [False, False, True]
    document["is_delay"] = True
    page = articles.page(document, asked(newest=DAY + timedelta(days=30)))
    assert not any(post.final for post in page.posts)


def test_the_newest_row_of_an_old_post_is_final_wherever_its_counting_stopped() -> None:
    document = {"list": [an_item(a_row(DAY), a_row(DAY + timedelta(days=29)))], "is_delay": False}
    page = articles.page(document, asked(newest=DAY + timedelta(days=40)))
    assert [post.final for post in page.posts] == [False, True]


@pytest.mark.parametrize(
    "item",
    [
        an_item(a_row(DAY), ref_date="2025-11-19"),
        an_item(a_row(DAY), ref_date=20251120),
        an_item(a_row(DAY - timedelta(days=1))),
        an_item(a_row(DAY + timedelta(days=7))),
        an_item(a_row(DAY, read_user=-1)),
        an_item(a_row(DAY, read_user=10**13)),
        an_item(a_row(DAY, read_user=True)),
        an_item(a_row(DAY, read_user=1.5)),
        an_item(a_row(DAY, read_user="many")),
        an_item(a_row(DAY), msgid="2247490098"),
        an_item(a_row(DAY), msgid="\uff11_1"),
        an_item(a_row(DAY), title=["no", "title"]),
        an_item(detail_list={}),
        an_item(detail_list=[None]),
        "no item",
    ],
)
def test_an_article_that_breaks_the_protocol_is_refused(item: object) -> None:
    with pytest.raises(PlatformError) as caught:
        articles.page({"list": [item], "is_delay": False}, asked())
    assert caught.value.error is ErrorClass.MALFORMED


def test_numbers_in_quotes_are_read_and_words_are_made_fit_for_the_record() -> None:
    item = an_item(a_row(DAY, read_user="12"), title="\ud800 a\x00b " + "长" * 900)
    [post] = articles.page({"list": [item], "is_delay": False}, asked()).posts
    assert post.numbers.readers == 12
    assert post.title.startswith("? ab 长")
    assert len(post.title) == 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["list", "ref_date", "msgid", "detail_list", "stat_date", "read_user", "is_delay"]
            ),
            inner | st.sampled_from(["2025-11-20", "1_1"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(document=st.dictionaries(st.sampled_from(["list", "is_delay", "comment"]), JSON))
def test_whatever_is_answered_is_read_or_refused_and_never_a_surprise(
    document: dict[str, Any],
) -> None:
    for read in (
        lambda: articles.page(document, asked()),
        lambda: account.summaries(document, WEEK),
        lambda: account.followers(document, WEEK),
        lambda: account.messages(document, WEEK),
        lambda: service.offered(document, NOON),
        lambda: service.Replies().take(document),
    ):
        with suppress(PlatformError):
            read()


def test_a_days_summary_and_its_messages_are_one_observation() -> None:
    summed = account.summaries(recorded("getbizsummary"), WEEK)
    written = account.messages(recorded("getupstreammsg"), WEEK)
    first, second = account.daily(summed, written)
    assert first.observed_at == day_end(DAY)
    assert first.basis == second.basis == "单日"
    assert first.numbers == AccountNumbers(
        posts=2,
        readers=4123,
        likes=386,
        recommends=191,
        comments=33,
        sharers=366,
        favourites=233,
        messages=817,
        message_senders=282,
    )
    assert second.numbers == AccountNumbers(messages=6)


def test_people_who_write_in_two_ways_are_not_added_up() -> None:
    written = account.messages(recorded("getupstreammsg"), WEEK)
    assert written[date(2025, 11, 21)].messages == 6
    assert written[date(2025, 11, 21)].message_senders is None


def test_followers_are_a_level_and_rows_of_one_source_are_not() -> None:
    seen = account.followers(recorded("getusercumulate"), WEEK)
    assert [(each.observed_at, each.numbers.followers) for each in seen] == [
        (day_end(date(2025, 11, 20)), 1217056),
        (day_end(date(2025, 11, 21)), 1217058),
    ]
    assert {each.basis for each in seen} == {"累计"}


@pytest.mark.parametrize("read", [account.summaries, account.followers, account.messages])
def test_a_day_nobody_asked_for_is_refused(read: Any) -> None:
    row = {"ref_date": "2025-11-27", "cumulate_user": 1, "msg_count": 1, "detail": {}}
    with pytest.raises(PlatformError):
        read({"list": [row], "is_delay": False}, WEEK)


@pytest.mark.parametrize("name", ["comment_list_reply_object", "comment_list_reply_array"])
def test_replies_are_read_in_both_shapes(name: str) -> None:
    replies = service.Replies()
    assert replies.take(recorded(name)) == 2
    assert replies.by(1763603599) == 0
    assert replies.by(1763603600) == 1


def test_replies_are_unknown_where_wechat_hides_the_comments() -> None:
    replies = service.Replies()
    assert replies.take(recorded("comment_list_hidden")) == 0
    assert replies.told == 182
    assert replies.by(NOON) is None


def test_a_page_of_comments_given_twice_is_a_loop() -> None:
    replies = service.Replies()
    replies.take(recorded("comment_list_reply_object"))
    with pytest.raises(PlatformError):
        replies.take(recorded("comment_list_reply_object"))


def offers(name: str) -> dict[Function, bool | None]:
    return {seen.function: seen.works for seen in service.offered(recorded(name), NOON)}


def test_a_menu_with_services_offers_them_by_the_button_they_stand_under() -> None:
    assert offers("selfmenu_by_interface") == {
        Function.SERVICE_MENU: True,
        Function.SERVICE_LINK: True,
        Function.MENU_ENQUIRY: True,
    }
    seen = service.offered(recorded("selfmenu_by_interface"), NOON)
    assert seen[0].detail == "办事服务/户口、办事服务/车驾管、办事服务/我要咨询"
    assert seen[1].detail == "办事服务/户口、办事服务/车驾管"


@pytest.mark.parametrize("name", ["selfmenu_by_website", "selfmenu_closed"])
def test_a_menu_without_services_offers_none(name: str) -> None:
    assert set(offers(name).values()) == {False}


def test_an_answer_without_a_menu_does_not_say_that_there_is_none() -> None:
    with pytest.raises(PlatformError):
        service.offered({}, NOON)
