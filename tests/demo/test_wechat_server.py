"""The stand-in keeps WeChat's protocol: tokens and the data cube."""

import pytest

from monitor.demo.servers.wechat_cube import grown
from tests.conftest import StandingClock
from tests.demo.wechat_client import YESTERDAY, Client, Tell


def test_a_token_stays_the_same_until_five_minutes_before_its_end(
    tell: Tell, server_clock: StandingClock
) -> None:
    async def story(client: Client) -> None:
        first = await client.authorise()
        assert first["expires_in"] == 7200
        server_clock.move(seconds=6899)
        again = await client.authorise()
        assert again == {"access_token": first["access_token"], "expires_in": 301}
        server_clock.move(seconds=1)
        renewed = await client.authorise()
        assert renewed["access_token"] != first["access_token"]
        assert renewed["expires_in"] == 7200
        server_clock.move(seconds=299)
        client.token = first["access_token"]
        assert "list" in await client.cube("getusercumulate", YESTERDAY)
        server_clock.move(seconds=1)
        assert (await client.cube("getusercumulate", YESTERDAY))["errcode"] == 42001

    tell(story)


def test_a_forced_token_kills_the_last_but_not_within_thirty_seconds(
    tell: Tell, server_clock: StandingClock
) -> None:
    async def story(client: Client) -> None:
        first = (await client.authorise())["access_token"]
        second = (await client.authorise(force_refresh=True))["access_token"]
        server_clock.move(seconds=29)
        assert (await client.authorise(force_refresh=True))["access_token"] == second
        client.token = first
        assert (await client.cube("getusercumulate", YESTERDAY))["errcode"] == 40001
        assert first != second

    tell(story)


def test_only_twenty_tokens_are_forced_a_day(tell: Tell, server_clock: StandingClock) -> None:
    async def story(client: Client) -> None:
        await client.authorise()
        seen = set()
        for _ in range(25):
            server_clock.move(seconds=30)
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


def test_yesterday_is_ready_from_eight_oclock_on(tell: Tell, server_clock: StandingClock) -> None:
    async def story(client: Client) -> None:
        server_clock.move(hours=-1, seconds=-1)
        await client.authorise()
        assert (await client.cube("getarticletotaldetail", YESTERDAY))["errcode"] == 61503
        [post] = await client.posts_of("2026-11-20")
        assert [row["stat_date"] for row in post["detail_list"]] == ["2026-11-20", "2026-11-21"]
        server_clock.move(seconds=1)
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
