"""What a stand-in does by itself while it lives, in a task of its own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from aiohttp import web

Context = Callable[[web.Application], AsyncIterator[None]]


def beating(live: Callable[[], Coroutine[Any, Any, None]]) -> Context:
    """A context of an application: `live` runs from its start until it is cleaned up."""

    async def context(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(live())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    return context
