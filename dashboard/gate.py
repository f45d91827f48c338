"""The gate: every request and every message of a socket passes it, or is turned away.

Pure ASGI, so that it also stands before the socket over which Streamlit runs its scripts. A session
that ends while a socket is open closes that socket within seconds, whether anybody clicks or not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from dashboard import cookies, entrance
from dashboard.answers import PLAIN, Answer, Asked, go
from dashboard.doorway import Doorway
from dashboard.hooks import PREFIX as HOOKS
from dashboard.hooks import SIGNATURE
from dashboard.origins import foreign
from dashboard.receipts import PREFIX, Receipts
from dashboard.shell import Shell, wants_document
from dashboard.watched_socket import POLICY, WatchedSocket
from monitor.actions import sign_in

if TYPE_CHECKING:
    from dashboard.hooks import Hooks
    from monitor.domain.person import Session

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

ICON: Final = "/app/static/favicon.png"
OPEN: Final = ("/static/", "/app/static/", "/favicon", "/_stcore/health", "/manifest.json")
"""What anybody may fetch: Streamlit's own scripts, our style and icons, and whether it runs."""
ICONS: Final = ("/favicon.ico", "/favicon.png")
CLOSED: Final = ("/_stcore/agent", "/_stcore/metrics", "/_stcore/script-health-check")
"""Other ways into the same pages: nobody uses them here, so nobody may."""
LARGEST_FORM: Final = 16_384
LARGEST_PUSH: Final = 65_536
LARGEST_RECEIPT: Final = 262_144
"""The lines of a unit with a hundred accounts."""
LONGEST_AGENT: Final = 512
LOOK_EVERY: Final = 3.0
"""Seconds between two looks whether who holds an open socket may still hold it."""


class Gate:
    """Lets in who has a session, answers /auth/ itself, and dresses what leaves."""

    def __init__(
        self,
        app: Application,
        door: entrance.Entrance,
        now: Callable[[], int],
        hooks: Hooks | None = None,
    ) -> None:
        self.app = app
        self.door = door
        self.now = now
        self.shell = Shell(https=door.https, demo=door.sheets.demo)
        self.doorway = Doorway()
        self.look_every = LOOK_EVERY
        self.hooks = hooks
        self.receipts = Receipts(door.store, door.sheets, door.https, door.key)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] == "http":
            await self._request(scope, receive, self.shell.dressed(scope, send))
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if foreign(scope):
            await _reply(send, Answer(403, "请求来源不明，已拒绝", PLAIN))
            return
        if path.startswith(CLOSED):
            await _reply(send, Answer(404, "没有这个页面", PLAIN))
            return
        if path in ICONS:
            scope = {**scope, "path": ICON, "raw_path": ICON.encode()}
        if path.startswith(OPEN):
            await self.app(scope, receive, send)
            return
        if path.startswith((PREFIX, HOOKS)):
            await _reply(send, await self._without_login(scope, receive))
            return
        session = await self._session(scope)
        if path == "/auth" or path.startswith("/auth/"):
            await _reply(send, await self._at_the_door(scope, receive, session))
        elif session is None or session.person.must_change:
            await _reply(send, self._turned_away(scope, session))
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if foreign(scope) or not await self._admitted(scope):
            await receive()
            await send({"type": "websocket.close", "code": POLICY})
            return
        watched = WatchedSocket(receive, send, lambda: self._admitted(scope), self.look_every)
        await watched.run(lambda receive, send: self.app(scope, receive, send))

    async def _at_the_door(self, scope: Scope, receive: Receive, session: Session | None) -> Answer:
        body = await _body(receive, LARGEST_FORM)
        if body is None:
            return Answer(413, "提交的内容过大", PLAIN)
        asked = _asked(scope, body, session)
        if asked.method != "POST" or asked.path not in entrance.CHECKING:
            return await asyncio.to_thread(self.door.answer, asked)
        done = await self.doorway.check(asked.address, partial(self.door.answer, asked))
        return done if done is not None else self.door.busy()

    async def _receipt(self, scope: Scope, receive: Receive) -> Answer:
        """A form without login: whoever is signed in is nobody in particular here."""
        body = await _body(receive, LARGEST_RECEIPT)
        if body is None:
            return Answer(413, "提交的内容过大", PLAIN)
        return await asyncio.to_thread(self.receipts.answer, _asked(scope, body, None), self.now())

    async def _without_login(self, scope: Scope, receive: Receive) -> Answer:
        """A receipt link, or what a platform pushes."""
        if scope["path"].startswith(PREFIX):
            return await self._receipt(scope, receive)
        if self.hooks is None:
            return Answer(404, "没有这个页面", PLAIN)
        return await self._pushed(self.hooks, scope, receive)

    async def _pushed(self, hooks: Hooks, scope: Scope, receive: Receive) -> Answer:
        """What a platform pushes: nobody signs in, signatures are checked behind the door."""
        body = await _body(receive, LARGEST_PUSH)
        if body is None:
            return Answer(413, "提交的内容过大", PLAIN)
        signature = _header(scope, SIGNATURE).strip()
        return await asyncio.to_thread(hooks.answer, _asked(scope, body, None), signature)

    def _turned_away(self, scope: Scope, session: Session | None) -> Answer:
        """A page leads to the entrance and back; anything else is just refused."""
        if not wants_document(scope):
            return Answer(401, "请重新登录", PLAIN)
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = sign_in.safe_path(scope["path"] + (f"?{query}" if query else ""))
        way = entrance.LOGIN if session is None else entrance.PASSWORD
        return go(f"{way}?next={quote(wanted, safe='/')}" if wanted != "/" else way)

    async def _admitted(self, scope: Scope) -> bool:
        session = await self._session(scope)
        return session is not None and not session.person.must_change

    async def _session(self, scope: Scope) -> Session | None:
        """Asked of the store in a thread; whoever shows no token costs neither."""
        door = self.door
        token = cookies.read(_header(scope, b"cookie"), cookies.SESSION, https=door.https)
        if token is None:
            return None
        now = self.now()
        return await asyncio.to_thread(sign_in.session_of, door.store, token, now, door.lasting)


def _header(scope: Scope, name: bytes) -> str:
    found = [value for key, value in scope["headers"] if key.lower() == name]
    return b"; ".join(found).decode("latin-1")


def _asked(scope: Scope, body: bytes, session: Session | None) -> Asked:
    return Asked(
        method=scope["method"],
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        cookies=_header(scope, b"cookie"),
        body=body,
        address=(scope.get("client") or ("", 0))[0],
        agent=_header(scope, b"user-agent")[:LONGEST_AGENT],
        session=session,
    )


async def _body(receive: Receive, largest: int) -> bytes | None:
    """All of a form; None where it is larger than any of ours."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > largest:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return bytes(body)


async def _reply(send: Send, answer: Answer) -> None:
    content = answer.content.encode()
    headers = [*answer.headers(), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
