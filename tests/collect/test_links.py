"""Links are asked politely, each hop through the guard; our own silence condemns nobody."""

import asyncio
from collections import Counter

import httpx
import pytest
from aiohttp import web

from monitor.collect.links import Asking
from monitor.collect.loop import EventLoop
from monitor.domain.service_link import Answer, Probe
from tests.kits.platform_server import hosted

CASES = {
    "fine": Answer.WORKS,
    "no-head": Answer.WORKS,
    "moved": Answer.WORKS,
    "gone": Answer.FAILS,
    "broken": Answer.FAILS,
    "moved-gone": Answer.FAILS,
    "no-machines": Answer.UNKNOWN,
    "round": Answer.UNKNOWN,
}


def server(asked: Counter[str]) -> web.Application:
    async def page(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        asked[f"{request.method} {name}"] += 1
        moved = {"moved": "fine", "moved-gone": "gone", "round": "round"}
        if name in moved:
            return web.Response(status=302, headers={"location": moved[name]})
        status = {"gone": 404, "broken": 503, "no-machines": 403}.get(name, 200)
        if name == "no-head" and request.method == "HEAD":
            status = 405
        return web.Response(status=status, text="页面")

    app = web.Application()
    app.router.add_get("/{host}/{name}", page)
    return app


def ask(loop: EventLoop, stand_in: str, *urls: str) -> dict[str, Probe]:
    async def asking() -> dict[str, Probe]:
        return await Asking(loop.client, stand_in, nap=_no_nap).all(urls)

    return loop.run(asking())


async def _no_nap(_seconds: float) -> None:
    return None


def test_each_link_ends_as_its_last_page_answers(loop: EventLoop) -> None:
    asked: Counter[str] = Counter()
    with hosted(loop, server(asked)) as base:
        told = ask(loop, base, *(f"https://a.test/{name}" for name in CASES))
    found = {name: told[f"https://a.test/{name}"].answer for name in CASES}
    assert found == CASES
    assert told["https://a.test/gone"] == Probe(Answer.FAILS, 404, "返回状态404")
    assert (asked["GET fine"], asked["HEAD no-head"], asked["GET no-head"]) == (0, 1, 1)


def test_one_host_is_asked_one_at_a_time_and_hosts_at_once(loop: EventLoop) -> None:
    naps: list[float] = []

    async def nap(seconds: float) -> None:
        naps.append(seconds)
        await asyncio.sleep(0)

    with hosted(loop, server(Counter())) as base:

        async def asking() -> dict[str, Probe]:
            urls = [f"https://{host}.test/fine?{n}" for host in "ab" for n in range(3)]
            return await Asking(loop.client, base, 2.5, nap).all(urls)

        assert len(loop.run(asking())) == 6
    assert naps == [2.5] * 4


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "weixin://dl/chat", "http://[", "x"])
def test_what_lies_inside_or_is_no_address_is_not_asked_and_tells_nothing(
    loop: EventLoop, url: str
) -> None:
    assert ask(loop, "", url)[url] == Probe(Answer.UNKNOWN, None, "地址不能访问")


def test_where_nobody_answers_our_own_line_is_at_fault(loop: EventLoop) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        if request.url.host == "up.test":
            return httpx.Response(200)
        raise httpx.ConnectError("refused")

    async def asking(*urls: str) -> dict[str, Probe]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(refuse)) as client:
            return await Asking(client).all(urls)

    down, up = "https://down.test/", "https://up.test/"
    assert loop.run(asking(down))[down].answer is Answer.UNKNOWN
    assert loop.run(asking(down, up))[down] == Probe(Answer.FAILS, None, "连不上或没有答复")
