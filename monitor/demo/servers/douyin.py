"""A stand-in for the Douyin open platform: sign-on with renewals, films, data a day late, talk."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urlencode

from aiohttp import web

from monitor.demo.servers.consent import consent
from monitor.demo.servers.douyin_push import CLIENT_KEY, CLIENT_SECRET, Herald, pushing
from monitor.demo.servers.douyin_shown import Reply, Shown, open_id
from monitor.demo.servers.mint import Mint, Token
from monitor.demo.servers.refusal import Refusal
from monitor.demo.world import World, WorldAccount
from monitor.domain.instants import DAY, HOUR, MINUTE, to_second

ACCESS_LIFE: Final = 15 * DAY
REFRESH_LIFE: Final = 30 * DAY
CLIENT_LIFE: Final = 2 * HOUR
CODE_LIFE: Final = 10 * MINUTE
RENEWALS: Final = 5
"""How often a refresh token is made longer before its owner must agree anew."""
SCOPES: Final = (
    "user_info,video.list.bind,video.data.bind,data.external.user,data.external.item,"
    "item.comment,renew_refresh_token"
)
SAYS: Final[Mapping[int, str]] = {
    10002: "参数错误",
    10003: "client_key错误",
    10007: "授权码过期",
    10008: "access_token过期",
    10010: "refresh_token过期",
    10013: "client_secret错误",
    10020: "刷新次数已达上限",
    28001003: "access_token无效",
    28001007: "参数不合法",
    28001008: "access_token过期,请刷新或重新授权",
    28001012: "用户未授权该api",
    28001015: "open_id与access_token不匹配",
    28001045: "用户账号已注销",
    28003017: "quota已用完",
}
FAULTS: Final = {
    "unauthorized": 28001012,
    "expired": 28001003,
    "revoked": 28001012,
    "quota": 28003017,
    "gone": 28001045,
}
Fields = Mapping[str, Any]
Answer = Callable[[Fields], Reply]


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now
        self._mint = Mint("douyin", world)

    def sign_on(self, asked: Fields) -> tuple[str, list[tuple[str, str]]]:
        """The page on which an owner agrees: its title, and per account where agreeing leads."""
        back = str(asked.get("redirect_uri", ""))
        if asked.get("client_key") != CLIENT_KEY:
            raise Refusal(10003)
        if not back.startswith("http") or not asked.get("scope"):
            raise Refusal(10002)
        offers = []
        for account in self._world.accounts("douyin"):
            code = self._mint.issue("code", account, self.at, CODE_LIFE)
            query = urlencode({"code": code, "state": asked.get("state", "")}, quote_via=quote)
            offers.append((account.name, f"{back}{'&' if '?' in back else '?'}{query}"))
        return "抖音授权(演示)", offers

    def access_token(self, asked: Fields) -> Reply:
        """POST /oauth/access_token/: a code, once, for both tokens."""
        self._application(asked)
        if asked.get("client_secret") != CLIENT_SECRET:
            raise Refusal(10013)
        text = str(asked.get("code", ""))
        code = self._mint.read("code", text)
        if asked.get("grant_type") != "authorization_code" or code is None:
            raise Refusal(10002)
        if self.at >= code.ends_at or not self._mint.spend(text):
            raise Refusal(10007)
        account = self._account(code)
        refresh = self._mint.issue("rft0", account, self.at, REFRESH_LIFE)
        return self._tokens(account, refresh, REFRESH_LIFE)

    def refresh_token(self, asked: Fields) -> Reply:
        """POST /oauth/refresh_token/: a new access token; numbers come as strings here."""
        self._application(asked)
        if asked.get("grant_type") != "refresh_token":
            raise Refusal(10002)
        text = str(asked.get("refresh_token", ""))
        token, _ = self._refresh(text)
        said = self._tokens(self._account(token), text, token.ends_at - self.at)
        return {**said, "expires_in": str(ACCESS_LIFE)}

    def renew(self, asked: Fields) -> Reply:
        """POST /oauth/renew_refresh_token/: another thirty days, at most five times."""
        self._application(asked)
        text = str(asked.get("refresh_token", ""))
        token, times = self._refresh(text)
        if times >= RENEWALS:
            raise Refusal(10020)
        self._mint.spend(text)
        kind = f"rft{times + 1}"
        longer = self._mint.issue(kind, self._account(token), self.at, REFRESH_LIFE)
        return {"refresh_token": longer, "expires_in": REFRESH_LIFE}

    def client_token(self, asked: Fields) -> Reply:
        """POST /oauth/client_token/: the application's own."""
        self._application(asked)
        if asked.get("client_secret") != CLIENT_SECRET:
            raise Refusal(10013)
        return {"access_token": f"clt.{self.at}", "expires_in": str(CLIENT_LIFE)}

    def userinfo(self, asked: Fields) -> Reply:
        """POST /oauth/userinfo/."""
        account = self._owner(asked)
        return {
            "open_id": open_id(account),
            "union_id": "",
            "nickname": account.name,
            "avatar": "",
            "e_account_role": "EAccountS",
        }

    def read(self, name: str, *kinds: str) -> Answer:
        """The answer of one of the reading addresses."""

        def answer(asked: Fields) -> Reply:
            account = self._owner(asked)
            method = getattr(Shown(self._world, account, self.at), name)
            said: Reply = method(*kinds, asked)
            return said

        return answer

    @property
    def at(self) -> int:
        """The platform's second."""
        return to_second(self._now())

    def _application(self, asked: Fields) -> None:
        if asked.get("client_key") != CLIENT_KEY:
            raise Refusal(10003)

    def _refresh(self, text: str) -> tuple[Token, int]:
        """A refresh token that works, and how often it was made longer."""
        for times in range(RENEWALS + 1):
            token = self._mint.read(f"rft{times}", text)
            if token is not None:
                if self.at >= token.ends_at or self._account(token).fault in {"expired", "revoked"}:
                    raise Refusal(10010)
                if self._mint.spent(text):
                    raise Refusal(10010)
                return token, times
        raise Refusal(10010)

    def _owner(self, asked: Fields) -> WorldAccount:
        token = self._mint.read("act", str(asked.get("access_token", "")))
        if token is None:
            raise Refusal(28001003)
        if self.at >= token.ends_at:
            raise Refusal(28001008)
        account = self._account(token)
        if asked.get("open_id") != open_id(account):
            raise Refusal(28001015)
        if account.fault in FAULTS:
            raise Refusal(FAULTS[account.fault])
        return account

    def _account(self, token: Token) -> WorldAccount:
        account = self._mint.account(token.uid)
        assert account is not None
        return account

    def _tokens(self, account: WorldAccount, refresh: str, lasts: int) -> Reply:
        return {
            "access_token": self._mint.issue("act", account, self.at, ACCESS_LIFE),
            "expires_in": ACCESS_LIFE,
            "open_id": open_id(account),
            "refresh_token": refresh,
            "refresh_expires_in": lasts,
            "scope": SCOPES,
        }


async def _asked(request: web.Request) -> Fields:
    """Query, body of either kind, and the token of the header, together."""
    asked: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = await request.json()
        except ValueError:
            raise Refusal(28001007) from None
        asked |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        asked |= {name: str(value) for name, value in (await request.post()).items()}
    asked.setdefault("access_token", request.headers.get("access-token", ""))
    return asked


def _served(office: Office, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Douyin answers 200 whatever happened, with its code in `data` and in `extra`."""

    async def handle(request: web.Request) -> web.Response:
        code, data = 0, {}
        try:
            data = answer(await _asked(request))
        except Refusal as refusal:
            code = refusal.code
        said = SAYS.get(code, "")
        content = {
            "data": {**data, "error_code": code, "description": said},
            "extra": {
                "error_code": code,
                "description": said,
                "sub_error_code": 0,
                "sub_description": "",
                "logid": f"demo{office.at}",
                "now": office.at * 1000,
            },
            "message": "error" if code else "success",
        }
        return web.json_response(text=json.dumps(content, ensure_ascii=False))

    return handle


READS: Final = (
    ("GET", "/api/douyin/v1/video/video_list/", "films", ()),
    ("POST", "/api/douyin/v1/video/video_data/", "some_films", ()),
    ("GET", "/data/external/item/base/", "film_base", ()),
    ("GET", "/item/comment/list/", "comments", ()),
    ("GET", "/item/comment/reply/list/", "replies", ()),
)
USER_KINDS: Final = ("fans", "item", "like", "comment", "share", "profile")
ITEM_KINDS: Final = ("like", "comment", "play", "share")


def application(world: World, now: Callable[[], datetime], receiver: str = "") -> web.Application:
    """The open platform as `world` fills it; `now` is the platform's clock.

    Events go to `receiver`, the address the application registered.
    """
    office = Office(world, now)
    serve = partial(_served, office)
    app = web.Application()
    app.router.add_get("/platform/oauth/connect/", _page(office))
    for name in ("access_token", "refresh_token", "client_token", "userinfo"):
        app.router.add_post(f"/oauth/{name}/", serve(getattr(office, name)))
    app.router.add_post("/oauth/renew_refresh_token/", serve(office.renew))
    for method, path, name, kinds in READS:
        app.router.add_route(method, path, serve(office.read(name, *kinds)))
    for kind in USER_KINDS:
        app.router.add_get(f"/data/external/user/{kind}/", serve(office.read("by_day", kind)))
    for kind in ITEM_KINDS:
        app.router.add_get(f"/data/external/item/{kind}/", serve(office.read("film_by_day", kind)))
    if receiver:
        app.cleanup_ctx.append(pushing(Herald(world, now, receiver)))
    return app


def _page(office: Office) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            title, offers = office.sign_on(request.query)
        except Refusal as refusal:
            return web.Response(status=400, text=SAYS[refusal.code])
        return web.Response(text=consent(title, offers), content_type="text/html")

    return handle
