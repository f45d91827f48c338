"""A stand-in for a house's own feed server: RSS, Atom and JSON Feed of what stands on a page."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from aiohttp import web

from monitor.demo.servers.shown import standing
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import from_second, to_second

SHOWN: Final = 20
"""A feed shows the newest posts only; what is older is nobody's evidence here."""
GONE: Final = frozenset({"expired", "revoked", "unauthorized"})


class Office:
    """Answers each address from the world, at the instant `now` gives."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now

    def feed(self, request: web.Request) -> web.Response:
        """GET /<platform>/<uid>.<rss, atom or json>."""
        platform, name = request.match_info["platform"], request.match_info["uid"]
        account = next((x for x in self._world.accounts(platform) if x.uid == name), None)
        if account is None or account.fault in GONE:
            return web.Response(status=404, text="<h1>404</h1>", content_type="text/html")
        if account.fault == "quota":
            return web.Response(status=429, text="", headers={"retry-after": "3600"})
        posts = standing(self._world, account, to_second(self._now()))[:SHOWN]
        return WRITERS[request.match_info["form"]](account, posts)


def _rss(account: WorldAccount, posts: Sequence[WorldPost]) -> web.Response:
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{_link(account, post)}</link>"
        f'<guid isPermaLink="false">{escape(post.native_id)}</guid>'
        f"<description>{escape(_html(post))}</description>"
        f"<pubDate>{format_datetime(from_second(post.published_at))}</pubDate></item>"
        for post in posts
    )
    head = f"<title>{escape(account.name)}</title><link>https://example.invalid</link>"
    body = f'<rss version="2.0"><channel>{head}<description/>{items}</channel></rss>'
    return web.Response(
        text=f'<?xml version="1.0" encoding="UTF-8"?>{body}', content_type="text/xml"
    )


def _atom(account: WorldAccount, posts: Sequence[WorldPost]) -> web.Response:
    entries = "".join(
        f"<entry><title>{escape(post.title)}</title><id>{escape(post.native_id)}</id>"
        f'<link href="{_link(account, post)}"/>'
        f"<published>{_iso(post)}</published><updated>{_iso(post)}</updated>"
        f'<content type="html">{escape(_html(post))}</content></entry>'
        for post in posts
    )
    head = f"<title>{escape(account.name)}</title><id>{escape(account.uid)}</id>"
    body = f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'
    return web.Response(
        text=f'<?xml version="1.0" encoding="UTF-8"?>{body}', content_type="application/atom+xml"
    )


def _json(account: WorldAccount, posts: Sequence[WorldPost]) -> web.Response:
    items: list[dict[str, Any]] = [
        {
            "id": post.native_id,
            "url": _link(account, post),
            "title": post.title,
            "content_html": _html(post),
            "date_published": _iso(post),
        }
        for post in posts
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": account.name, "items": items}
    text = json.dumps(feed, ensure_ascii=False)
    return web.Response(text=text, content_type="application/feed+json")


def _html(post: WorldPost) -> str:
    paragraphs = escape(post.text).split("\n")
    return "".join(f"<p>{each}</p>" for each in paragraphs if each)


def _link(account: WorldAccount, post: WorldPost) -> str:
    return f"https://example.invalid/{account.platform}/{escape(post.native_id)}"


def _iso(post: WorldPost) -> str:
    return from_second(post.published_at).isoformat()


WRITERS: Final[dict[str, Callable[[WorldAccount, Sequence[WorldPost]], web.Response]]] = {
    "rss": _rss,
    "atom": _atom,
    "json": _json,
}


def application(world: World, now: Callable[[], datetime]) -> web.Application:
    """The feed server as `world` fills it; `now` is its clock."""
    office = Office(world, now)

    async def handle(request: web.Request) -> web.Response:
        return office.feed(request)

    answer: Callable[[web.Request], Awaitable[web.Response]] = handle
    app = web.Application()
    app.router.add_get(r"/{platform}/{uid}.{form:rss|atom|json}", answer)
    return app
