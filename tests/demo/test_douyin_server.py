"""The Douyin stand-in keeps its protocol: sign-on, renewals, films, data, talk, pushes."""

import asyncio
import json
import re
from hashlib import sha1
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from monitor.demo.servers import douyin, douyin_push, mint
from monitor.demo.servers.douyin_shown import open_id
from monitor.domain.instants import DAY, to_second
from tests.conftest import StandingClock
from tests.demo.oauth_stories import Asker, Story, tell
from tests.demo.small_world import SmallWorld, a_post, an_account
from tests.demo.wechat_client import MORNING

APP = {"client_key": douyin_push.CLIENT_KEY, "client_secret": douyin_push.CLIENT_SECRET}
BACK = "https://desk.example.invalid/connect"
DAYS = ("2026-09-01", "2026-11-10", "2026-11-20", "2026-11-21", "2026-11-22")


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(MORNING)


def an_owner(**changes: Any) -> Any:
    return an_account(platform="douyin", uid="dy0001", **changes)


def run(clock: StandingClock, story: Story, **changes: Any) -> None:
    """Tell a story to an owner with five films and one held at the top."""
    account = an_owner(**changes)
    posts = [a_post(n, f"{day} 10:00", native_id=f"@8h/+{n}==") for n, day in enumerate(DAYS, 1)]
    posts.append(a_post(9, "2026-06-01 10:00", native_id="@8h/+9==", form="置顶"))

    async def signed_on(asker: Asker) -> None:
        at = to_second(clock())
        token = mint.first("douyin", "act", account, at, 15 * DAY)
        asker.query = {"access_token": token, "open_id": open_id(account)}
        await story(asker)

    tell(douyin.application(SmallWorld([account], {account.uid: posts}), clock), signed_on)


async def data(asker: Asker, path: str, **query: str) -> dict[str, Any]:
    """The data of an answer, whose code stands in both places."""
    status, said = await asker.get(path, **query)
    assert status == 200
    assert said["data"]["error_code"] == said["extra"]["error_code"]
    return dict(said["data"])


async def agreed(asker: Asker) -> dict[str, Any]:
    """The tokens an owner's agreement gives."""
    query = {**APP, "redirect_uri": BACK, "scope": "user_info", "state": "s1"}
    page = await asker.page("/platform/oauth/connect/", **query)
    [link] = [unescape(found) for found in re.findall(r'href="([^"]+)"', page)]
    back = parse_qs(urlsplit(link).query)
    assert back["state"] == ["s1"]
    form = {**APP, "grant_type": "authorization_code", "code": back["code"][0]}
    first = (await asker.post("/oauth/access_token/", **form))[1]["data"]
    again = (await asker.post("/oauth/access_token/", **form))[1]["data"]
    assert again["error_code"] == 10007
    return dict(first)


def test_a_refresh_token_is_renewed_five_times_and_never_again(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        said = await agreed(asker)
        assert (said["expires_in"], said["refresh_expires_in"]) == (1296000, 2592000)
        token = said["refresh_token"]
        for _ in range(5):
            clock.move(days=25)
            asked = {"client_key": APP["client_key"], "refresh_token": token}
            renewed = (await asker.post("/oauth/renew_refresh_token/", **asked))[1]["data"]
            assert renewed["expires_in"] == 2592000
            old = {**asked, "grant_type": "refresh_token"}
            dead = (await asker.post("/oauth/refresh_token/", **old))[1]["data"]
            assert dead["error_code"] == 10010
            token = renewed["refresh_token"]
        asked = {"client_key": APP["client_key"], "refresh_token": token}
        last = (await asker.post("/oauth/renew_refresh_token/", **asked))[1]["data"]
        assert last["error_code"] == 10020
        fresh = (await asker.post("/oauth/refresh_token/", **asked, grant_type="refresh_token"))[1]
        assert fresh["data"]["expires_in"] == "1296000"
        clock.move(days=30)
        gone = (await asker.post("/oauth/refresh_token/", **asked, grant_type="refresh_token"))[1]
        assert gone["data"]["error_code"] == 10010

    run(clock, story)


def test_films_come_by_cursor_with_the_held_one_first(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        seen, cursor, more = [], 0, True
        while more:
            path = "/api/douyin/v1/video/video_list/"
            said = await data(asker, path, cursor=str(cursor), count="2")
            cursor, more = said["cursor"], said["has_more"]
            seen += [each["item_id"][5] for each in said["list"]]
        assert "".join(seen) == "954321"
        body = {"item_ids": ["@8h/+3=="]}
        _, one = await asker.send("/api/douyin/v1/video/video_data/", body)
        assert [each["item_id"] for each in one["data"]["list"]] == body["item_ids"]

    run(clock, story)


def test_data_of_yesterday_comes_at_ten_and_of_young_films_only(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        path = "/data/external/item/play/"
        before = await data(asker, path, item_id="@8h/+4==", date_type="7")
        assert before["result_list"][-1]["date"] == "2026-11-21"
        clock.move(hours=1)
        after = await data(asker, path, item_id="@8h/+4==", date_type="7")
        assert after["result_list"][-1]["date"] == "2026-11-22"
        base = await data(asker, "/data/external/item/base/", item_id="@8h/+4==")
        plays = sum(int(row["play"]) for row in after["result_list"])
        assert str(plays) == base["result"]["total_play"]
        assert isinstance(base["result"]["total_like"], str)
        old = await data(asker, path, item_id="@8h/+1==", date_type="7")
        assert old["error_code"] == 28001007
        fans = await data(asker, "/data/external/user/fans/", date_type="15")
        assert len(fans["result_list"]) == 15

    run(clock, story)


def test_the_owners_answers_bear_the_owners_id(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        said = await data(asker, "/item/comment/list/", item_id="@8h/+3==", count="20")
        assert said["list"]
        answered = [each for each in said["list"] if each["reply_comment_total"]]
        query = {"item_id": "@8h/+3==", "comment_id": answered[0]["comment_id"]}
        [reply] = (await data(asker, "/item/comment/reply/list/", **query))["list"]
        assert reply["comment_user_id"] == asker.query["open_id"]
        assert reply["create_time"] >= answered[0]["create_time"] + 3600

    run(clock, story)


@pytest.mark.parametrize(
    ("fault", "code"),
    [("unauthorized", 28001012), ("expired", 28001003), ("quota", 28003017), ("gone", 28001045)],
)
def test_an_account_in_trouble_answers_with_its_code(
    clock: StandingClock, fault: str, code: int
) -> None:
    async def story(asker: Asker) -> None:
        said = await data(asker, "/api/douyin/v1/video/video_list/")
        assert said["error_code"] == code

    run(clock, story, fault=fault)


def test_a_wrong_token_and_a_wrong_owner_are_told_apart(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        path = "/api/douyin/v1/video/video_list/"
        token, owner = asker.query["access_token"], asker.query["open_id"]
        asker.query = {"access_token": "nonsense", "open_id": owner}
        assert (await data(asker, path))["error_code"] == 28001003
        asker.query = {"access_token": token, "open_id": "other"}
        assert (await data(asker, path))["error_code"] == 28001015
        asker.query = {"access_token": token, "open_id": owner}
        clock.move(days=15)
        assert (await data(asker, path))["error_code"] == 28001008

    run(clock, story)


def test_messages_are_pushed_signed_and_as_many_as_were_written(clock: StandingClock) -> None:
    taken: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        wanted = sha1(APP["client_secret"].encode() + body).hexdigest()
        assert request.headers["X-Douyin-Signature"] == wanted
        taken.append(json.loads(body))
        return web.json_response({"challenge": 7})

    async def story() -> None:
        app = web.Application()
        app.router.add_post("/hook", take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        owner = an_owner(joined=True)
        world = SmallWorld([owner], {}, {"2026-11-22": (3, 5)})
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        herald = douyin_push.Herald(world, clock, url)
        assert json.loads(await herald.verify(7)) == {"challenge": 7}
        now = to_second(clock())
        await herald.messages(now - 2 * DAY, now)
        await herald.unauthorized(owner)
        await runner.cleanup()
        herald.receiver = "http://127.0.0.1:1/hook"
        assert await herald.verify(7) == ""
        events = [each["event"] for each in taken]
        assert events == ["verify_webhook", *["im_receive_msg"] * 5, "unauthorize"]
        assert taken[1]["to_user_id"] == taken[-1]["from_user_id"] == open_id(owner)

    asyncio.run(story())
