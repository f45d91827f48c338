"""A watched socket: open only as long as the session behind it, whether anything is said or not."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, Final

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
POLICY: Final = 1008
GONE: Final[Message] = {"type": "websocket.disconnect", "code": POLICY}


class WatchedSocket:
    """Stands between a socket and the application.

    `admitted` is asked at each message that comes in and every `look_every` seconds besides; once
    it says no, the browser is told that the socket is closed and the application that it is gone.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        admitted: Callable[[], Awaitable[bool]],
        look_every: float,
    ) -> None:
        self._receive = receive
        self._send = send
        self._admitted = admitted
        self._look_every = look_every
        self._over = asyncio.Event()

    async def run(self, serve: Callable[[Receive, Send], Awaitable[None]]) -> None:
        """Serve the socket until either side ends it."""
        watching = asyncio.ensure_future(self._watch())
        try:
            await serve(self.receive, self.send)
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    async def receive(self) -> Message:
        """The next message, or that the socket is gone."""
        coming = asyncio.ensure_future(self._receive())
        ending = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
            if self._over.is_set():
                return GONE
        finally:
            ending.cancel()
            if not coming.done():
                coming.cancel()
        message = coming.result()
        if message["type"] == "websocket.receive" and not await self._admitted():
            await self._close()
            return GONE
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on to the browser, unless the socket was closed."""
        if not self._over.is_set():
            await self._send(message)

    async def _watch(self) -> None:
        while not self._over.is_set():
            await asyncio.sleep(self._look_every)
            if not await self._admitted():
                await self._close()

    async def _close(self) -> None:
        if not self._over.is_set():
            self._over.set()
            await self._send({"type": "websocket.close", "code": POLICY})
