"""Hosts a platform's stand-in on loopback, counts what it is asked, and spoils what it answers."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
from aiohttp import web

from monitor.collect.http import LARGEST
from monitor.collect.loop import EventLoop
from monitor.collect.retry import Patience
from monitor.collect.sweep import Gear, Pace, sweep
from monitor.collect.vault import Pocket, Vault
from monitor.demo.world import WorldPost
from monitor.domain.collecting import Harvest, Known, Target
from monitor.domain.instants import to_second
from tests.demo.small_world import SmallWorld
from tests.kits.bench import Bench

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Spoil = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Meddler:
    """A middleware: lets `after` requests pass, and then `spoil` answers instead."""

    spoil: Spoil | None = None
    after: int = 0
    only: str = ""
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)

    def fits(self, app: web.Application) -> web.Application:
        """Put it in front of `app`."""

        @web.middleware
        async def meddle(request: web.Request, handler: Handler) -> web.StreamResponse:
            body = await request.read()
            self.asked.append((request.method, request.path, body))
            self.queries.append(request.query_string)
            if self.spoil and len(self.asked) > self.after and self.only in request.path:
                return await self.spoil(request)
            return await handler(request)

        app.middlewares.append(meddle)
        return app


def answers(status: int, body: bytes, **headers: str) -> Spoil:
    """A spoiler that always answers the same."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def spoil(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers=named)

    return spoil


async def hangs_up(request: web.Request) -> web.StreamResponse:
    """Cut the connection before a word is said."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def breaks_off(request: web.Request) -> web.StreamResponse:
    """Promise a thousand bytes and cut the connection after ten."""
    response = web.StreamResponse(headers={"content-length": "1000"})
    await response.prepare(request)
    await response.write(b'{"list": [')
    assert request.transport is not None
    request.transport.abort()
    return response


SPOILERS: dict[str, Spoil] = {
    "a web page": answers(200, b"<!DOCTYPE html><html><body>login</body></html>"),
    "half a JSON": answers(200, b'{"list": [{"ref_date": "2026-'),
    "nothing": answers(200, b""),
    "a list": answers(200, b"[1, 2]"),
    "an empty object": answers(200, b"{}"),
    "the wrong types": answers(200, b'{"list": 7, "errcode": "x", "access_token": []}'),
    "bytes that are no text": answers(200, b"\xff\xfe\x00\xd8"),
    "a nest without a bottom": answers(200, b"[" * 100_000),
    "too much": answers(200, b" " * (LARGEST + 1)),
    "a broken gzip": answers(200, b"not gzip at all", content_encoding="gzip"),
    "a redirect": answers(302, b"", location="http://127.0.0.1:9/elsewhere"),
    "not found": answers(404, b"{}"),
    "forbidden": answers(403, b"{}"),
    "too many": answers(429, b"{}", retry_after="86400"),
    "out of service": answers(503, b"{}"),
    "silence": hangs_up,
    "a cut in the middle": breaks_off,
}


def dated(app: web.Application, now: Callable[[], datetime]) -> web.Application:
    """Let the server's clock show `now`: platforms date their answers, and clocks are compared.

    Before the answer is prepared: by then aiohttp has dated it by the machine's own clock.
    """

    @web.middleware
    async def date(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            answer = await handler(request)
        except web.HTTPException as refusal:
            refusal.headers.setdefault("Date", format_datetime(now(), usegmt=True))
            raise
        answer.headers.setdefault("Date", format_datetime(now(), usegmt=True))
        return answer

    app.middlewares.insert(0, date)
    return app


async def no_nap(_: float) -> None:
    """Wait in no time."""


def by_reader(targets: Iterable[Target]) -> dict[str, list[Target]]:
    """The targets of each reader, in their order."""
    queues: dict[str, list[Target]] = {}
    for target in targets:
        queues.setdefault(target.reader_key, []).append(target)
    return queues


@contextmanager
def hosted(loop: EventLoop, app: web.Application) -> Iterator[str]:
    """`app` on a free port of loopback, served by the same event loop; gives its address."""
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)

    async def start() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    port = loop.run(start())
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.run(runner.cleanup())


@dataclass
class Trial:
    """One account of a bench and its server; `read` makes one pass through a real sweep.

    `reader` is the key of the reader under trial: that of the bench.
    """

    loop: EventLoop
    bench: Bench
    reader: str = ""
    known: Known = field(default_factory=Known)
    hours_later: float = 0
    patience: Patience = field(default_factory=Patience)
    client: httpx.AsyncClient | None = None
    vault: Vault | None = None
    account_id: int = 7

    @property
    def target(self) -> Target:
        """The account as the registry would hand it over."""
        account = self.bench.account
        return Target(
            self.account_id,
            account.platform,
            account.uid,
            account.name,
            dict(self.bench.secrets),
            self.known,
            self.reader or account.platform,
        )

    def world(self, fault: str = "") -> SmallWorld:
        """The world the server answers from."""
        account = replace(self.bench.account, fault=fault)
        posts = (*self.bench.posts, *self.bench.later)
        return SmallWorld([account], {account.uid: posts})

    def with_posts(self, *posts: WorldPost) -> "Trial":
        """The same with these posts and no later ones."""
        return replace(self, bench=replace(self.bench, posts=posts, later=()))

    def read(self, meddler: Meddler | None = None, fault: str = "") -> Harvest:
        """One pass over the account."""
        app = self.bench.server(self.world(fault), self.now)
        with hosted(self.loop, (meddler or Meddler()).fits(dated(app, self.now))) as url:
            return self.read_from(url)

    def read_from(self, url: str) -> Harvest:
        """One pass over the account at this address."""
        harvests: list[Harvest] = []
        pace = Pace(base_url=url, per_second=100_000)
        gear = Gear(
            client=self.client or self.loop.client,
            now=self.now,
            paces={self.target.reader_key: pace},
            patience=self.patience,
            vault=self.vault or Pocket(lambda: to_second(self.now())),
            nap=no_nap,
        )
        self.loop.run(sweep(by_reader([self.target]), gear, harvests.append))
        [harvest] = harvests
        return harvest

    def now(self) -> datetime:
        """The instant of the pass, for collector and server alike."""
        return self.bench.now + timedelta(hours=self.hours_later)
