"""Two hundred sign-in attempts at once, and how long another person's page takes meanwhile."""

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import crowd
from bench.figures import ROUNDS, Figure
from monitor.actions import people
from monitor.clock import now
from monitor.domain.person import Grant, Role
from monitor.record import migrate
from monitor.record.store import open_store
from tests.e2e.conftest import free_port
from tests.e2e.running import PASSWORD, Desk, start

BOUND = 2.0
CALM_RUNS = 12


def run(folder: Path) -> list[Figure]:
    """The running dashboard, a person at work on it, and a burst at its entrance."""
    place = folder / "entrance"
    place.mkdir()
    url = f"sqlite:///{place / 'store.db'}"
    store = open_store(url, now)
    migrate.upgrade(store)
    grants = (Grant(Role.EDITOR, "/"),)
    new = people.NewPerson("editor", "周某(演示)", grants, PASSWORD, must_change=False)
    people.enrol(store, None, new)
    store.close()
    desk = start(url, free_port(), place, DASHBOARD__TRUSTED_PROXIES='["127.0.0.1"]')
    try:
        return asyncio.run(_measure(desk))
    finally:
        desk.stop()
        shutil.rmtree(place)


async def _measure(desk: Desk) -> list[Figure]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(desk.url, cookie_jar=jar) as worker:
        await crowd.sign_in(worker, await crowd.form_of(worker), "editor", PASSWORD, "10.9.9.9")
        page = await _open_page(worker)
        rounds = [await _round(page, desk.url, number) for number in range(ROUNDS)]
    ratios = [each.busy / each.calm for each in rounds]
    note = f"page {median(each.calm for each in rounds) * 1000:.0f} ms in peace, "
    note += f"slowest meanwhile {max(each.slowest for each in rounds) * 1000:.0f} ms, "
    note += f"{min(each.checked for each in rounds)} passwords checked, "
    note += f"load {os.getloadavg()[0]:.1f}"
    spread = (min(ratios), max(ratios))
    name = f"page while {crowd.AT_ONCE} sign in at once / in peace"
    return [Figure(name, median(ratios), BOUND, "lower", "x", None, spread, note)]


Run = Callable[[], Awaitable[float]]


@dataclass(frozen=True)
class Round:
    """Seconds of a page in peace and of one during the burst (medians), of the slowest of those,
    and how many of the attempts were checked rather than sent away."""

    calm: float
    busy: float
    slowest: float
    checked: int


async def _round(page: Run, url: str, number: int) -> Round:
    """Pages in peace, then as many as fit while the crowd knocks."""
    calm = [await page() for _ in range(CALM_RUNS)]
    knocking = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.crowd", url, str(number), stdin=PIPE, stdout=PIPE
    )
    assert knocking.stdout is not None
    assert knocking.stdin is not None
    await knocking.stdout.readline()
    knocking.stdin.write(b"now\n")
    done = asyncio.create_task(knocking.stdout.readline())
    busy = [await page()]
    while not done.done():
        busy.append(await page())
    tried, checked = (int(each) for each in (await done).split())
    assert tried == crowd.AT_ONCE
    await knocking.wait()
    return Round(median(calm), median(busy), max(busy), checked)


async def _open_page(client: aiohttp.ClientSession) -> Run:
    """What runs the home page's script once more over its socket, as a click does."""
    socket = await client.ws_connect("/_stcore/stream", protocols=("streamlit",), max_msg_size=0)

    async def once() -> float:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        began = perf_counter()
        await socket.send_bytes(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(await socket.receive_bytes())
            if message.WhichOneof("type") == "script_finished":
                return perf_counter() - began

    await once()
    return once
