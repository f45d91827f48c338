"""The stand-in keeps WeChat's protocol: asked here by plain HTTP, as its documents tell."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from monitor.demo.servers.wechat import application
from monitor.demo.servers.wechat_cube import grown
from monitor.domain.instants import day_end, shanghai_day
from tests.conftest import StandingClock
from tests.demo.small_world import SmallWorld, a_post, an_account

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
YESTERDAY = "2026-11-22"


@dataclass
class Client:
    """Asks the stand-in; `token` is put into every question that needs one."""

    session: aiohttp.ClientSession
    url: str
    token: str = ""

    async def post(self, path: str, body: object) -> dict[str, Any]:
        return await self.raw("POST", path, json.dumps(body).encode())

    async def raw(self, method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        query = {"access_token": self.token} if self.token else {}
        url = f"{self.url}{path}"
        async with self.session.request(method, url, params=query, data=body) as answer:
            assert answer.status == 200
            assert answer.content_type == "application/json"
            return dict(await answer.json())

    async def authorise(self, **changes: Any) -> dict[str, Any]:
        account = an_account()
        keys = {"appid": account.appid, "secret": account.secret}
        body = {"grant_type": "client_credential", **keys, **changes}
        answer = await self.post("/cgi-bin/stable_token", body)
        self.token = answer.get("access_token", "")
        return answer

    async def cube(self, name: str, begin: str, end: str | None = None) -> dict[str, Any]:
        return await self.post(f"/datacube/{name}", {"begin_date": begin, "end_date": end or begin})

    async def posts_of(self, day: str) -> list[dict[str, Any]]:
        return list((await self.cube("getarticletotaldetail", day))["list"])


Story = Callable[[Client], Awaitable[None]]
Tell = Callable[..., None]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(MORNING)


@pytest.fixture
def tell(clock: StandingClock) -> Tell:
    """Run a story against a stand-in whose only account has these changes."""

    def run(story: Story, **changes: Any) -> None:
        account = an_account(**changes)
        posts = [
            a_post(1, "2026-10-23 09:00"),
            a_post(2, "2026-11-20 23:50", notified=False),
            a_post(3, "2026-11-22 10:00"),
            a_post(4, "2026-11-23 00:30"),
        ]
        letters = {"2026-11-20": (3, 5)}
        app = application(SmallWorld([account], {account.uid: posts}, letters), clock)
        asyncio.run(_told(story, app))

    return run


async def _told(story: Story, app: web.Application) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as session:
            await story(Client(session, f"http://127.0.0.1:{runner.addresses[0][1]}"))
    finally:
        await runner.cleanup()


def test_a_token_stays_the_same_until_five_minutes_before_its_end(
    tell: Tell, clock: StandingClock
) -> None:
    async def story(client: Client) -> None:
        first = await client.authorise()
        assert first["expires_in"] == 7200
        clock.move(seconds=6899)
        again = await client.authorise()
        assert again == {"access_token": first["access_token"], "expires_in": 301}
        clock.move(seconds=1)
        renewed = await client.authorise()
        assert renewed["access_token"] != first["access_token"]
        assert renewed["expires_in"] == 7200
        clock.move(seconds=299)
        client.token = first["access_token"]
        assert "list" in await client.cube("getusercumulate", YESTERDAY)
        clock.move(seconds=1)
        assert (await client.cube("getusercumulate", YESTERDAY))["errcode"] == 42001

    tell(story)


def test_a_forced_token_kills_the_last_but_not_within_thirty_seconds(
    tell: Tell, clock: StandingClock
) -> None:
    async def story(client: Client) -> None:
        first = (await client.authorise())["access_token"]
        second = (await client.authorise(force_refresh=True))["access_token"]
        clock.move(seconds=29)
        assert (await client.authorise(force_refresh=True))["access_token"] == second
        client.token = first
        assert (await client.cube("getusercumulate", YESTERDAY))["errcode"] == 40001
        assert first != second

    tell(story)


def test_only_twenty_tokens_are_forced_a_day(tell: Tell, clock: StandingClock) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        seen = set()
        for _ in range(25):
            clock.move(seconds=30)
            seen.add((await client.authorise(force_refresh=True))["access_token"])
        assert len(seen) == 20

    tell(story)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"appid": "wx"}, 40013), ({"secret": "x"}, 40125), ({"grant_type": "x"}, 40002)],
)
def test_wrong_keys_give_no_token(tell: Tell, changes: dict[str, str], code: int) -> None:
    async def story(client: Client) -> None:
        answer = await client.authorise(**changes)
        assert answer["errcode"] == code
        assert "rid: " in answer["errmsg"]

    tell(story)


@pytest.mark.parametrize(
    ("method", "body", "token", "code"),
    [
        ("GET", b"", None, 43002),
        ("POST", b"", None, 44002),
        ("POST", b"{", None, 47001),
        ("POST", b"[]", None, 47001),
        ("POST", b"{}", "", 41001),
        ("POST", b"{}", "nonsense", 40001),
        ("POST", b"{}", None, 61500),
    ],
)
def test_a_question_out_of_form_is_refused_with_its_code(
    tell: Tell, method: str, body: bytes, token: str | None, code: int
) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        client.token = client.token if token is None else token
        assert (await client.raw(method, "/datacube/getbizsummary", body))["errcode"] == code

    tell(story)


@pytest.mark.parametrize(
    ("name", "begin", "end", "code"),
    [
        ("getarticletotaldetail", "2026-11-21", "2026-11-22", 61501),
        ("getarticletotaldetail", "2026-11-23", "2026-11-23", 61501),
        ("getarticletotaldetail", "2026-11-22", "2026-11-21", 61501),
        ("getarticletotaldetail", "2025-10-31", "2025-10-31", 61501),
        ("getbizsummary", "2026-10-23", "2026-11-22", 61501),
        ("getusercumulate", "2026-11-15", "2026-11-22", 61501),
        ("getupstreammsg", "20261122", "20261122", 61500),
        ("getupstreammsg", "2026-02-30", "2026-11-22", 61500),
    ],
)
def test_dates_it_does_not_take_are_refused(
    tell: Tell, name: str, begin: str, end: str, code: int
) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        assert (await client.cube(name, begin, end))["errcode"] == code

    tell(story)


def test_yesterday_is_ready_from_eight_oclock_on(tell: Tell, clock: StandingClock) -> None:
    async def story(client: Client) -> None:
        clock.move(hours=-1, seconds=-1)
        await client.authorise()
        assert (await client.cube("getarticletotaldetail", YESTERDAY))["errcode"] == 61503
        [post] = await client.posts_of("2026-11-20")
        assert [row["stat_date"] for row in post["detail_list"]] == ["2026-11-20", "2026-11-21"]
        clock.move(seconds=1)
        assert (await client.cube("getarticletotaldetail", YESTERDAY))["is_delay"] is False

    tell(story)


def test_a_days_posts_carry_what_they_had_at_the_end_of_each_day(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        [post] = await client.posts_of("2026-11-20")
        assert post["msgid"] == "2247480002_1"
        assert post["publish_type"] == 1
        rows = post["detail_list"]
        assert [row["stat_date"] for row in rows] == ["2026-11-20", "2026-11-21", "2026-11-22"]
        reads = [row["read_user"] for row in rows]
        assert 0 < reads[0] < reads[1] < reads[2] < 1000
        [old] = await client.posts_of("2026-10-23")
        assert len(old["detail_list"]) == 31
        last = old["detail_list"][-1]
        assert (last["read_user"], last["like_user"], last["zaikan_user"]) == (1000, 100, 50)
        assert await client.posts_of("2026-11-21") == []

    tell(story)


def test_numbers_grow_and_end_at_what_the_world_says() -> None:
    for value in (0, 1, 7, 1000, 99_999):
        numbers = [grown(value, days) for days in range(40)]
        assert numbers == sorted(numbers)
        assert set(numbers[30:]) == {value}


def test_a_days_summary_is_what_all_posts_gained_on_it(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        answer = await client.cube("getbizsummary", "2026-10-24", YESTERDAY)
        by_day = {row["ref_date"]: row["detail"] for row in answer["list"]}
        assert len(by_day) == 30
        readers = 0
        for day in ("2026-10-23", "2026-11-20", "2026-11-22"):
            [post] = await client.posts_of(day)
            readers += post["detail_list"][-1]["read_user"]
        [old] = await client.posts_of("2026-10-23")
        readers -= old["detail_list"][0]["read_user"]
        assert sum(detail["read_user"] for detail in by_day.values()) == readers
        assert by_day[YESTERDAY]["send_page_count"] == 1

    tell(story)


def test_followers_and_messages(tell: Tell) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        levels = await client.cube("getusercumulate", "2026-11-16", YESTERDAY)
        assert {row["cumulate_user"] for row in levels["list"]} == {1200}
        letters = await client.cube("getupstreammsg", "2026-11-16", YESTERDAY)
        assert letters["list"] == [
            {"ref_date": "2026-11-20", "msg_type": 1, "msg_user": 3, "msg_count": 5}
        ]

    tell(story)


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
    [("unauthorized", 48001, None), ("expired", 40001, 40001), ("revoked", 61003, 61003)],
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


def test_a_post_taken_back_is_gone_from_that_second_on(clock: StandingClock) -> None:
    account = an_account()
    at = int(MORNING.timestamp())
    post = replace(a_post(1, "2026-11-20 10:00"), deleted_at=at + 60)
    world = SmallWorld([account], {account.uid: [post]})

    async def story(client: Client) -> None:
        await client.authorise()
        assert len(await client.posts_of("2026-11-20")) == 1
        clock.move(seconds=60)
        assert await client.posts_of("2026-11-20") == []

    asyncio.run(_told(story, application(world, clock)))


def test_the_day_of_a_post_is_a_shanghai_day(tell: Tell, clock: StandingClock) -> None:
    async def story(client: Client) -> None:
        clock.move(hours=24)
        await client.authorise()
        [post] = await client.posts_of("2026-11-23")
        assert post["msgid"] == "2247480004_1"

    tell(story)
    assert shanghai_day(int((MORNING + timedelta(hours=15)).timestamp())).day == 24
