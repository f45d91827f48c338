"""A stand-in for the Bilibili open platform: signed calls, single-use refresh tokens, archives."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from hashlib import md5, sha256
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from monitor.demo.servers.consent import consent
from monitor.demo.servers.mint import Mint
from monitor.demo.servers.refusal import Refusal, asked_number
from monitor.demo.servers.shown import counted, standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import DAY, MINUTE, to_second

CLIENT_ID: Final = "bili-demo-client"
CLIENT_SECRET: Final = "bili-demo-client-key"  # the invented application's
ACCESS_LIFE: Final = 30 * DAY
REFRESH_LIFE: Final = 60 * DAY
CODE_LIFE: Final = 10 * MINUTE
SKEW: Final = 600
"""Seconds by which a caller's clock may differ."""
MOST: Final = 50
SIGNED: Final = (
    "x-bili-accesskeyid",
    "x-bili-content-md5",
    "x-bili-signature-method",
    "x-bili-signature-nonce",
    "x-bili-signature-version",
    "x-bili-timestamp",
)
NO_AUTH, BAD_TOKEN, NO_RIGHT, USED_UP, WITHDRAWN = 127000, 127001, 127007, 127009, 127011
BAD_PARAMETER, NO_ARCHIVE = 127100, 127124
BAD_CLIENT, BAD_SECRET, NO_CODE, BAD_REFRESH = 122000, 122001, 122002, 122007
BAD_SIGNATURE, BAD_TIME, USED_NONCE = 4002, 4003, 4004
FAULTS: Final[Mapping[str, int]] = {
    "unauthorized": NO_RIGHT,
    "expired": BAD_TOKEN,
    "revoked": WITHDRAWN,
    "quota": USED_UP,
}
Handler = Callable[[web.Request], Awaitable[web.Response]]


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now
        self._mint = Mint("bilibili", world)
        self._nonces: set[str] = set()

    def token(self, form: Mapping[str, str]) -> dict[str, Any]:
        """POST /x/account-oauth2/v1/token: a code for tokens."""
        self._client(form)
        token = self._mint.read("code", form.get("code", ""))
        if token is None or self._at >= token.ends_at:
            raise Refusal(NO_CODE)
        return self._tokens(self._account(token.uid, NO_CODE))

    def refresh(self, form: Mapping[str, str]) -> dict[str, Any]:
        """POST /x/account-oauth2/v1/refresh_token: each refresh token serves once."""
        self._client(form)
        text = form.get("refresh_token", "")
        token = self._mint.read("refresh", text)
        if token is None or self._at >= token.ends_at or not self._mint.spend(text):
            raise Refusal(BAD_REFRESH)
        return self._tokens(self._account(token.uid, BAD_REFRESH))

    def info(self, account: WorldAccount, _asked: Mapping[str, str]) -> dict[str, Any]:
        """Name and id."""
        return {"name": account.name, "face": "", "openid": account.uid}

    def stat(self, account: WorldAccount, _asked: Mapping[str, str]) -> dict[str, Any]:
        """Followers and how many archives passed; numbers come as words now and then."""
        passed = len(self._archives(account))
        return {
            "following": 1,
            "follower": str(account.followers),
            "arc_passed_total": passed,
        }

    def viewlist(self, account: WorldAccount, asked: Mapping[str, str]) -> dict[str, Any]:
        """One page of archives, newest first."""
        number = asked_number(asked, "pn", 1, Refusal(BAD_PARAMETER))
        size = asked_number(asked, "ps", 20, Refusal(BAD_PARAMETER))
        if number < 1 or not 0 < size <= MOST:
            raise Refusal(BAD_PARAMETER)
        posts = self._archives(account)
        page = posts[(number - 1) * size : number * size]
        return {
            "page": {"pn": number, "ps": size, "total": len(posts)},
            "list": [_archive(post) for post in page],
        }

    def arc_stat(self, account: WorldAccount, asked: Mapping[str, str]) -> dict[str, Any]:
        """The numbers of one archive."""
        for post in self._archives(account):
            if post.native_id == asked.get("resource_id", ""):
                return self._numbers(post)
        raise Refusal(NO_ARCHIVE)

    def sign_on(self, asked: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
        """The page on which an owner agrees."""
        back = asked.get("gourl", "")
        if asked.get("client_id") != CLIENT_ID or not back.startswith("http"):
            raise Refusal(BAD_CLIENT)
        offers = []
        for account in self._world.accounts("bilibili"):
            code = self._mint.issue("code", account, self._at, CODE_LIFE)
            query = urlencode({"code": code, "state": asked.get("state", "")})
            offers.append((account.name, f"{back}{'&' if '?' in back else '?'}{query}"))
        return "哔哩哔哩授权(演示)", offers

    def caller(self, request: web.Request, body: bytes) -> WorldAccount:
        """Whose account a signed call reads; Refusal where a header is missing or wrong."""
        told = {name: request.headers.get(name, "") for name in SIGNED}
        if not all(told.values()) or not request.headers.get("authorization"):
            raise Refusal(NO_AUTH)
        self._check_signature(told, request.headers["authorization"], body)
        token = self._mint.read("access", request.headers.get("access-token", ""))
        if token is None or self._at >= token.ends_at:
            raise Refusal(BAD_TOKEN)
        account = self._account(token.uid, BAD_TOKEN)
        if account.fault in FAULTS:
            raise Refusal(FAULTS[account.fault])
        return account

    def _check_signature(self, told: Mapping[str, str], signature: str, body: bytes) -> None:
        words = "\n".join(f"{name}:{told[name]}" for name in SIGNED)
        right = hmac.new(CLIENT_SECRET.encode(), words.encode(), sha256).hexdigest()
        body_sum = md5(body, usedforsecurity=False).hexdigest()  # the protocol's own sum
        if told["x-bili-accesskeyid"] != CLIENT_ID or told["x-bili-content-md5"] != body_sum:
            raise Refusal(BAD_SIGNATURE)
        if not hmac.compare_digest(right, signature):
            raise Refusal(BAD_SIGNATURE)
        stamp = told["x-bili-timestamp"]
        if not stamp.isdecimal() or abs(int(stamp) - self._at) > SKEW:
            raise Refusal(BAD_TIME)
        if told["x-bili-signature-nonce"] in self._nonces:
            raise Refusal(USED_NONCE)
        self._nonces.add(told["x-bili-signature-nonce"])

    @property
    def _at(self) -> int:
        return to_second(self._now())

    def _client(self, form: Mapping[str, str]) -> None:
        if form.get("client_id") != CLIENT_ID:
            raise Refusal(BAD_CLIENT)
        if form.get("client_secret") != CLIENT_SECRET:
            raise Refusal(BAD_SECRET)

    def _account(self, uid: str, otherwise: int) -> WorldAccount:
        account = self._mint.account(uid)
        if account is None or (account.fault == "expired" and otherwise == BAD_REFRESH):
            raise Refusal(otherwise)
        return account

    def _tokens(self, account: WorldAccount) -> dict[str, Any]:
        return {
            "access_token": self._mint.issue("access", account, self._at, ACCESS_LIFE),
            "expires_in": ACCESS_LIFE,
            "refresh_token": self._mint.issue("refresh", account, self._at, REFRESH_LIFE),
            "scopes": ["USER_INFO", "USER_DATA", "ARC_BASE", "ARC_DATA"],
        }

    def _archives(self, account: WorldAccount) -> list[WorldPost]:
        return list(standing(self._world, account, self._at))

    def _numbers(self, post: WorldPost) -> dict[str, Any]:
        def now(value: int) -> int:
            return counted(value, post, self._at)

        return {
            "title": post.title,
            "ptime": post.published_at,
            "view": now(post.readers),
            "danmaku": now(post.comments // 2),
            "reply": now(post.comments),
            "favorite": now(post.favourites),
            "coin": now(post.recommends),
            "share": now(post.sharers),
            "like": now(post.likes),
        }


def _archive(post: WorldPost) -> dict[str, Any]:
    return {
        "resource_id": post.native_id,
        "title": post.title,
        "desc": post.text,
        "cover": "",
        "tid": 228,
        "tag": "政务",
        "copyright": 1,
        "no_reprint": 1,
        "ctime": post.published_at - 5 * MINUTE,
        "ptime": post.published_at,
        "addit_info": {"state": 0, "state_desc": "", "reject_reason": ""},
        "video_info": {
            "cid": 1,
            "duration": 60,
            "filename": "",
            "iframe_url": "",
            "share_url": f"https://example.invalid/video/{post.native_id}",
        },
    }


def _enveloped(answer: Callable[[], dict[str, Any]]) -> web.Response:
    """Bilibili answers 200 whatever happened, with the code in its envelope."""
    try:
        content = {"code": 0, "message": "0", "ttl": 1, "data": answer(), "request_id": "0"}
    except Refusal as refusal:
        content = {"code": refusal.code, "message": str(refusal.code), "ttl": 1, "data": None}
    return web.json_response(text=json.dumps(content, ensure_ascii=False))


def _form(answer: Callable[[Mapping[str, str]], dict[str, Any]]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        return _enveloped(lambda: answer(form))

    return handle


def _signed(
    office: Office, answer: Callable[[WorldAccount, Mapping[str, str]], dict[str, Any]]
) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        return _enveloped(lambda: answer(office.caller(request, body), request.query))

    return handle


def _page(office: Office) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        try:
            title, offers = office.sign_on(request.query)
        except Refusal as refusal:
            return web.Response(status=400, text=str(refusal.code))
        return web.Response(text=consent(title, offers), content_type="text/html")

    return handle


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The open platform as `world` fills it; `now` is the platform's clock."""
    office = Office(world, now)
    app = web.Application()
    app.router.add_get("/pc/account-pc/auth/oauth", _page(office))
    app.router.add_post("/x/account-oauth2/v1/token", _form(office.token))
    app.router.add_post("/x/account-oauth2/v1/refresh_token", _form(office.refresh))
    for path, answer in (
        ("/arcopen/fn/user/account/info", office.info),
        ("/arcopen/fn/data/user/stat", office.stat),
        ("/arcopen/fn/archive/viewlist", office.viewlist),
        ("/arcopen/fn/data/arc/stat", office.arc_stat),
    ):
        app.router.add_get(path, _signed(office, answer))
    return app
