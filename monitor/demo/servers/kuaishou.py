"""A stand-in for the Kuaishou open platform: sign-on, the owner's films page by page, followers."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from aiohttp import web

from monitor.demo.servers.consent import consent
from monitor.demo.servers.mint import Mint
from monitor.demo.servers.refusal import Refusal, asked_number
from monitor.demo.servers.shown import counted, standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import DAY, HOUR, MINUTE, to_second

APP_ID: Final = "ks-demo-app"
APP_SECRET: Final = "ks-demo-app-key"  # the invented application's
ACCESS_LIFE: Final = 48 * HOUR
REFRESH_LIFE: Final = 180 * DAY
CODE_LIFE: Final = 10 * MINUTE
DEFAULT_COUNT: Final = 20
MOST: Final = 200
REVIEW: Final = 5 * MINUTE
"""How long a film is looked at before anybody sees it."""

WRONG: Final = (100200100, "parameter_wrong")
NO_APP: Final = (100200101, "app_check_failed")
NO_TOKEN: Final = (100200102, "access_token_invalid")
NO_SCOPE: Final = (100200103, "scope_not_authorized")
TOO_OFTEN: Final = (100100402, "rate_limited")
NO_VIDEO: Final = (100120001, "video_not_exist")
FAULTS: Final[Mapping[str, tuple[int, str]]] = {
    "unauthorized": NO_SCOPE,
    "expired": NO_TOKEN,
    "revoked": NO_TOKEN,
    "quota": TOO_OFTEN,
}
Fields = Mapping[str, str]
Reply = dict[str, Any]


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now
        self._mint = Mint("kuaishou", world)

    def access_token(self, asked: Fields) -> Reply:
        """A code for tokens."""
        self._application(asked)
        if asked.get("grant_type") not in {"authorization_code", "code"}:
            raise Refusal(*WRONG)
        return self._tokens(self._bearer("code", asked.get("code", "")))

    def refresh_token(self, asked: Fields) -> Reply:
        """New tokens for an old one, which works on until its own end."""
        self._application(asked)
        if asked.get("grant_type") != "refresh_token":
            raise Refusal(*WRONG)
        return self._tokens(self._bearer("refresh", asked.get("refresh_token", "")))

    def user_info(self, asked: Fields) -> Reply:
        """Name and followers."""
        account = self._owner(asked)
        info = {
            "name": account.name,
            "sex": "M",
            "fan": account.followers,
            "follow": 1,
            "head": "",
            "bigHead": "",
            "city": "",
        }
        return {"result": 1, "user_info": info}

    def photo_list(self, asked: Fields) -> Reply:
        """Films after the one the cursor names, newest first; no cursor comes back."""
        posts = self._films(self._owner(asked))
        count = asked_number(asked, "count", DEFAULT_COUNT, Refusal(*WRONG))
        if not 0 < count <= MOST:
            raise Refusal(*WRONG)
        cursor = asked.get("cursor", "")
        if cursor:
            # The cursor's own film may have been deleted since: what is older follows all the same.
            last = next((post for post in self._ever(asked) if post.native_id == cursor), None)
            if last is None:
                raise Refusal(*WRONG)
            key = (last.published_at, last.native_id)
            posts = [post for post in posts if (post.published_at, post.native_id) < key]
        return {"result": 1, "video_list": [self._film(post) for post in posts[:count]]}

    def photo_info(self, asked: Fields) -> Reply:
        """One film."""
        wanted = asked.get("photo_id", "")
        for post in self._films(self._owner(asked)):
            if post.native_id == wanted:
                return {"result": 1, "video_info": self._film(post)}
        raise Refusal(*NO_VIDEO)

    def photo_count(self, asked: Fields) -> Reply:
        """How many films there are, by who may see them."""
        posts = self._films(self._owner(asked))
        shown = sum(not self._pending(post) for post in posts)
        counts = {"all_count": len(posts), "private_count": 0}
        return {"result": 1, **counts, "public_count": shown, "friend_count": 0}

    def sign_on(self, asked: Fields) -> tuple[str, list[tuple[str, str]]]:
        """The page on which an owner agrees: its title, and per account where agreeing leads."""
        back = asked.get("redirect_uri", "")
        if asked.get("app_id") != APP_ID or not back.startswith("http"):
            raise Refusal(*NO_APP)
        offers = []
        for account in self._world.accounts("kuaishou"):
            code = self._mint.issue("code", account, self._at, CODE_LIFE)
            query = urlencode({"code": code, "state": asked.get("state", "")}, quote_via=quote)
            offers.append((account.name, f"{back}{'&' if '?' in back else '?'}{query}"))
        return "快手授权(演示)", offers

    @property
    def _at(self) -> int:
        return to_second(self._now())

    def _application(self, asked: Fields) -> None:
        if asked.get("app_id") != APP_ID or asked.get("app_secret") != APP_SECRET:
            raise Refusal(*NO_APP)

    def _bearer(self, kind: str, text: str) -> WorldAccount:
        token = self._mint.read(kind, text)
        account = self._mint.account(token.uid) if token is not None else None
        if token is None or account is None or self._at >= token.ends_at:
            raise Refusal(*NO_TOKEN)
        if account.fault in {"expired", "revoked"}:
            raise Refusal(*NO_TOKEN)
        return account

    def _owner(self, asked: Fields) -> WorldAccount:
        if asked.get("app_id") != APP_ID:
            raise Refusal(*NO_APP)
        account = self._bearer("access", asked.get("access_token", ""))
        if account.fault in FAULTS:
            raise Refusal(*FAULTS[account.fault])
        return account

    def _tokens(self, account: WorldAccount) -> Reply:
        return {
            "result": 1,
            "access_token": self._mint.issue("access", account, self._at, ACCESS_LIFE),
            "expires_in": ACCESS_LIFE,
            "refresh_token": self._mint.issue("refresh", account, self._at, REFRESH_LIFE),
            "refresh_token_expires_in": REFRESH_LIFE,
            "open_id": account.uid,
            "scopes": ["user_info", "user_video_info"],
        }

    def _films(self, account: WorldAccount) -> list[WorldPost]:
        found = standing(self._world, account, self._at)
        return sorted(found, key=lambda post: (post.published_at, post.native_id), reverse=True)

    def _ever(self, asked: Fields) -> list[WorldPost]:
        return list(self._world.posts(self._owner(asked), 0, self._at))

    def _pending(self, post: WorldPost) -> bool:
        return self._at - post.published_at < REVIEW

    def _film(self, post: WorldPost) -> Reply:
        return {
            "photo_id": post.native_id,
            "caption": post.title,
            "cover": "",
            "play_url": "",
            "create_time": post.published_at * 1000,
            "like_count": counted(post.likes, post, self._at),
            "comment_count": counted(post.comments, post, self._at),
            "view_count": counted(post.readers, post, self._at),
            "pending": self._pending(post),
        }


def _served(
    answer: Callable[[Fields], Reply],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Kuaishou answers 200 whatever happened, with the code in `result`."""

    async def handle(request: web.Request) -> web.Response:
        form = await request.post() if request.method == "POST" else {}
        asked = {**request.query, **{name: str(value) for name, value in form.items()}}
        try:
            content = answer(asked)
        except Refusal as refusal:
            said = {"error": refusal.says, "error_msg": refusal.says.upper()}
            content = {"result": refusal.code, **said}
        return web.json_response(text=json.dumps(content, ensure_ascii=False))

    return handle


def _page(
    sign_on: Callable[[Fields], tuple[str, list[tuple[str, str]]]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            title, offers = sign_on(request.query)
        except Refusal as refusal:
            return web.Response(status=400, text=refusal.says)
        return web.Response(text=consent(title, offers), content_type="text/html")

    return handle


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The open platform as `world` fills it; `now` is the platform's clock."""
    office = Office(world, now)
    app = web.Application()
    app.router.add_get("/oauth2/authorize", _page(office.sign_on))
    for method in ("GET", "POST"):
        app.router.add_route(method, "/oauth2/access_token", _served(office.access_token))
        app.router.add_route(method, "/oauth2/refresh_token", _served(office.refresh_token))
    for path, answer in (
        ("/openapi/user_info", office.user_info),
        ("/openapi/photo/list", office.photo_list),
        ("/openapi/photo/info", office.photo_info),
        ("/openapi/photo/count", office.photo_count),
    ):
        app.router.add_get(path, _served(answer))
    return app
