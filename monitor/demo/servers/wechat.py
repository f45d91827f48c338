"""A stand-in for the WeChat public platform: tokens, error codes and addresses of its protocol."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from aiohttp import web

from monitor.demo.servers import wechat_published
from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.wechat_cube import CUBE, ask_cube
from monitor.demo.servers.wechat_desk import autoreply, comment_page, menu
from monitor.demo.servers.wechat_open import TICKET_LIFE, Component, pushing
from monitor.demo.world import World, WorldAccount
from monitor.domain.instants import shanghai_day, to_second

LIFE: Final = 7200
OVERLAP: Final = 300
"""Seconds before its end from which a token is replaced; old and new both work until then."""
FORCED_A_DAY: Final = 20
FORCED_APART: Final = 30
SAYS: Final = {
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40013: "invalid appid",
    40125: "invalid appsecret",
    41001: "access_token missing",
    42001: "access_token expired",
    43002: "require POST method",
    44002: "empty post data",
    45009: "reach max api daily quota limit",
    47001: "data format error",
    48001: "api unauthorized",
    61003: "component is not authorized by this account",
    61007: "api is unauthorized to component",
}
ENTITLED: Final = {"unauthorized": 48001, "quota": 45009}
"""What an account's fault answers where its data is asked for."""
Handler = Callable[[web.Request], Awaitable[web.Response]]
Answer = Callable[[WorldAccount, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the seconds it lives between."""

    text: str
    appid: str
    issued_at: int
    ends_at: int


class Tokens:
    """What stable_token keeps: per account the newest token, and all that still work."""

    def __init__(self) -> None:
        self._issued = 0
        self._by_text: dict[str, Token] = {}
        self._newest: dict[str, Token] = {}
        self._forced: dict[str, list[int]] = {}

    def newest(self, account: WorldAccount, at: int, *, forced: bool) -> Token:
        """The account's token at second `at`; the same for every caller until it nears its end."""
        held = self._newest.get(account.appid)
        if held and forced and self._may_force(account.appid, at):
            self._by_text.pop(held.text)
            self._forced.setdefault(account.appid, []).append(at)
            held = None
        if held is None or at >= held.ends_at - OVERLAP:
            held = self._issue(account, at)
        return held

    def holder(self, text: str, at: int) -> str:
        """The appid a token stands for; Refusal where it stands for none, or no longer."""
        token = self._by_text.get(text)
        if token is None:
            raise Refusal(40001)
        if at >= token.ends_at:
            raise Refusal(42001)
        return token.appid

    def _issue(self, account: WorldAccount, at: int) -> Token:
        self._issued += 1
        words = f"{account.appid} {account.secret} {at} {self._issued}"
        text = sha256(words.encode()).hexdigest() * 2
        token = Token(text, account.appid, at, at + LIFE)
        self._by_text[text] = self._newest[account.appid] = token
        return token

    def _may_force(self, appid: str, at: int) -> bool:
        times = self._forced.get(appid, [])
        today = [each for each in times if shanghai_day(each) == shanghai_day(at)]
        return len(today) < FORCED_A_DAY and (not times or at - times[-1] >= FORCED_APART)


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime], component: Component) -> None:
        self._world = world
        self._now = now
        self._tokens = Tokens()
        self._component = component
        self._accounts: dict[str, WorldAccount] = {}

    async def stable_token(self, request: web.Request) -> dict[str, Any]:
        """POST /cgi-bin/stable_token."""
        body = await _body(request)
        if body.get("grant_type") != "client_credential":
            raise Refusal(40002)
        account = self._account(str(body.get("appid", "")))
        if account is None:
            raise Refusal(40013)
        if body.get("secret") != account.secret:
            raise Refusal(40125)
        at = to_second(self._now())
        token = self._tokens.newest(account, at, forced=body.get("force_refresh") is True)
        return {"access_token": token.text, "expires_in": token.ends_at - at}

    async def selfmenu(self, request: web.Request) -> dict[str, Any]:
        """GET /cgi-bin/get_current_selfmenu_info."""
        return menu(self._holder(request))

    async def autoreply(self, request: web.Request) -> dict[str, Any]:
        """GET /cgi-bin/get_current_autoreply_info."""
        return autoreply(self._holder(request))

    def open(self, name: str) -> Callable[[web.Request], Awaitable[dict[str, Any]]]:
        """POST /cgi-bin/component/<address of the third-party platform>."""

        async def answer(request: web.Request) -> dict[str, Any]:
            query = request.query
            token = query.get("access_token") or query.get("component_access_token", "")
            said: dict[str, Any] = await getattr(self._component, name)(await _body(request), token)
            return said

        return answer

    async def comments(self, request: web.Request) -> dict[str, Any]:
        """POST /cgi-bin/comment/list."""
        body = await _body(request)
        return comment_page(self._world, self._entitled(request), body, to_second(self._now()))

    async def published(self, request: web.Request) -> dict[str, Any]:
        """POST /cgi-bin/freepublish/batchget."""
        body, at = await _body(request), to_second(self._now())
        return wechat_published.page(self._world, self._entitled(request), body, at)

    def cube(self, name: str) -> Callable[[web.Request], Awaitable[dict[str, Any]]]:
        """POST /datacube/<name>."""

        async def answer(request: web.Request) -> dict[str, Any]:
            body = await _body(request)
            at = to_second(self._now())
            return ask_cube(name, self._world, self._entitled(request), body, at)

        return answer

    def _holder(self, request: web.Request) -> WorldAccount:
        text = request.query.get("access_token", "")
        if not text:
            raise Refusal(41001)
        account = self._component.holder(text)
        if account is None:
            account = self._account(self._tokens.holder(text, to_second(self._now())))
        if account is None or account.fault == "expired":
            raise Refusal(40001)
        if account.fault == "revoked":
            raise Refusal(61003)
        return account

    def _entitled(self, request: web.Request) -> WorldAccount:
        account = self._holder(request)
        if account.fault == "unauthorized" and account.joined:
            raise Refusal(61007)
        if account.fault in ENTITLED:
            raise Refusal(ENTITLED[account.fault])
        return account

    def _account(self, appid: str) -> WorldAccount | None:
        if appid not in self._accounts:
            known = self._world.accounts("wechat")
            self._accounts = {each.appid: each for each in known if each.appid}
        return self._accounts.get(appid)


async def _body(request: web.Request) -> dict[str, Any]:
    if request.method != "POST":
        raise Refusal(43002)
    raw = await request.read()
    if not raw:
        raise Refusal(44002)
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refusal(47001) from None
    if not isinstance(body, dict):
        raise Refusal(47001)
    return body


def _served(answer: Callable[[web.Request], Awaitable[dict[str, Any]]]) -> Handler:
    """WeChat answers 200 whatever happened, its errors too, with a trace id behind the words."""

    async def handle(request: web.Request) -> web.Response:
        try:
            content = await answer(request)
        except Refusal as refusal:
            code = refusal.code
            trace = sha256(f"{request.path} {code}".encode()).hexdigest()[:24]
            rid = f"{trace[:8]}-{trace[8:16]}-{trace[16:]}"
            says = refusal.says or SAYS.get(code, "error")
            content = {"errcode": code, "errmsg": f"{says} rid: {rid}"}
        words = json.dumps(content, ensure_ascii=False).encode()
        return web.Response(body=words, content_type="application/json", charset="utf-8")

    return handle


OPEN: Final = {
    "api_start_push_ticket": "start_push",
    "api_component_token": "component_token",
    "api_create_preauthcode": "pre_auth_code",
    "api_query_auth": "query_auth",
    "api_authorizer_token": "authorizer_token",
    "api_get_authorizer_info": "authorizer_info",
    "api_get_authorizer_list": "authorizer_list",
}


def application(
    world: World,
    now: Callable[[], datetime],
    receiver: str = "",
    ticket_life: int = TICKET_LIFE,
) -> web.Application:
    """The public platform as `world` fills it; `now` is the platform's clock.

    What it has to say by itself goes to `receiver`, the address a third-party platform registered.
    """
    component = Component(world, now, receiver, ticket_life)
    office = Office(world, now, component)
    app = web.Application()
    app.router.add_route("*", "/cgi-bin/stable_token", _served(office.stable_token))
    app.router.add_route("*", "/cgi-bin/comment/list", _served(office.comments))
    app.router.add_route("*", "/cgi-bin/freepublish/batchget", _served(office.published))
    app.router.add_route("GET", "/cgi-bin/get_current_selfmenu_info", _served(office.selfmenu))
    app.router.add_route("GET", "/cgi-bin/get_current_autoreply_info", _served(office.autoreply))
    for name in CUBE:
        app.router.add_route("*", f"/datacube/{name}", _served(office.cube(name)))
    for address, name in OPEN.items():
        app.router.add_route("*", f"/cgi-bin/component/{address}", _served(office.open(name)))
    app.router.add_get("/cgi-bin/componentloginpage", _login_page(component))
    app.router.add_get("/cgi-bin/componentagree", _agreement(component))
    if receiver:
        app.cleanup_ctx.append(pushing(component))
    app[COMPONENT] = component
    return app


COMPONENT: Final = web.AppKey("component", Component)
"""Whoever holds the application may play an owner who takes the agreement back."""


def _login_page(component: Component) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        try:
            words = component.login_page(dict(request.query))
        except Refusal as refusal:
            return web.Response(status=400, text=f"{refusal.code}")
        return web.Response(text=words, content_type="text/html")

    return handle


def _agreement(component: Component) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        query = request.query
        try:
            back = await component.agree(query.get("appid", ""), query.get("back", ""))
        except Refusal as refusal:
            return web.Response(status=400, text=f"{refusal.code}")
        return web.Response(status=302, headers={"location": back})

    return handle
