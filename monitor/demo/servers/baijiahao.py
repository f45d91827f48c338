"""A stand-in for the Baijiahao content interface: an app_id and app_token per account."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from aiohttp import web

from monitor.demo.servers.refusal import Refusal, asked_number
from monitor.demo.servers.shown import counted, standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import day_end, day_start, say_minute, to_second

ROOT: Final = "/builderinner/open/resource/query"
MOST: Final = 20
NO_KEY, NO_RIGHT, USED_UP, BAD_PARAMETER, NO_ARTICLE = 40001, 40003, 40029, 40010, 60001003
FAULTS: Final[Mapping[str, int]] = {
    "unauthorized": NO_RIGHT,
    "expired": NO_KEY,
    "revoked": NO_KEY,
    "quota": USED_UP,
}
SAYS: Final = {
    NO_KEY: "app_id或app_token错误",
    NO_RIGHT: "没有权限",
    USED_UP: "调用次数超限",
    BAD_PARAMETER: "参数错误",
    NO_ARTICLE: "文章状态异常",
}
TYPES: Final = ("news", "gallery", "video")
Asked = Mapping[str, str]


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now

    def articles(self, asked: Asked) -> dict[str, Any]:
        """One page of what an account published between two days, of one type."""
        account = self._owner(asked)
        if asked.get("article_type") not in TYPES or asked.get("collection") != "publish":
            raise Refusal(BAD_PARAMETER)
        number = asked_number(asked, "page_no", 1, Refusal(BAD_PARAMETER))
        size = asked_number(asked, "page_size", MOST, Refusal(BAD_PARAMETER))
        if number < 1 or not 0 < size <= MOST:
            raise Refusal(BAD_PARAMETER)
        since, until = day_start(_day(asked, "start_time")), day_end(_day(asked, "end_time"))
        posts = [
            post
            for post in standing(self._world, account, self._at, since)
            if post.published_at <= until and _type(post) == asked["article_type"]
        ]
        items = [_item(post) for post in posts[(number - 1) * size : number * size]]
        return {"items": items, "page": _page(number, size, len(posts))}

    def statistics(self, asked: Asked) -> dict[str, Any]:
        """The numbers of one article; -1 where the platform has none yet."""
        post = self._article(self._owner(asked), asked)

        def now(value: int) -> int:
            return counted(value, post, self._at)

        return {
            "recommend_count": now(post.readers * 6),
            "view_count": now(post.readers),
            "comment_count": now(post.comments),
            "share_count": now(post.sharers),
            "collect_count": now(post.favourites) if post.favourites else -1,
            "likes_count": now(post.likes),
        }

    def fans(self, asked: Asked) -> dict[str, Any]:
        """How many follow; the list itself is left empty here, it names people."""
        account = self._owner(asked)
        return {"items": [], "page": _page(1, MOST, account.followers)}

    def _owner(self, asked: Asked) -> WorldAccount:
        for account in self._world.accounts("baijiahao"):
            if account.uid == asked.get("app_id"):
                if account.secret != asked.get("app_token"):
                    break
                if account.fault in FAULTS:
                    raise Refusal(FAULTS[account.fault])
                return account
        raise Refusal(NO_KEY)

    def _article(self, account: WorldAccount, asked: Asked) -> WorldPost:
        for post in standing(self._world, account, self._at):
            if post.native_id == asked.get("article_id"):
                return post
        raise Refusal(NO_ARTICLE)

    @property
    def _at(self) -> int:
        return to_second(self._now())


def _type(post: WorldPost) -> str:
    return {"视频": "video", "图集": "gallery"}.get(post.form, "news")


def _item(post: WorldPost) -> dict[str, Any]:
    return {
        "nid": f"news_{post.native_id}",
        "article_id": post.native_id,
        "title": post.title,
        "url": f"https://example.invalid/s?id={post.native_id}",
        "status": "publish",
        "type": _type(post),
        "created_at": f"{say_minute(post.published_at)}:{post.published_at % 60:02d}",
        "publish_time": f"{say_minute(post.published_at)}:{post.published_at % 60:02d}",
    }


def _page(number: int, size: int, total: int) -> dict[str, int]:
    pages = -(-total // size)
    return {"page_no": number, "page_size": size, "total_count": total, "total_page": pages}


def _day(asked: Asked, name: str) -> date:
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        raise Refusal(BAD_PARAMETER) from None


def _served(
    answer: Callable[[Asked], dict[str, Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Baijiahao takes a form, JSON or a query, and answers 200 whatever happened."""

    async def handle(request: web.Request) -> web.Response:
        asked = dict(request.query)
        if request.content_type == "application/json":
            told = json.loads(await request.read() or b"{}")
            asked |= {str(name): str(value) for name, value in told.items()}
        elif request.method == "POST":
            asked |= {name: str(value) for name, value in (await request.post()).items()}
        try:
            content: dict[str, Any] = {"errno": 0, "errmsg": "成功", "data": answer(asked)}
        except Refusal as refusal:
            content = {"errno": refusal.code, "errmsg": SAYS[refusal.code], "data": []}
        return web.json_response(text=json.dumps(content, ensure_ascii=False))

    return handle


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The interface as `world` fills it; `now` is the platform's clock."""
    office = Office(world, now)
    app = web.Application()
    for name, answer in (
        ("articleListall", office.articles),
        ("articleStatistics", office.statistics),
        ("fansListall", office.fans),
    ):
        for method in ("GET", "POST"):
            app.router.add_route(method, f"{ROOT}/{name}", _served(answer))
    return app
