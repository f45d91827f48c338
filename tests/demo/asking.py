"""Asks a stand-in by plain HTTP, as its documents tell; shares nothing with what answers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from tests.demo.hosting import hosted


@dataclass
class Asker:
    """A session, and the address below which the stand-in answers."""

    session: aiohttp.ClientSession
    url: str

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        async with self.session.get(f"{self.url}{path}", params=query) as answer:
            assert answer.status == 200
            return dict(await answer.json(content_type=None))

    async def form(self, path: str, **fields: str) -> dict[str, Any]:
        async with self.session.post(f"{self.url}{path}", data=fields) as answer:
            assert answer.status == 200
            return dict(await answer.json(content_type=None))

    async def text(self, path: str, **query: str) -> tuple[int, str]:
        async with self.session.get(f"{self.url}{path}", params=query) as answer:
            return answer.status, await answer.text()


def asked(app: web.Application, story: Callable[[Asker], Awaitable[None]]) -> None:
    """Tell a story to `app` on a free port of loopback."""

    async def run() -> None:
        async with hosted(app) as (session, url):
            await story(Asker(session, url))

    asyncio.run(run())
