"""Two hundred sign-in attempts at once, and how long another person's page takes meanwhile."""

import asyncio
import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.figures import ROUNDS, Figure
from monitor.actions import people
from monitor.clock import now
from monitor.domain.person import Grant, Role
from monitor.record import migrate
from monitor.record.store import open_store
from tests.e2e.conftest import free_port
from tests.e2e.running import PASSWORD, Desk, start

AT_ONCE = 200
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
    connector = aiohttp.TCPConnector(limit=0)
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(desk.url, cookie_jar=jar) as worker,
        aiohttp.ClientSession(desk.url, connector=connector) as strangers,
    ):
        await _post(worker, await _form(worker), "editor", PASSWORD, "10.9.9.9")
        form = await _form(strangers)
        page = await _open_page(worker)
        rounds = [await _round(page, strangers, form, number) for number in range(ROUNDS)]
    ratios = [busy / calm for calm, busy, _ in rounds]
    note = f"page {median(calm for calm, _, _ in rounds) * 1000:.0f} ms in peace, "
    note += f"slowest meanwhile {max(worst for _, _, worst in rounds) * 1000:.0f} ms"
    spread = (min(ratios), max(ratios))
    name = f"page while {AT_ONCE} sign in at once / in peace"
    return [Figure(name, median(ratios), BOUND, "lower", "x", None, spread, note)]


Run = Callable[[], Awaitable[float]]


async def _round(
    page: Run, strangers: aiohttp.ClientSession, form: str, number: int
) -> tuple[float, float, float]:
    """Seconds of a page in peace, of one during the burst, and of the slowest of those (medians).

    Every stranger comes from an address of his own: no lock-out of an address spares the work.
    """
    calm = [await page() for _ in range(CALM_RUNS)]
    tries = [
        _post(strangers, form, f"g{number}.{each}", "Wrong-Pass-1", f"10.{number}.1.{each}")
        for each in range(AT_ONCE)
    ]
    burst = asyncio.gather(*tries)
    busy = [await page()]
    while not burst.done():
        busy.append(await page())
    await burst
    return median(calm), median(busy), max(busy)


async def _form(client: aiohttp.ClientSession) -> str:
    async with client.get("/auth/login") as answer:
        found = re.search(r'name="form" value="([^"]*)"', await answer.text())
    assert found is not None
    return found[1]


async def _post(
    client: aiohttp.ClientSession, form: str, login: str, password: str, address: str
) -> int:
    fields = {"form": form, "login": login, "password": password, "next": "/"}
    headers = {"x-forwarded-for": address}
    told = client.post("/auth/login", data=fields, headers=headers, allow_redirects=False)
    async with told as answer:
        await answer.read()
        return answer.status


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
