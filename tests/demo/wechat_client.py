"""Asks the WeChat stand-in by plain HTTP, as its documents tell; shares nothing with it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from tests.demo.hosting import hosted
from tests.demo.small_world import an_account

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
YESTERDAY = "2026-11-22"


@dataclass
class Client:
    """Asks the stand-in; `token` is put into every question that needs one."""

    session: aiohttp.ClientSession
    url: str
    token: str = ""

    async def post(self, path: str, body: object) -> dict[str, Any]:
        return await self.raw("POST", path, json.dumps(body).encode())

    async def raw(self, method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        query = {"access_token": self.token} if self.token else {}
        url = f"{self.url}{path}"
        async with self.session.request(method, url, params=query, data=body) as answer:
            assert answer.status == 200
            assert answer.content_type == "application/json"
            return dict(await answer.json())

    async def authorise(self, **changes: Any) -> dict[str, Any]:
        account = an_account()
        keys = {"appid": account.appid, "secret": account.secret}
        body = {"grant_type": "client_credential", **keys, **changes}
        answer = await self.post("/cgi-bin/stable_token", body)
        self.token = answer.get("access_token", "")
        return answer

    async def cube(self, name: str, begin: str, end: str | None = None) -> dict[str, Any]:
        return await self.post(f"/datacube/{name}", {"begin_date": begin, "end_date": end or begin})

    async def posts_of(self, day: str) -> list[dict[str, Any]]:
        return list((await self.cube("getarticletotaldetail", day))["list"])


Story = Callable[[Client], Awaitable[None]]
Tell = Callable[..., None]


async def told(story: Story, app: web.Application) -> None:
    """Run a story against a server on a free port of loopback."""
    async with hosted(app) as (session, url):
        await story(Client(session, url))
