"""Links 服务链接: asked whether they open, politely: HEAD, then GET, one at a time on each host.

They are our own accounts' addresses, so no robots.txt is asked. What lies inside the office's
network is never asked; a server that turns machines away says nothing about its page.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx

from monitor.collect.errors import PlatformError
from monitor.collect.guard import origin
from monitor.collect.http import Answer as Answered
from monitor.collect.http import Request, fetch
from monitor.domain.collecting import ErrorClass
from monitor.domain.service_link import Answer, Probe

HOSTS_AT_ONCE: Final = 8
APART: Final = 1.0
"""Seconds between two questions to one host."""
DEADLINE: Final = 20.0
MOST_HOPS: Final = 4
MOVED: Final = frozenset({301, 302, 303, 307, 308})
TURNED_AWAY: Final = frozenset({401, 403, 407, 412, 418, 423, 425, 428, 429, 451})
"""What servers tell machines and not people: the page may open all the same."""
BAD: Final = 400
CALLED: Final = {"user-agent": "MatrixSentinel-LinkCheck/1.0"}
FIRST_BYTE: Final = {**CALLED, "range": "bytes=0-0"}
UNSATISFIABLE: Final = 416
NOT_ASKED: Final = Probe(Answer.UNKNOWN, None, "地址不能访问")
LINE_DOWN: Final = Probe(Answer.UNKNOWN, None, "本机网络可能不通")


@dataclass
class Asking:
    """How links are asked. `stand_in` is the address of a server that answers in every host's
    place ('': none): a host's pages lie below its name there."""

    client: httpx.AsyncClient
    stand_in: str = ""
    apart: float = APART
    nap: Callable[[float], Awaitable[None]] = asyncio.sleep
    _room: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._room = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def all(self, urls: Iterable[str]) -> dict[str, Probe]:
        """What each address told. Where no host at all answered, our own line is at fault."""
        hosts: dict[str | None, list[str]] = {}
        for url in dict.fromkeys(urls):
            hosts.setdefault(_host(url), []).append(url)
        found = dict(
            pair
            for part in await asyncio.gather(*(self._host(each) for each in hosts.values()))
            for pair in part
        )
        return found if any(each.status for each in found.values()) else _unheard(found)

    async def _host(self, urls: list[str]) -> list[tuple[str, Probe]]:
        async with self._room:
            found = []
            for number, url in enumerate(urls):
                if number:
                    await self.nap(self.apart)
                found.append((url, await self._probe(url)))
            return found

    async def _probe(self, url: str) -> Probe:
        """Follow a link to where it ends; each hop is weighed anew by the guard of addresses."""
        for _ in range(MOST_HOPS):
            if _host(url) is None:
                return NOT_ASKED
            try:
                answer = await self._answer(url)
            except PlatformError as error:
                return _failed(error)
            onward = answer.headers.get("location", "") if answer.status in MOVED else ""
            if not onward:
                return _judged(answer.status)
            url = urljoin(url, onward)
        return Probe(Answer.UNKNOWN, answer.status, "跳转次数过多")

    async def _answer(self, url: str) -> Answered:
        """HEAD; where a server does not care for that, the first byte by GET."""
        try:
            answer = await self._ask("HEAD", url, CALLED)
        except PlatformError as error:
            if error.error is not ErrorClass.RETRY:
                raise
            return await self._ask("GET", url, FIRST_BYTE)
        return answer if answer.status < BAD else await self._ask("GET", url, FIRST_BYTE)

    async def _ask(self, method: str, url: str, headers: Mapping[str, str]) -> Answered:
        address, named = url, ""
        if self.stand_in:
            parts = urlsplit(url)
            query = f"?{parts.query}" if parts.query else ""
            address, named = f"{self.stand_in}/{parts.netloc}{parts.path}{query}", self.stand_in
        asked = Request(
            method, address, "服务链接", headers=headers, deadline=DEADLINE, named=named
        )
        return await fetch(self.client, asked)


def _judged(status: int) -> Probe:
    if status < BAD or status == UNSATISFIABLE:
        return Probe(Answer.WORKS, status)
    if status in TURNED_AWAY:
        return Probe(Answer.UNKNOWN, status, f"对方拒绝程序访问(状态{status})")
    return Probe(Answer.FAILS, status, f"返回状态{status}")


def _failed(error: PlatformError) -> Probe:
    """No answer is a failure; an address that is not to be asked is none."""
    if error.error is ErrorClass.RETRY:
        return Probe(Answer.FAILS, None, "连不上或没有答复")
    return NOT_ASKED


def _unheard(found: Mapping[str, Probe]) -> dict[str, Probe]:
    return {
        url: replace(LINE_DOWN) if each.answer is Answer.FAILS else each
        for url, each in found.items()
    }


def _host(url: str) -> str | None:
    """Whom an address asks; None where it is no address of a page."""
    read = origin(url)
    return read[1] if read is not None and read[0] in {"http", "https"} else None
