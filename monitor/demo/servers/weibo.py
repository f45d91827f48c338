"""A stand-in for the Weibo open platform: sign-on, the owner's timeline, comments, limits."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from aiohttp import web

from monitor.demo.servers.consent import consent
from monitor.demo.servers.mint import Mint, Token
from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.weibo_shown import Shown, number_of
from monitor.demo.world import World, WorldAccount
from monitor.domain.instants import DAY, HOUR, MINUTE, day_start, shanghai_day, to_second

APP_KEY: Final = "wb-demo-app"
APP_SECRET: Final = "wb-demo-app-key"
"""The invented application's."""
ACCESS_LIFE: Final = 30 * DAY
CODE_LIFE: Final = 10 * MINUTE
OF_A_USER: Final = 100
"""Calls an authorised user has in one application and day."""
OF_AN_ADDRESS: Final = 15_000
"""Calls an address has in an hour."""
SAYS: Final[Mapping[int, tuple[int, str]]] = {
    10008: (400, "Param error, see doc for more info"),
    10014: (403, "Insufficient app permissions!"),
    10016: (400, "Miss required parameter"),
    10020: (404, "Request api not found!"),
    10022: (403, "IP requests out of rate limit!"),
    10023: (403, "User requests out of rate limit!"),
    20003: (400, "User does not exists!"),
    20101: (400, "target weibo does not exist!"),
    21314: (401, "token used"),
    21315: (401, "token expired"),
    21316: (401, "token revoked"),
    21319: (401, "accessor was revoked"),
    21322: (400, "redirect_uri_mismatch"),
    21323: (400, "invalid_request"),
    21324: (401, "invalid_client"),
    21325: (400, "invalid_grant"),
    21327: (401, "expired_token"),
    21332: (401, "invalid_access_token"),
    21335: (400, "request uid's value must be the current user"),
}
"""What the platform answers to each trouble: the HTTP status, and its words."""
FAULTS: Final = {"unauthorized": 10014, "expired": 21327, "revoked": 21319, "quota": 10023}
Fields = Mapping[str, str]
Answer = Callable[[Fields], Any]


class Limits:
    """Counts the calls of each user and day, and of each address and hour."""

    def __init__(self) -> None:
        self.of_users: Counter[tuple[str, int]] = Counter()
        self.of_addresses: Counter[tuple[str, int]] = Counter()

    def take_user(self, uid: str, at: int) -> None:
        """One more call of a user; Refusal where that is one too many."""
        key = (uid, day_start(shanghai_day(at)))
        if self.of_users[key] >= OF_A_USER:
            raise Refusal(10023)
        self.of_users[key] += 1

    def take_address(self, address: str, at: int) -> None:
        """One more call of an address; Refusal where that is one too many."""
        key = (address, at // HOUR)
        if self.of_addresses[key] >= OF_AN_ADDRESS:
            raise Refusal(10022)
        self.of_addresses[key] += 1

    def left(self, uid: str, at: int) -> int:
        """How many calls a user has left today."""
        return OF_A_USER - self.of_users[uid, day_start(shanghai_day(at))]


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now
        self._mint = Mint("weibo", world)
        self._revoked: set[str] = set()
        self.limits = Limits()

    def sign_on(self, asked: Fields) -> tuple[str, list[tuple[str, str]]]:
        """The page on which an owner agrees: its title, and per account where agreeing leads."""
        if asked.get("client_id") != APP_KEY:
            raise Refusal(21324)
        back = asked.get("redirect_uri", "")
        if not back.startswith("http"):
            raise Refusal(21322)
        offers = []
        for account in self._world.accounts("weibo"):
            code = self._mint.issue("code", account, self.at, CODE_LIFE)
            query = urlencode({"state": asked.get("state", ""), "code": code}, quote_via=quote)
            offers.append((account.name, f"{back}{'&' if '?' in back else '?'}{query}"))
        return "微博授权(演示)", offers

    def access_token(self, asked: Fields) -> dict[str, Any]:
        """POST /oauth2/access_token: a code, once, for a token that nothing refreshes."""
        if (asked.get("client_id"), asked.get("client_secret")) != (APP_KEY, APP_SECRET):
            raise Refusal(21324)
        if asked.get("grant_type") != "authorization_code":
            raise Refusal(21323)
        if not asked.get("redirect_uri", "").startswith("http"):
            raise Refusal(21322)
        code = self._mint.read("code", asked.get("code", ""))
        if code is None or self.at >= code.ends_at or not self._mint.spend(asked["code"]):
            raise Refusal(21325)
        account = self._account(code)
        token = self._mint.issue("access", account, self.at, ACCESS_LIFE)
        return {
            "access_token": token,
            "remind_in": str(ACCESS_LIFE),
            "expires_in": ACCESS_LIFE,
            "uid": account.uid,
            "isRealName": "true",
        }

    def token_info(self, asked: Fields) -> dict[str, Any]:
        """POST /oauth2/get_token_info."""
        token = self._token(asked)
        return {
            "uid": number_of(token.uid),
            "appkey": APP_KEY,
            "scope": None,
            "create_at": str(token.issued_at),
            "expire_in": str(token.ends_at - self.at),
        }

    def revoke(self, asked: Fields) -> dict[str, Any]:
        """/oauth2/revokeoauth2: the token is worth nothing from now on."""
        self._token(asked)
        self._revoked.add(asked["access_token"])
        return {"result": "true"}

    def rate_limit(self, asked: Fields) -> dict[str, Any]:
        """/2/account/rate_limit_status.json; it costs nothing."""
        uid = self._token(asked).uid
        tomorrow = day_start(shanghai_day(self.at)) + DAY
        return {
            "ip_limit": OF_AN_ADDRESS,
            "limit_time_unit": "HOURS",
            "remaining_ip_hits": OF_AN_ADDRESS,
            "remaining_user_hits": self.limits.left(uid, self.at),
            "reset_time_in_seconds": tomorrow - self.at,
            "user_limit": OF_A_USER,
            "api_rate_limits": [],
        }

    def read(self, name: str) -> Answer:
        """The answer of one of the reading addresses, one call of its user."""

        def answer(asked: Fields) -> Any:
            account = self._account(self._token(asked))
            if account.fault in FAULTS:
                raise Refusal(FAULTS[account.fault])
            self.limits.take_user(account.uid, self.at)
            if account.fault == "blacklist":
                # An application on the black list is told nothing, and not why.
                return {}
            shown = Shown(self._world, account, self.at)
            return getattr(shown, name)(asked)

        return answer

    @property
    def at(self) -> int:
        """The platform's second."""
        return to_second(self._now())

    def _token(self, asked: Fields) -> Token:
        text = asked.get("access_token", "")
        if not text:
            raise Refusal(10016)
        token = self._mint.read("access", text)
        if token is None:
            raise Refusal(21332)
        if text in self._revoked:
            raise Refusal(21316)
        if self.at >= token.ends_at:
            raise Refusal(21327)
        return token

    def _account(self, token: Token) -> WorldAccount:
        account = self._mint.account(token.uid)
        assert account is not None
        return account


READS: Final = {
    "/2/account/get_uid.json": "owner",
    "/2/users/show.json": "user",
    "/2/users/counts.json": "users",
    "/2/statuses/user_timeline.json": "timeline",
    "/2/statuses/show.json": "one",
    "/2/statuses/count.json": "counts",
    "/2/comments/show.json": "comments",
    "/2/comments/to_me.json": "to_me",
    "/2/comments/by_me.json": "by_me",
}


def _served(office: Office, answer: Answer) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        status = 200
        try:
            office.limits.take_address(request.remote or "", office.at)
            content = answer(await _asked(request))
        except Refusal as refusal:
            status, content = _said(refusal.code, request.path)
        words = json.dumps(content, ensure_ascii=False).encode()
        return web.Response(
            status=status, body=words, content_type="application/json", charset="utf-8"
        )

    return handle


def _said(code: int, path: str) -> tuple[int, dict[str, Any]]:
    """The envelope of an error; that of sign-on repeats itself."""
    status, words = SAYS[code]
    # Below a stand-in's own folder the platform's path begins later.
    at = max(path.find("/oauth2/"), path.find("/2/"))
    asked = path[max(at, 0) :]
    if asked.startswith("/oauth2/"):
        more = {"error_uri": asked, "error_description": words}
        return status, {"error": words, "error_code": code, "request": asked, **more}
    return status, {"error": words, "error_code": code, "request": asked}


async def _asked(request: web.Request) -> Fields:
    """Query, form and the token of the header, together."""
    form = await request.post() if request.method == "POST" else {}
    asked = {**request.query, **{name: str(value) for name, value in form.items()}}
    header = request.headers.get("authorization", "")
    if header.startswith("OAuth2 "):
        asked.setdefault("access_token", header.removeprefix("OAuth2 ").strip())
    return asked


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The open platform as `world` fills it; `now` is the platform's clock."""
    office = Office(world, now)

    async def authorize(request: web.Request) -> web.Response:
        try:
            title, offers = office.sign_on(request.query)
        except Refusal as refusal:
            status, said = _said(refusal.code, request.path)
            return web.json_response(said, status=status)
        return web.Response(text=consent(title, offers), content_type="text/html")

    app = web.Application()
    app.router.add_get("/oauth2/authorize", authorize)
    app.router.add_post("/oauth2/access_token", _served(office, office.access_token))
    app.router.add_post("/oauth2/get_token_info", _served(office, office.token_info))
    app.router.add_route("*", "/oauth2/revokeoauth2", _served(office, office.revoke))
    app.router.add_get("/2/account/rate_limit_status.json", _served(office, office.rate_limit))
    for path, name in READS.items():
        app.router.add_get(path, _served(office, office.read(name)))
    return app
