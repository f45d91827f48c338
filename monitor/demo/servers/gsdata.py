"""A stand-in for the 清博 gateway: one address, the route inside a signed token, twenty a page."""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from hashlib import md5
from typing import Any, Final

from aiohttp import web

from monitor.demo.dice import roll
from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.shown import standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import MINUTE, day_end, day_start, say_minute, to_second

APP_KEY: Final = "gs-demo-key"
APP_SECRET: Final = "gs-demo-app-key"  # the invented contract's
MOST: Final = 20
DIGEST: Final = 200
"""So many characters of a text the seller gives."""
LAG: Final = 40 * MINUTE
"""After how long the seller has found a post."""
MISSED: Final = 400
"""One post in so many the seller never finds: what is bought is not complete."""
ROUTES: Final[Mapping[str, tuple[str, str]]] = {
    "/weixin/article/search1": ("wechat", "wx_name"),
    "/weibo/article/search1": ("weibo", "weibo_uid"),
    "/toutiao/article/search1": ("toutiao", "toutiao_name"),
    "/shortvideo/douyin/search1": ("douyin", "douyin_name"),
    "/shortvideo/kuaishou/search1": ("kuaishou", "kuaishou_name"),
    "/shortvideo/bili/search1": ("bilibili", "bili_name"),
    "/shortvideo/wxvideo/search1": ("channels", "wxvideo_name"),
    "/article/xiaohongshu/search1": ("xiaohongshu", "xiaohongshu_name"),
}
BAD_SIGN, NO_ROUTE, BAD_PARAMETER, USED_UP, NO_RIGHT, STOPPED = 401, 404, 422, 429, 403, 402
SAYS: Final = {
    BAD_SIGN: "签名错误",
    NO_ROUTE: "接口不存在",
    BAD_PARAMETER: "参数错误",
    USED_UP: "调用次数已用完",
    NO_RIGHT: "未开通该接口",
    STOPPED: "账号已停用",
}
FAULTS: Final[Mapping[str, int]] = {
    "unauthorized": NO_RIGHT,
    "expired": STOPPED,
    "revoked": STOPPED,
    "quota": USED_UP,
}


class Office:
    """Answers each route from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime], *, misses: bool = True) -> None:
        self._world = world
        self._now = now
        self._misses = misses

    def search(self, header: str, asked: Mapping[str, str]) -> dict[str, Any]:
        """One page of what an account published between two days, newest first."""
        route = _route(header, asked)
        if route not in ROUTES:
            raise Refusal(NO_ROUTE)
        platform, key = ROUTES[route]
        account = self._account(platform, asked.get(key, ""))
        if account is None:
            return _page([], 0)
        if account.fault in FAULTS:
            raise Refusal(FAULTS[account.fault])
        at = to_second(self._now())
        since, until = day_start(_day(asked, "date_start")), day_end(_day(asked, "date_end"))
        posts = [
            post
            for post in standing(self._world, account, at, since)
            if post.published_at <= until and self._found(post, at)
        ]
        number = max(1, int(asked.get("page") or 1))
        size = min(MOST, int(asked.get("limit") or MOST))
        page = posts[(number - 1) * size : number * size]
        return _page([_news(account, post) for post in page], len(posts))

    def _account(self, platform: str, wanted: str) -> WorldAccount | None:
        for account in self._world.accounts(platform):
            if wanted and wanted in {account.uid, account.name}:
                return account
        return None

    def _found(self, post: WorldPost, at: int) -> bool:
        lucky = not self._misses or roll(MISSED, "gsdata", post.native_id) > 0
        return lucky and at - post.published_at >= LAG


def _route(header: str, asked: Mapping[str, str]) -> str:
    try:
        key, sign, route = base64.b64decode(header, validate=True).decode().split(":", 2)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Refusal(BAD_SIGN) from None
    told = "".join(f"{name}{asked[name]}" for name in sorted(asked))
    words = f"{APP_SECRET}_{told}_{APP_SECRET}"
    right = md5(words.encode(), usedforsecurity=False).hexdigest()  # the protocol's own sum
    if key != APP_KEY or sign != right:
        raise Refusal(BAD_SIGN)
    return route


def _day(asked: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        raise Refusal(BAD_PARAMETER) from None


def _news(account: WorldAccount, post: WorldPost) -> dict[str, Any]:
    written = f"{say_minute(post.published_at)}:{post.published_at % 60:02d}"
    return {
        "news_uuid": f"gs{post.native_id}",
        "news_title": post.title,
        "news_digest": post.text[:DIGEST],
        "news_url": f"https://example.invalid/{account.platform}/{post.native_id}",
        "news_author": account.name,
        "media_name": account.name,
        "news_posttime": written,
        "news_postdate": written[:10],
        "news_emotion": "中性",
        "is_verified": 1,
    }


def _page(news: list[dict[str, Any]], total: int) -> dict[str, Any]:
    return {"numFound": total, "newsList": news}


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The gateway as `world` fills it; `now` is the seller's clock."""
    office = Office(world, now)
    app = web.Application()
    app.router.add_get("/api/service", _served(office))
    return app


def faultless(world: World, now: Callable[[], datetime]) -> web.Application:
    """The same from a seller who misses nothing: for tests that count posts."""
    office = Office(world, now, misses=False)
    app = web.Application()
    app.router.add_get("/api/service", _served(office))
    return app


def _served(office: Office) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            data = office.search(request.headers.get("access-token", ""), request.query)
            content: dict[str, Any] = {"success": True, "data": data}
        except Refusal as refusal:
            content = {"success": False, "code": refusal.code, "message": SAYS[refusal.code]}
        return web.json_response(text=json.dumps(content, ensure_ascii=False))

    return handle
