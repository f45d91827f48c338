"""A stand-in for the hosts of service menus: pages that open, and those of a lapsed contract."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from monitor.demo.world import World


def application(_world: World, _now: Callable[[], datetime]) -> web.Application:
    """GET and HEAD /<host>/<path>: what lies below `expired` was served by a provider who left."""
    app = web.Application()
    app.router.add_get("/{host}/{path:.*}", _page)
    return app


async def _page(request: web.Request) -> web.Response:
    if request.match_info["path"].startswith("expired/"):
        return web.Response(status=404, text="页面不存在(演示)")
    return web.Response(text="办事页面(演示)")
