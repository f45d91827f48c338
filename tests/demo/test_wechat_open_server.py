"""The third-party platform stand-in: tickets, agreement, tokens, taking it back, and its codes."""

import asyncio
import re
from base64 import b64decode
from collections.abc import Awaitable, Callable
from hashlib import sha1
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from monitor.demo.servers import wechat_open, wechat_push
from monitor.demo.servers.wechat import COMPONENT, application
from monitor.domain.instants import to_second
from tests.conftest import StandingClock
from tests.demo.oauth_stories import Asker
from tests.demo.small_world import SmallWorld, a_post, an_account
from tests.demo.wechat_client import MORNING, YESTERDAY

JOINED = an_account(joined=True)
OTHER = an_account(uid="gh_0002", appid="wxdemo0002", secret="other", name="平安彼岸(演示)")
APP = {"component_appid": wechat_push.APP_ID}
BACK = "https://desk.example.invalid/connect?state=s1"


def opened(cipher: str) -> str:
    """The message in a push, by the documents and not by the stand-in's code."""
    key = b64decode(wechat_push.AES_KEY + "=")
    engine = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = engine.update(b64decode(cipher)) + engine.finalize()
    plain = plain[16 : -plain[-1]]
    length = int.from_bytes(plain[:4])
    assert plain[4 + length :].decode() == wechat_push.APP_ID
    return plain[4 : 4 + length].decode()


class Receiver:
    """The address a third-party platform registered; it opens what comes and keeps it."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.app = web.Application()
        self.app.router.add_post("/hooks", self.take)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        cipher = re.findall(r"<Encrypt><!\[CDATA\[(.+)\]\]></Encrypt>", body)[0]
        query = request.query
        parts = [wechat_push.TOKEN, query["timestamp"], query["nonce"], cipher]
        assert sha1("".join(sorted(parts)).encode()).hexdigest() == query["msg_signature"]
        self.messages.append(opened(cipher))
        return web.Response(text="success")

    def said(self, field: str) -> list[str]:
        pattern = rf"<{field}><!\[CDATA\[(.*?)\]\]></{field}>"
        return [found for each in self.messages for found in re.findall(pattern, each)]


Story = Callable[[Asker, Receiver, web.Application], Awaitable[None]]


async def _served(app: web.Application, runners: list[web.AppRunner]) -> str:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    runners.append(runner)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def tell(clock: StandingClock, story: Story, **changes: Any) -> None:
    """Tell a story to a platform with one account that joined and one that did not."""

    async def run() -> None:
        receiver, runners = Receiver(), list[web.AppRunner]()
        joined = an_account(joined=True, **changes)
        world = SmallWorld([joined, OTHER], {joined.uid: [a_post(1, "2026-11-22 10:00")]})
        try:
            address = await _served(receiver.app, runners)
            app = application(world, clock, f"{address}/hooks")
            url = await _served(app, runners)
            async with aiohttp.ClientSession() as session:
                await story(Asker(session, url), receiver, app)
        finally:
            for runner in reversed(runners):
                await runner.cleanup()

    asyncio.run(run())


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(MORNING)


async def ask(asker: Asker, name: str, token: str = "", **body: object) -> dict[str, Any]:
    """One call of the third-party platform."""
    path = f"/cgi-bin/component/api_{name}"
    _, said = await asker.send(path, {**APP, **body}, access_token=token)
    return dict(said)


async def token_by(asker: Asker, ticket: str) -> str:
    """The application's own token."""
    secret = {"component_appsecret": wechat_push.APP_SECRET}
    said = await ask(asker, "component_token", component_verify_ticket=ticket, **secret)
    return str(said.get("component_access_token") or said["errcode"])


async def pushed(asker: Asker, receiver: Receiver) -> str:
    """A ticket, as it comes where it was asked for."""
    secret = {"component_secret": wechat_push.APP_SECRET}
    assert (await ask(asker, "start_push_ticket", **secret))["errcode"] == 0
    return receiver.said("ComponentVerifyTicket")[-1]


async def agreed(asker: Asker, token: str, name: str) -> str:
    """The code an owner's agreement leads back with."""
    code = (await ask(asker, "create_preauthcode", token))["pre_auth_code"]
    query = {"component_appid": wechat_push.APP_ID, "pre_auth_code": code, "redirect_uri": BACK}
    page = await asker.page("/cgi-bin/componentloginpage", **query, auth_type="1")
    links = dict(re.findall(r'href="([^"]+)">([^<]+)<', page))
    [link] = [unescape(address) for address, owner in links.items() if owner == name]
    url = f"{asker.url}/cgi-bin/{link}"
    async with asker.session.get(url, allow_redirects=False) as answer:
        assert answer.status == 302
        back = parse_qs(urlsplit(answer.headers["location"]).query)
    assert back["state"] == ["s1"]
    return back["auth_code"][0]


def test_a_pushed_ticket_opens_the_application(clock: StandingClock) -> None:
    async def story(asker: Asker, receiver: Receiver, _app: web.Application) -> None:
        ticket = await pushed(asker, receiver)
        assert (await token_by(asker, ticket)).startswith("component@@@")
        clock.move(hours=12)
        assert await token_by(asker, ticket) == "61006"
        assert await token_by(asker, "ticket@@@1@@@x") == "61006"

    tell(clock, story)


def test_an_owner_who_scans_joins_and_its_data_can_be_read(clock: StandingClock) -> None:
    async def story(asker: Asker, receiver: Receiver, _app: web.Application) -> None:
        token = await token_by(asker, await pushed(asker, receiver))
        before = await ask(asker, "get_authorizer_list", token, offset=0, count=500)
        assert [each["authorizer_appid"] for each in before["list"]] == [JOINED.appid]
        code = await agreed(asker, token, OTHER.name)
        assert receiver.said("InfoType")[-1] == "authorized"
        assert receiver.said("AuthorizerAppid") == [OTHER.appid]
        info = (await ask(asker, "query_auth", token, authorization_code=code))[
            "authorization_info"
        ]
        assert info["authorizer_appid"] == OTHER.appid
        assert {7} < {each["funcscope_category"]["id"] for each in info["func_info"]}
        assert (await ask(asker, "query_auth", token, authorization_code=code))["errcode"] == 61009
        days = {"begin_date": YESTERDAY, "end_date": YESTERDAY}
        mine = info["authorizer_access_token"]
        _, said = await asker.send("/datacube/getusercumulate", days, access_token=mine)
        assert said["list"][0]["cumulate_user"] == OTHER.followers
        after = await ask(asker, "get_authorizer_list", token, offset=1, count=1)
        assert (after["total_count"], len(after["list"])) == (2, 1)

    tell(clock, story)


def test_a_refresh_token_works_until_the_owner_agrees_anew(clock: StandingClock) -> None:
    async def story(asker: Asker, receiver: Receiver, _app: web.Application) -> None:
        token = await token_by(asker, await pushed(asker, receiver))
        keys: dict[str, object] = {
            "authorizer_appid": JOINED.appid,
            "authorizer_refresh_token": wechat_open.refresh_token(JOINED),
        }
        first = await ask(asker, "authorizer_token", token, **keys)
        assert first["expires_in"] == 7200
        clock.move(hours=2)
        days = {"begin_date": YESTERDAY, "end_date": YESTERDAY}
        old = first["authorizer_access_token"]
        _, said = await asker.send("/datacube/getusercumulate", days, access_token=old)
        assert said["errcode"] == 42001
        assert (await ask(asker, "authorizer_token", token, **keys))["errcode"] == 42001
        token = await token_by(asker, await pushed(asker, receiver))
        assert "errcode" not in await ask(asker, "authorizer_token", token, **keys)
        await agreed(asker, token, JOINED.name)
        assert (await ask(asker, "authorizer_token", token, **keys))["errcode"] == 61023

    tell(clock, story)


def test_an_owner_who_takes_it_back_is_refused_and_told_of(clock: StandingClock) -> None:
    async def story(asker: Asker, receiver: Receiver, app: web.Application) -> None:
        token = await token_by(asker, await pushed(asker, receiver))
        keys: dict[str, object] = {"authorizer_appid": JOINED.appid}
        refresh = {"authorizer_refresh_token": wechat_open.refresh_token(JOINED)}
        mine = (await ask(asker, "authorizer_token", token, **keys, **refresh))[
            "authorizer_access_token"
        ]
        await app[COMPONENT].cancel(JOINED.appid)
        assert receiver.said("InfoType")[-1] == "unauthorized"
        days = {"begin_date": YESTERDAY, "end_date": YESTERDAY}
        _, said = await asker.send("/datacube/getusercumulate", days, access_token=mine)
        assert said["errcode"] == 61003
        assert (await ask(asker, "get_authorizer_info", token, **keys))["errcode"] == 61003
        listed = await ask(asker, "get_authorizer_list", token, offset=0, count=10)
        assert listed["total_count"] == 0

    tell(clock, story)


def test_who_granted_too_little_is_told_which_code(clock: StandingClock) -> None:
    async def story(asker: Asker, receiver: Receiver, _app: web.Application) -> None:
        token = await token_by(asker, await pushed(asker, receiver))
        keys = {"authorizer_refresh_token": wechat_open.refresh_token(JOINED)}
        appid = {"authorizer_appid": JOINED.appid}
        info = await ask(asker, "get_authorizer_info", token, **appid)
        assert info["authorizer_info"]["verify_type_info"] == {"id": -1}
        mine = (await ask(asker, "authorizer_token", token, **appid, **keys))[
            "authorizer_access_token"
        ]
        days = {"begin_date": YESTERDAY, "end_date": YESTERDAY}
        _, said = await asker.send("/datacube/getbizsummary", days, access_token=mine)
        assert said["errcode"] == 61007

    tell(clock, story, fault="unauthorized")


def test_a_page_for_owners_opens_for_ten_minutes_only(clock: StandingClock) -> None:
    async def story(asker: Asker, receiver: Receiver, _app: web.Application) -> None:
        token = await token_by(asker, await pushed(asker, receiver))
        code = (await ask(asker, "create_preauthcode", token))["pre_auth_code"]
        query = {"component_appid": wechat_push.APP_ID, "pre_auth_code": code}
        clock.move(minutes=10)
        url = f"{asker.url}/cgi-bin/componentloginpage"
        async with asker.session.get(url, params=query) as answer:
            assert (answer.status, await answer.text()) == (400, "61011")

    tell(clock, story)


def test_tickets_come_by_themselves_while_it_runs(clock: StandingClock) -> None:
    async def story(_asker: Asker, receiver: Receiver, _app: web.Application) -> None:
        for _ in range(200):
            if receiver.messages:
                break
            await asyncio.sleep(0.01)
        assert receiver.said("InfoType") == ["component_verify_ticket"]
        assert f"@@@{to_second(clock())}@@@" in receiver.said("ComponentVerifyTicket")[0]

    tell(clock, story)
