"""Sweeps of the loopback platforms: against the bound of their limits, bare transports, in memory.

The bound of a sweep is the time of its longest bucket: of each reader, calls / min(rate,
concurrency / latency). Rate and concurrency are the pace of the reader, latency that of the answer.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp
import httpx

from bench import platforms, sweeping
from bench.figures import Figure, Timing, interleave, ratio
from monitor.collect import http
from monitor.record import migrate
from monitor.record.store import open_store
from tests.kits.bench import BENCHES

LATENCY = 0.05
RATE = 80.0
AT_ONCE = 8
UNLIMITED = 1e6
MORE = 4
"""How many times the accounts the second measuring of memory has."""
SMALL_PART = 10
"""The sweep held against the transport reads one account in so many."""
CALLS = 3000
"""Questions of one round of a transport."""
WORKERS = 64


@dataclass(frozen=True)
class Swept:
    """What one sweep took."""

    seconds: float
    peak_mb: float
    own_mb: float
    asked: dict[str, int]
    whole: bool

    @property
    def calls(self) -> int:
        """The questions of all readers."""
        return sum(self.asked.values())


def bound(asked: dict[str, int], rate: float, at_once: int, latency: float) -> float:
    """Seconds no sweep can be faster than, by the longest bucket."""
    return max(calls / min(rate, at_once / latency) for calls in asked.values())


def run(folder: Path, accounts: int) -> list[Figure]:
    """Pace, transport, the whole sweep beside it, memory."""
    few = sweep(folder, accounts, UNLIMITED, 0, 0)
    return [
        _pace(sweep(folder, accounts, RATE, LATENCY, int(RATE * 240))),
        *_transport(folder, accounts // SMALL_PART),
        *_memory(few, sweep(folder, accounts * MORE, UNLIMITED, 0, 0)),
    ]


def sweep(folder: Path, accounts: int, rate: float, latency: float, per_minute: int) -> Swept:
    """One sweep of so many accounts, in a process of its own over a new store."""
    with platforms.running(latency) as places:
        return _swept(folder, accounts, places, rate, per_minute)


def _swept(
    folder: Path, accounts: int, places: dict[str, str], rate: float, per_minute: int
) -> Swept:
    path = folder / f"sweep-{accounts}.db"
    _store(path, accounts)
    told = {"places": places, "per_second": rate, "at_once": AT_ONCE, "per_minute": per_minute}
    command = [sys.executable, "-m", "bench.sweeping", f"sqlite:///{path}", json.dumps(told)]
    before = _asked(places)
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    after = _asked(places)
    for left in path.parent.glob(path.name + "*"):
        left.unlink()
    told = json.loads(done.stdout)
    asked = {name: calls - before.get(name, 0) for name, calls in after.items()}
    whole = told["ends"] == {"完整": accounts}
    return Swept(told["seconds"], told["peak_mb"], told["own_mb"], asked, whole)


def _store(path: Path, accounts: int) -> None:
    """A new store with the accounts; made by a process that is not measured."""
    now = BENCHES.get("wechat").now
    store = open_store(f"sqlite:///{path}", lambda: now)
    migrate.upgrade(store)
    sweeping.fill(store, now, accounts)
    store.close()


def _asked(places: dict[str, str]) -> dict[str, int]:
    answer = httpx.get(next(iter(places.values())) + platforms.COUNTED, trust_env=False)
    return {str(name): int(calls) for name, calls in answer.json().items()}


def _pace(swept: Swept) -> Figure:
    assert swept.whole, swept
    least = bound(swept.asked, RATE, AT_ONCE, LATENCY)
    note = f"{swept.seconds:.1f} s for {swept.calls} calls"
    name = "sweep with latency and limits / bound of its limits"
    return Figure(name, swept.seconds / least, 1.15, "lower", "x", least, None, note)


def _memory(few: Swept, many: Swept) -> list[Figure]:
    assert few.whole, few
    assert many.whole, many
    more = 100 * (many.own_mb / few.own_mb - 1)
    note = f"{many.own_mb:.0f} MB own, {many.peak_mb:.0f} MB with the database file's mapped pages"
    return [
        Figure("sweep, peak memory", few.peak_mb, 300, "lower", "MB"),
        Figure(
            f"sweep, more memory of its own for {MORE} x the accounts",
            more,
            10,
            "lower",
            "%",
            None,
            None,
            note,
        ),
    ]


def _transport(folder: Path, accounts: int) -> list[Figure]:
    """Calls a second of our transport against aiohttp's own and httpx's own, and of a whole sweep
    against our transport's; all of them meet the same server."""
    with platforms.running() as places:
        url = places["weibo"]
        _swept(folder, accounts, places, UNLIMITED, 0)  # the stand-ins remember their answers
        sweeps: list[Swept] = []
        times = interleave(
            lambda: asyncio.run(_ours(url)),
            lambda: asyncio.run(_bare(url)),
            lambda: asyncio.run(_plain_httpx(url)),
            lambda: sweeps.append(_swept(folder, accounts, places, UNLIMITED, 0)),
        )
    ours, bare, plain, _ = times
    each = tuple(swept.seconds / swept.calls * CALLS for swept in sweeps)
    return [
        _speed("transport / bare aiohttp, calls a second", bare, ours, 0.25),
        _speed("transport / httpx's own, calls a second", plain, ours, 5),
        _speed("whole sweep / transport, calls a second", ours, Timing(each), 0.5),
    ]


def _speed(name: str, theirs: Timing, ours: Timing, least: float) -> Figure:
    """How many times as fast ours is: the seconds of theirs over the seconds of ours."""
    times, spread = ratio(theirs, ours)
    note = f"{CALLS / ours.median:.0f} against {CALLS / theirs.median:.0f}"
    return Figure(name, times, least, "higher", "x", None, spread, note)


async def _many(ask: Callable[[], Awaitable[object]]) -> None:
    """`CALLS` questions, `WORKERS` at a time."""
    left = iter(range(CALLS))

    async def work() -> None:
        for _ in left:
            await ask()

    async with asyncio.TaskGroup() as group:
        for _ in range(WORKERS):
            group.create_task(work())


async def _ours(url: str) -> None:
    async with http.open_client() as client:
        request = http.Request("GET", url + platforms.PAGE, "列表", named=url)
        await _many(partial(http.fetch, client, request))


async def _bare(url: str) -> None:
    connector = aiohttp.TCPConnector(limit=WORKERS)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask() -> None:
            async with session.get(url + platforms.PAGE) as answer:
                await answer.read()

        await _many(ask)


async def _plain_httpx(url: str) -> None:
    limits = httpx.Limits(max_connections=WORKERS, max_keepalive_connections=WORKERS)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=60) as client:
        await _many(lambda: client.get(url + platforms.PAGE))
