"""A stand-in for the 视频号 assistant interface: followers and live streams, no films at all."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from aiohttp import web

from monitor.demo.dice import between
from monitor.demo.servers.mint import Mint
from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.shown import standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import HOUR, to_second

LIFE: Final = 2 * HOUR
PAGE: Final = 10
EVERY: Final = 5
"""One post in so many is a live stream in the stand-in's eyes."""
SAYS: Final = {
    40001: "invalid credential",
    40013: "invalid appid",
    40125: "invalid appsecret",
    42001: "access_token expired",
    45009: "reach max api daily quota limit",
    47001: "data format error",
    48001: "api unauthorized",
}
FAULTS: Final[Mapping[str, int]] = {
    "unauthorized": 48001,
    "expired": 40001,
    "revoked": 48001,
    "quota": 45009,
}


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now
        self._mint = Mint("channels", world)

    def token(self, body: Mapping[str, Any], _query: Mapping[str, str]) -> dict[str, Any]:
        """POST /cgi-bin/stable_token."""
        for account in self._world.accounts("channels"):
            if account.appid and account.appid == body.get("appid"):
                if account.secret != body.get("secret"):
                    raise Refusal(40125)
                text = self._mint.issue("access", account, self._at, LIFE)
                return {"access_token": text, "expires_in": LIFE}
        raise Refusal(40013)

    def attributes(self, _body: Mapping[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
        """Name and followers."""
        account = self._holder(query)
        said = {"uniq_id": account.uid, "nickname": account.name, "fans_count": account.followers}
        return {"errcode": 0, "errmsg": "ok", "finder_attr": said}

    def lives(self, body: Mapping[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
        """Live streams between two seconds, a buffer at a time."""
        account = self._holder(query)
        since, until = body.get("start_time"), body.get("end_time")
        if not isinstance(since, int) or not isinstance(until, int):
            raise Refusal(47001)
        shows = [
            post
            for post in standing(self._world, account, self._at, since)
            if post.published_at <= until and is_live(post.native_id)
        ]
        begin = int(str(body.get("last_buffer") or "0"))
        page = shows[begin : begin + PAGE]
        return {
            "errcode": "0",  # a word here, a number elsewhere: as the platform really does
            "errmsg": "ok",
            "last_buffer": str(begin + len(page)),
            "continue_flag": begin + len(page) < len(shows),
            "item": [_live(post) for post in page],
        }

    def _holder(self, query: Mapping[str, str]) -> WorldAccount:
        token = self._mint.read("access", query.get("access_token", ""))
        account = self._mint.account(token.uid) if token is not None else None
        if token is None or account is None:
            raise Refusal(40001)
        if self._at >= token.ends_at:
            raise Refusal(42001)
        if account.fault in FAULTS:
            raise Refusal(FAULTS[account.fault])
        return account

    @property
    def _at(self) -> int:
        return to_second(self._now())


def is_live(native_id: str) -> bool:
    """Whether the stand-in takes a post of the world for a live stream."""
    return int(sha256(native_id.encode()).hexdigest(), 16) % EVERY == 0


def _live(post: WorldPost) -> dict[str, Any]:
    seconds = between(600, 5400, "live", post.native_id)
    return {
        "export_id": f"live-{post.native_id}",
        "live_start_time": post.published_at,
        "live_duration_in_seconds": seconds,
        "total_audience_count": post.readers,
        "total_cheer_count": post.likes,
        "forward_count": post.sharers,
        "total_comment_count": post.comments,
        "audiences_avg_seconds": seconds // 10,
        "max_online_count": post.readers // 8,
        "new_follow_count": post.favourites,
        "new_follow_count_biz": 0,
    }


def _served(
    answer: Callable[[Mapping[str, Any], Mapping[str, str]], dict[str, Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            try:
                body = json.loads(await request.read() or b"{}")
            except ValueError:
                raise Refusal(47001) from None
            content = answer(body, request.query)
        except Refusal as refusal:
            content = {"errcode": refusal.code, "errmsg": SAYS[refusal.code]}
        return web.json_response(text=json.dumps(content, ensure_ascii=False))

    return handle


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The interface as `world` fills it; `now` is the platform's clock."""
    office = Office(world, now)
    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", _served(office.token))
    app.router.add_post("/channels/finderlive/get_finder_attr_by_appid", _served(office.attributes))
    app.router.add_post("/channels/finderlive/get_finder_live_data_list", _served(office.lives))
    return app
