"""The stand-in keeps WeChat's protocol: comments, the menu, and accounts in trouble."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from monitor.demo.servers.wechat import application
from monitor.domain.instants import day_end, shanghai_day
from tests.conftest import StandingClock
from tests.demo.small_world import SmallWorld, a_post, an_account
from tests.demo.wechat_client import MORNING, YESTERDAY, Client, Tell, told


async def all_comments(client: Client, number: int, count: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        question = {"msg_data_id": number, "index": 0, "begin": len(found), "count": count}
        page = await client.post("/cgi-bin/comment/list", {**question, "type": 0})
        found += page["comment"]
        if not page["comment"]:
            assert len(found) == page["total"]
            return found


def test_comments_come_in_pages_and_replies_in_both_shapes(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        comments = await all_comments(client, 2247480001, 7)
        assert len(comments) == 20
        assert len({comment["user_comment_id"] for comment in comments}) == 20
        replies = [comment["reply"] for comment in comments if "reply" in comment]
        assert len(replies) == 10
        assert {type(reply) for reply in replies} <= {list, dict}

    tell(story)


def test_no_comment_is_from_the_future_and_their_count_fits_the_data_cube(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        now = int(MORNING.timestamp())
        comments = await all_comments(client, 2247480002, 49)
        assert all(comment["create_time"] <= now for comment in comments)
        [post] = await client.posts_of("2026-11-20")
        for row in post["detail_list"]:
            end = day_end(datetime.fromisoformat(row["stat_date"]).date())
            written = sum(comment["create_time"] <= end for comment in comments)
            assert written == row["comment_count"]

    tell(story)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 50}, 88010),
        ({"msg_data_id": 1}, 88001),
        ({"index": 1}, 88001),
        ({"begin": "0"}, 47001),
        ({"msg_data_id": None}, 47001),
    ],
)
def test_comments_asked_for_wrongly_are_refused(
    tell: Tell, changes: dict[str, Any], code: int
) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        plain = {"msg_data_id": 2247480003, "index": 0, "begin": 0, "count": 49, "type": 0}
        answer = await client.post("/cgi-bin/comment/list", {**plain, **changes})
        assert answer["errcode"] == code

    tell(story)


def test_an_account_without_comments_says_so(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        question = {"msg_data_id": 2247480003, "index": 0, "begin": 0, "count": 9}
        assert (await client.post("/cgi-bin/comment/list", question))["errcode"] == 88000

    tell(story, comments_open=False)


def test_many_leaves_stand_under_buttons_and_none_means_closed(tell: Tell) -> None:
    leaves = tuple((f"叶{number}", f"https://example.invalid/{number}") for number in range(7))

    async def many(client: Client) -> None:
        await client.authorise()
        answer = await client.raw("GET", "/cgi-bin/get_current_selfmenu_info")
        buttons = answer["selfmenu_info"]["button"]
        assert answer["is_menu_open"] == 1
        assert [len(button["sub_button"]["list"]) for button in buttons] == [5, 2]

    async def none(client: Client) -> None:
        await client.authorise()
        answer = await client.raw("GET", "/cgi-bin/get_current_selfmenu_info")
        assert answer == {"is_menu_open": 0, "selfmenu_info": {"button": []}}

    tell(many, menu=leaves)
    tell(none, menu=())


@pytest.mark.parametrize(
    ("fault", "cube", "menu"),
    [
        ("unauthorized", 48001, None),
        ("quota", 45009, None),
        ("expired", 40001, 40001),
        ("revoked", 61003, 61003),
    ],
)
def test_each_fault_of_an_account_answers_with_its_code(
    tell: Tell, fault: str, cube: int, menu: int | None
) -> None:
    async def story(client: Client) -> None:
        assert "access_token" in await client.authorise()
        assert (await client.cube("getbizsummary", YESTERDAY))["errcode"] == cube
        answer = await client.raw("GET", "/cgi-bin/get_current_selfmenu_info")
        assert answer.get("errcode") == menu

    tell(story, fault=fault)


def test_an_account_delayed_for_ever_is_never_final(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        assert (await client.cube("getarticletotaldetail", "2026-11-20"))["is_delay"] is True

    tell(story, fault="delay")


def test_a_post_taken_back_is_gone_from_that_second_on(server_clock: StandingClock) -> None:
    account = an_account()
    at = int(MORNING.timestamp())
    post = replace(a_post(1, "2026-11-20 10:00"), deleted_at=at + 60)
    world = SmallWorld([account], {account.uid: [post]})

    async def story(client: Client) -> None:
        await client.authorise()
        assert len(await client.posts_of("2026-11-20")) == 1
        server_clock.move(seconds=60)
        assert await client.posts_of("2026-11-20") == []

    asyncio.run(told(story, application(world, server_clock)))


def test_the_day_of_a_post_is_a_shanghai_day(tell: Tell, server_clock: StandingClock) -> None:
    async def story(client: Client) -> None:
        server_clock.move(hours=24)
        await client.authorise()
        [post] = await client.posts_of("2026-11-23")
        assert post["msgid"] == "2247480004_1"

    tell(story)
    assert shanghai_day(int((MORNING + timedelta(hours=15)).timestamp())).day == 24
