"""The stand-ins of 快手, 哔哩哔哩, 百家号 and 视频号 keep their platforms' protocols."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import md5, sha256
from typing import Any

import pytest

from monitor.demo.servers import baijiahao, bilibili, channels, kuaishou
from monitor.demo.servers.mint import Mint, first
from tests.conftest import StandingClock
from tests.demo.asking import Asker, asked
from tests.demo.small_world import SmallWorld, a_post, an_account

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
AT = int(MORNING.timestamp())


def a_world(platform: str, **changes: Any) -> SmallWorld:
    account = an_account(platform=platform, uid="own-1", **changes)
    posts = [a_post(n, f"2026-11-{n:02d} 09:00", native_id=f"p{n}") for n in range(1, 23)]
    return SmallWorld([account], {account.uid: posts})


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(MORNING)


KS = {"app_id": kuaishou.APP_ID}
KS_KEYS = {**KS, "app_secret": kuaishou.APP_SECRET}


async def ks_token(asker: Asker, world: SmallWorld) -> str:
    refresh = first("kuaishou", "refresh", world.people[0], AT, 100)
    said = await asker.get(
        "/oauth2/refresh_token", **KS_KEYS, grant_type="refresh_token", refresh_token=refresh
    )
    return str(said["access_token"])


def test_kuaishou_gives_the_page_after_the_film_the_cursor_names(clock: StandingClock) -> None:
    world = a_world("kuaishou")

    async def story(asker: Asker) -> None:
        token = await ks_token(asker, world)
        seen: list[str] = []
        cursor = {}
        while True:
            page = await asker.get(
                "/openapi/photo/list", **KS, access_token=token, count="5", **cursor
            )
            assert set(page) == {"result", "video_list"}
            if not page["video_list"]:
                break
            seen += [film["photo_id"] for film in page["video_list"]]
            cursor = {"cursor": seen[-1]}
        assert seen == [f"p{n}" for n in range(22, 0, -1)]

    asked(kuaishou.application(world, clock), story)


@pytest.mark.parametrize(
    ("changes", "code"), [({"fault": "unauthorized"}, 100200103), ({"fault": "quota"}, 100100402)]
)
def test_kuaishou_says_what_is_wrong_in_a_200(
    clock: StandingClock, changes: dict[str, Any], code: int
) -> None:
    world = a_world("kuaishou", **changes)

    async def story(asker: Asker) -> None:
        token = await ks_token(asker, world)
        said = await asker.get("/openapi/user_info", **KS, access_token=token)
        assert said["result"] == code
        assert said["error_msg"] == said["error"].upper()

    asked(kuaishou.application(world, clock), story)


def test_a_token_of_another_life_of_the_server_still_works_until_its_end(
    clock: StandingClock,
) -> None:
    world = a_world("kuaishou")
    token = Mint("kuaishou", world).issue("access", world.people[0], AT, 60)

    async def story(asker: Asker) -> None:
        said = await asker.get("/openapi/user_info", **KS, access_token=token)
        assert said["user_info"]["fan"] == 1200
        clock.move(seconds=60)
        said = await asker.get("/openapi/user_info", **KS, access_token=token)
        assert said["result"] == 100200102
        said = await asker.get("/openapi/user_info", **KS, access_token=token[:-1] + "x")
        assert said["result"] == 100200102

    asked(kuaishou.application(world, clock), story)


def test_an_owner_agrees_on_the_page_and_the_code_buys_tokens(clock: StandingClock) -> None:
    world = a_world("kuaishou")

    async def story(asker: Asker) -> None:
        back = {"redirect_uri": "http://127.0.0.1:1/back", "state": "s1"}
        status, page = await asker.text("/oauth2/authorize", **KS, **back)
        assert status == 200
        assert "平安小城(演示)" in page
        code = page.split("code=")[1].split("&")[0]
        said = await asker.get(
            "/oauth2/access_token",
            **KS_KEYS,
            grant_type="authorization_code",
            code=code.replace("%7E", "~"),
        )
        assert said["result"] == 1
        assert said["open_id"] == "own-1"

    asked(kuaishou.application(world, clock), story)


def signed(token: str, at: int, nonce: str, **wrong: str) -> dict[str, str]:
    """The headers of a signed call, by the documents' own recipe; `wrong` spoils some after."""
    told = {
        "x-bili-accesskeyid": bilibili.CLIENT_ID,
        "x-bili-content-md5": md5(b"", usedforsecurity=False).hexdigest(),
        "x-bili-signature-method": "HMAC-SHA256",
        "x-bili-signature-nonce": nonce,
        "x-bili-signature-version": "2.0",
        "x-bili-timestamp": str(at),
    }
    words = "\n".join(f"{name}:{value}" for name, value in told.items())
    seal = hmac.new(bilibili.CLIENT_SECRET.encode(), words.encode(), sha256).hexdigest()
    return {**told, "authorization": seal, "access-token": token, **wrong}


async def bili(asker: Asker, path: str, headers: Mapping[str, str], **query: str) -> dict[str, Any]:
    url = f"{asker.url}/arcopen/fn{path}"
    async with asker.session.get(url, params=query, headers=headers) as answer:
        assert answer.status == 200
        return dict(await answer.json())


def test_bilibili_reads_a_signed_call_and_refuses_each_way_of_signing_wrongly(
    clock: StandingClock,
) -> None:
    world = a_world("bilibili")
    token = Mint("bilibili", world).issue("access", world.people[0], AT, 600)

    async def story(asker: Asker) -> None:
        good = await bili(asker, "/data/user/stat", signed(token, AT, "n1"))
        assert good["data"]["follower"] == "1200"
        for number, (headers, code) in enumerate(
            (
                (signed(token, AT, "n1"), 4004),
                (signed(token, AT - 601, "n2"), 4003),
                (signed(token, AT, "n3", **{"x-bili-timestamp": str(AT + 1)}), 4002),
                (signed(token, AT, "n4", authorization="0" * 64), 4002),
                (signed("access~own-1~1~2~3~none", AT, "n5"), 127001),
                ({"access-token": token}, 127000),
            )
        ):
            said = await bili(asker, "/data/user/stat", headers)
            assert said["code"] == code, number

    asked(bilibili.application(world, clock), story)


def test_bilibilis_refresh_token_serves_once(clock: StandingClock) -> None:
    world = a_world("bilibili")
    keys = {"client_id": bilibili.CLIENT_ID, "client_secret": bilibili.CLIENT_SECRET}
    old = first("bilibili", "refresh", world.people[0], AT, 600)

    async def story(asker: Asker) -> None:
        async def refresh(token: str) -> dict[str, Any]:
            fields = {**keys, "grant_type": "refresh_token", "refresh_token": token}
            return await asker.form("/x/account-oauth2/v1/refresh_token", **fields)

        fresh = await refresh(old)
        assert fresh["code"] == 0
        assert (await refresh(old))["code"] == 122007
        assert (await refresh(fresh["data"]["refresh_token"]))["code"] == 0

    asked(bilibili.application(world, clock), story)


def test_bilibili_counts_all_archives_on_every_page(clock: StandingClock) -> None:
    world = a_world("bilibili")
    token = Mint("bilibili", world).issue("access", world.people[0], AT, 600)

    async def story(asker: Asker) -> None:
        seen: list[str] = []
        for number in range(1, 5):
            said = await bili(
                asker,
                "/archive/viewlist",
                signed(token, AT, f"v{number}"),
                pn=str(number),
                ps="8",
                status="pubed",
            )
            assert said["data"]["page"] == {"pn": number, "ps": 8, "total": 22}
            seen += [each["resource_id"] for each in said["data"]["list"]]
        assert seen == [f"p{n}" for n in range(22, 0, -1)]

    asked(bilibili.application(world, clock), story)


async def bjh(asker: Asker, name: str, **fields: str) -> dict[str, Any]:
    return await asker.form(f"{baijiahao.ROOT}/{name}", **fields)


def test_baijiahao_pages_by_type_and_day_and_has_no_number_where_it_says_minus_one(
    clock: StandingClock,
) -> None:
    world = a_world("baijiahao")
    keys = {"app_id": "own-1", "app_token": world.people[0].secret}

    async def story(asker: Asker) -> None:
        asked_for = {
            **keys,
            "start_time": "2026-11-03",
            "end_time": "2026-11-20",
            "collection": "publish",
        }
        page = await bjh(asker, "articleListall", **asked_for, article_type="news", page_size="5")
        assert page["data"]["page"] == {
            "page_no": 1,
            "page_size": 5,
            "total_count": 18,
            "total_page": 4,
        }
        assert page["data"]["items"][0]["publish_time"] == "2026-11-20 09:00:00"
        films = await bjh(asker, "articleListall", **asked_for, article_type="video")
        assert films["data"]["items"] == []
        numbers = await bjh(asker, "articleStatistics", **keys, article_id="p3")
        assert numbers["data"]["view_count"] > 0
        wrong = await bjh(asker, "fansListall", app_id="own-1", app_token="no")
        assert wrong["errno"] == 40001

    asked(baijiahao.application(world, clock), story)


def test_channels_tells_followers_and_lives_and_never_a_film(clock: StandingClock) -> None:
    world = a_world("channels")

    async def story(asker: Asker) -> None:
        keys = {"appid": world.people[0].appid, "secret": world.people[0].secret}

        async def post(path: str, token: str = "", **body: Any) -> dict[str, Any]:
            query = {"access_token": token} if token else {}
            url = f"{asker.url}{path}"
            async with asker.session.post(url, params=query, json=body) as answer:
                return dict(await answer.json())

        token = (await post("/cgi-bin/stable_token", **keys))["access_token"]
        told = await post("/channels/finderlive/get_finder_attr_by_appid", token)
        assert told["finder_attr"]["fans_count"] == 1200
        span = {"start_time": AT - 30 * 86_400, "end_time": AT, "last_buffer": ""}
        lives = await post("/channels/finderlive/get_finder_live_data_list", token, **span)
        assert lives["errcode"] == "0"
        assert len(lives["item"]) < 22
        clock.move(hours=2)
        late = await post("/channels/finderlive/get_finder_attr_by_appid", token)
        assert late["errcode"] == 42001

    asked(channels.application(world, clock), story)
