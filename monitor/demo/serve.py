"""Serves the invented province's platforms on loopback: `python -m monitor.demo.serve --port N`."""

import argparse
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Final

from aiohttp import web

from monitor.demo.province import FIRST_DAY, Province
from monitor.demo.remembering import Remembering
from monitor.demo.servers import (
    baijiahao,
    bilibili,
    channels,
    douyin,
    feeds,
    gsdata,
    kuaishou,
    links,
    newrank,
    wechat,
    weibo,
)
from monitor.demo.world import World
from monitor.leash import follow_parent

HOST: Final = "127.0.0.1"
PLATFORMS: Final = {
    "weibo": weibo.application,
    "kuaishou": kuaishou.application,
    "bilibili": bilibili.application,
    "baijiahao": baijiahao.application,
    "channels": channels.application,
    "gsdata": gsdata.application,
    "newrank": newrank.application,
    "feeds": feeds.application,
    "links": links.application,
}
"""Each platform answers below its own name: http://127.0.0.1:N/weibo."""
PUSHING: Final = {
    "wechat": (wechat.application, "wechat_open"),
    "douyin": (douyin.application, "douyin"),
}
"""Platforms that also speak by themselves, and the reader they speak to."""


def application(world: World, now: Callable[[], datetime], desk: str = "") -> web.Application:
    """All platforms of `world`, and /health for whoever waits until they answer.

    `desk` is where those that push send to; '' where nobody listens.
    """
    root = web.Application()
    root.on_response_prepare.append(_dater(now))

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    root.router.add_get("/health", health)
    for name, make in PLATFORMS.items():
        root.add_subapp(f"/{name}", make(world, now))
    for name, (pushes, reader) in PUSHING.items():
        receiver = f"{desk}/hooks/{reader}" if desk else ""
        root.add_subapp(f"/{name}", pushes(world, now, receiver))
    return root


def _dater(
    now: Callable[[], datetime],
) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Every answer bears the date of the platforms' own clock."""

    async def dated(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = format_datetime(now(), usegmt=True)

    return dated


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM, or until a supervising parent is gone; 3 if the port is taken."""
    asked = _parse(arguments)
    try:
        listening = socket.create_server((HOST, asked.port))
    except OSError:
        sys.stderr.write(f"演示平台无法启动:端口 {asked.port} 已被占用,请换一个端口\n")
        return 3
    if not asked.port:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
    follow_parent()
    app = application(Remembering(Province(asked.seed, asked.first_day)), _now, asked.desk)
    # One second for open requests: the default of sixty would hold up the stop.
    web.run_app(app, sock=listening, shutdown_timeout=1, print=None, access_log=None)
    return 0


def _now() -> datetime:
    # The servers know the nouns and nothing else of the product, its clock included.
    return datetime.now(UTC)  # noqa: TID251  # a platform has a clock of its own


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="演示用的平台替身服务器,只在本机监听")
    parser.add_argument("--port", type=int, required=True, help="0:任取空闲端口并打印出来")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--first-day", type=date.fromisoformat, default=FIRST_DAY)
    parser.add_argument("--desk", default="", help="工作台地址:平台的推送发到那里")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
