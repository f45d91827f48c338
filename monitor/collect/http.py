"""HTTP as collectors use it: one client, bounded answers, each failure classed and explained."""

import json
import logging
from asyncio import timeout
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from monitor.collect.answers import Document
from monitor.collect.errors import LATER, NETWORK, PlatformError, malformed
from monitor.domain.collecting import ErrorClass

LARGEST: Final = 8_000_000
"""Bytes of one answer; the largest honest one is a hundredth of it."""
DEADLINE: Final = 60.0
"""Seconds for one whole answer: a server that drips bytes never trips the read timeout."""
PATIENCE: Final = httpx.Timeout(20.0, connect=10.0, pool=30.0)
OK: Final = 200
FORBIDDEN: Final = 403
TOO_MANY: Final = 429
SERVER_FAULT: Final = 500


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `label` names it for people; what may hold a secret stays out of repr."""

    method: str
    url: str = field(repr=False)
    label: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, object] | None = field(default=None, repr=False)
    deadline: float = DEADLINE


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `wait` are the seconds of Retry-After, None without one."""

    status: int
    label: str
    body: bytes = field(repr=False)
    wait: float | None = None


def open_client(timeouts: httpx.Timeout = PATIENCE) -> httpx.AsyncClient:
    """The one client of a process; make it inside the event loop, close it there.

    httpx writes each address to its log, and platforms put tokens in addresses: so its log stays
    at WARNING whatever the product's own level is.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    transport = AiohttpTransport(trust_env=False)
    return httpx.AsyncClient(transport=transport, trust_env=False, timeout=timeouts)


async def fetch(client: httpx.AsyncClient, request: Request) -> Answer:
    """Ask once; PlatformError of class RETRY where no whole answer came."""
    try:
        async with timeout(request.deadline):
            return await _exchange(client, request)
    except (TimeoutError, httpx.TimeoutException) as slow:
        raise _silent("平台没有在规定时间内答复", request, slow) from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL):
        raise malformed("平台接口地址写法不对", request.label) from None
    except (httpx.HTTPError, aiohttp.ClientError, OSError) as broken:
        raise _silent("连不上平台或连接中断", request, broken) from None


def document(answer: Answer) -> Document:
    """The JSON object of a 200 answer; PlatformError where it is anything else."""
    if answer.status != OK:
        raise _refused(answer)
    if answer.body.lstrip()[:1] == b"<":
        raise malformed("平台返回的是网页而不是数据", answer.label)
    try:
        value = json.loads(answer.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise malformed("平台返回的数据不完整或不是JSON", answer.label) from None
    if not isinstance(value, dict):
        raise malformed("平台返回的数据不是JSON对象", answer.label)
    return value


async def _exchange(client: httpx.AsyncClient, request: Request) -> Answer:
    content, headers = None, {}
    if request.body is not None:
        # Platforms store escaped Chinese literally: real UTF-8 goes out, never \u escapes.
        content = json.dumps(request.body, ensure_ascii=False).encode()
        headers = {"content-type": "application/json; charset=utf-8"}
    asked = client.stream(
        request.method, request.url, params=request.query, content=content, headers=headers
    )
    async with asked as response:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST:
                raise malformed(f"平台返回的数据超过{LARGEST // 1_000_000}兆", request.label)
        return Answer(response.status_code, request.label, bytes(body), _wait(response.headers))


def _wait(headers: httpx.Headers) -> float | None:
    """Retry-After in seconds: a number, or a date measured from the answer's own Date."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, (until - parsedate_to_datetime(headers["date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return None


def _refused(answer: Answer) -> PlatformError:
    where = f"{answer.label},HTTP状态 {answer.status}"
    if answer.status == TOO_MANY or answer.status >= SERVER_FAULT:
        what = "平台繁忙或暂停服务"
        return PlatformError(ErrorClass.RETRY, what, where, LATER, wait=answer.wait)
    if answer.status == FORBIDDEN:
        return PlatformError(ErrorClass.BLOCKED, "平台拒绝本机访问", where, NETWORK)
    return malformed("平台没有按接口文档答复", where)


def _silent(what: str, request: Request, error: BaseException) -> PlatformError:
    # Only the error's name: libraries write the whole address, token included, into its words.
    return PlatformError(ErrorClass.RETRY, what, f"{request.label},{type(error).__name__}", NETWORK)
