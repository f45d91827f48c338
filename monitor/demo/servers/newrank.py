"""A stand-in for the 新榜 interface: a key in a header, articles of one WeChat account a page."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.shown import counted, standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import HOUR, parse_instant, say_minute, to_second

KEY: Final = "nr-demo-key"
MOST: Final = 20
SUMMARY: Final = 120
"""So many characters of a text the seller gives."""
LAG: Final = HOUR
CAP: Final = 100_001
"""From here on the seller says no more than 10万+."""
BAD_KEY, NO_RIGHT, USED_UP, BAD_PARAMETER = 1001, 1003, 1010, 1020
SAYS: Final = {
    BAD_KEY: "Key无效",
    NO_RIGHT: "未开通该接口",
    USED_UP: "余额不足",
    BAD_PARAMETER: "参数错误",
}
FAULTS: Final[Mapping[str, int]] = {
    "unauthorized": NO_RIGHT,
    "expired": BAD_KEY,
    "revoked": BAD_KEY,
    "quota": USED_UP,
}


class Office:
    """Answers from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now

    def articles(self, key: str, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        """Articles of one account between two instants, newest first."""
        if key != KEY:
            raise Refusal(BAD_KEY)
        try:
            since, until = (to_second(parse_instant(asked[name])) for name in ("from", "to"))
            number, size = int(asked.get("page", "1")), int(asked.get("size", str(MOST)))
        except (KeyError, ValueError):
            raise Refusal(BAD_PARAMETER) from None
        account = self._account(asked.get("account", ""))
        if account is None:
            return []
        if account.fault in FAULTS:
            raise Refusal(FAULTS[account.fault])
        at = to_second(self._now())
        posts = [
            post
            for post in standing(self._world, account, at, since)
            if post.published_at <= until and at - post.published_at >= LAG
        ]
        size = min(max(1, size), MOST)
        return [_article(account, post, at) for post in posts[(number - 1) * size : number * size]]

    def _account(self, wanted: str) -> WorldAccount | None:
        for account in self._world.accounts("wechat"):
            if wanted and wanted in {account.uid, account.name}:
                return account
        return None


def _article(account: WorldAccount, post: WorldPost, at: int) -> dict[str, Any]:
    return {
        "account": account.uid,
        "name": account.name,
        "title": post.title,
        "summary": post.text[:SUMMARY],
        "url": f"https://example.invalid/wechat/{post.native_id}",
        "publicTime": f"{say_minute(post.published_at)}:{post.published_at % 60:02d}",
        "clicksCount": min(CAP, counted(post.readers, post, at)),
        "likeCount": counted(post.likes, post, at),
        "watchingCount": counted(post.recommends, post, at),
        "orderNum": 0,
        "author": "",
        "originalFlag": 0,
    }


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The interface as `world` fills it; `now` is the seller's clock."""
    office = Office(world, now)
    app = web.Application()
    app.router.add_post("/api/sync/weixin/account/articles_content", _served(office))
    return app


def _served(office: Office) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            content: dict[str, Any] = {
                "code": 0,
                "msg": "success",
                "data": office.articles(request.headers.get("key", ""), form),
            }
        except Refusal as refusal:
            content = {"code": refusal.code, "msg": SAYS[refusal.code], "data": None}
        return web.json_response(text=json.dumps(content, ensure_ascii=False))

    return handle
