"""Asks a stand-in by plain HTTP, as its platform's documents tell; shares nothing with it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.demo.hosting import hosted


@dataclass
class Asker:
    """Asks one stand-in; `query` goes with every question."""

    session: aiohttp.ClientSession
    url: str
    query: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, **query: str) -> tuple[int, Any]:
        """The status and the JSON of a GET."""
        return await self._ask("GET", path, query)

    async def post(self, path: str, **form: str) -> tuple[int, Any]:
        """The status and the JSON of a POST of form fields."""
        return await self._ask("POST", path, {}, data=form)

    async def send(self, path: str, body: Mapping[str, object], **query: str) -> tuple[int, Any]:
        """The status and the JSON of a POST of a JSON body."""
        return await self._ask("POST", path, query, json=body)

    async def page(self, path: str, **query: str) -> str:
        """The words of a page."""
        async with self.session.get(self.url + path, params={**self.query, **query}) as answer:
            assert answer.content_type == "text/html"
            return await answer.text()

    async def _ask(
        self, method: str, path: str, query: Mapping[str, str], **content: Any
    ) -> tuple[int, Any]:
        params = {**self.query, **query}
        async with self.session.request(method, self.url + path, params=params, **content) as said:
            assert said.content_type == "application/json"
            return said.status, await said.json()


Story = Callable[[Asker], Awaitable[None]]


def tell(app: web.Application, story: Story) -> None:
    """Run a story against a server on a free port of loopback."""

    async def run() -> None:
        async with hosted(app) as (session, url):
            await story(Asker(session, url))

    asyncio.run(run())
