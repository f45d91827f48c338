"""A platform that really publishes while a browser test goes on, and the machine that reads it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from monitor.access.ciphers import KeyRing
from monitor.clock import now
from monitor.collect.loop import EventLoop
from monitor.demo.servers import mint, weibo
from monitor.demo.world import WorldAccount, WorldPost
from monitor.domain.instants import DAY, MINUTE, to_second
from monitor.record.store import Store
from monitor.runs import collect, credentials, match
from monitor.runs.parts import Pace, Parts
from tests.demo.small_world import SmallWorld, an_account
from tests.e2e.running import KEY
from tests.service.parts import some_parts


@dataclass
class Weibo:
    """微博 with a few accounts: what they publish stands there, and is read over HTTP."""

    parts: Parts
    loop: EventLoop
    accounts: dict[str, WorldAccount]
    written: dict[str, list[WorldPost]] = field(default_factory=dict)

    def publish(self, name: str, text: str) -> None:
        """A post of one account, now; it is there as soon as the second is over."""
        at, account = to_second(now()), self.accounts[name]
        number = sum(map(len, self.written.values()))
        post = WorldPost(native_id=str(at * 1_000 + number), published_at=at, title=text)
        self.written[account.uid].append(post)
        over = threading.Event()
        while to_second(now()) <= at:
            over.wait(0.02)

    def look(self) -> None:
        """What the machine does every few minutes: it reads the platform, and compares."""
        collect.run(self.parts, self.loop, "weibo")
        match.run(self.parts)


@contextmanager
def publishing(store: Store, names: dict[str, str]) -> Iterator[Weibo]:
    """The platform with the accounts of these names and ids, which agreed to be read."""
    accounts = {
        name: an_account(platform="weibo", uid=uid, name=name, appid="", secret="seal")
        for name, uid in names.items()
    }
    written: dict[str, list[WorldPost]] = {uid: [] for uid in names.values()}
    app = weibo.application(SmallWorld(list(accounts.values()), written), now)
    runner = web.AppRunner(app, access_log=None)

    async def up() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    with EventLoop() as loop:
        pace = Pace(base_url=f"http://127.0.0.1:{loop.run(up())}", per_second=500, deepest_days=2)
        ring = KeyRing((bytes.fromhex(KEY),))
        parts = some_parts(store, now, keys=lambda: ring, paces={"weibo": pace})
        _agreed(parts, accounts)
        yield Weibo(parts, loop, accounts, written)
        loop.run(runner.cleanup())


def _agreed(parts: Parts, accounts: dict[str, WorldAccount]) -> None:
    since = to_second(now()) - MINUTE
    keys = {
        each.uid: {"access_token": mint.first("weibo", "access", each, since, 30 * DAY)}
        for each in accounts.values()
    }
    shared = {"app_key": weibo.APP_KEY, "app_secret": weibo.APP_SECRET}
    every = {"": shared, **keys}
    nonces = {uid: f"{at:012}".encode() for at, uid in enumerate(every)}
    credentials.put_many(parts, "weibo", every, nonces)
