"""HTTP as collectors use it: one client, bounded answers, each failure classed and explained."""

import json
import logging
from asyncio import timeout
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlencode

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver

from monitor.collect.answers import Document
from monitor.collect.errors import LATER, NETWORK, PlatformError, malformed
from monitor.collect.guard import NAMED, GuardedTransport, PrivateAddressError, origin
from monitor.domain.collecting import ErrorClass

LARGEST: Final = 8_000_000
"""Bytes of one answer; the largest honest one is a hundredth of it."""
DEADLINE: Final = 60.0
"""Seconds for one whole answer: a server that drips bytes never trips the read timeout."""
PATIENCE: Final = httpx.Timeout(20.0, connect=10.0, pool=30.0)
INSIDE: Final = (
    "请核对登记的地址;确需访问内部服务器的,请系统管理员在 sentinel.toml 的 [platforms] 写明"
)
OK: Final = 200
FORBIDDEN: Final = 403
TOO_MANY: Final = 429
SERVER_FAULT: Final = 500


JSON_TYPE: Final = "application/json; charset=utf-8"
FORM_TYPE: Final = "application/x-www-form-urlencoded; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A question as it leaves, for whoever signs it; `now` is the instant of this very attempt."""

    method: str
    url: str = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    now: datetime | None = None


Signer = Callable[[Outgoing], Mapping[str, str]]
"""Gives the headers that sign a question; asked anew for each attempt."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `label` names it for people; what may hold a secret stays out of repr.

    At most one of `body` (sent as JSON) and `form`. `host` is the address of another server of the
    same platform ('': its main one). `kind` names the allowance of such calls, where a platform
    counts them apart. `named` is the address the settings give for this platform ('': none): that
    server alone may lie inside the office's network. Redirects are never followed.
    """

    method: str
    url: str = field(repr=False)
    label: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, object] | Sequence[object] | None = field(default=None, repr=False)
    deadline: float = DEADLINE
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    sign: Signer | None = field(default=None, repr=False)
    host: str = ""
    kind: str = ""
    named: str = field(default="", repr=False)

    def content(self) -> tuple[bytes, dict[str, str]]:
        """The bytes to send and the headers that describe them."""
        if self.form is not None:
            return urlencode(self.form).encode(), {"content-type": FORM_TYPE}
        if self.body is not None:
            # Platforms store escaped Chinese literally: real UTF-8 goes out, never \u escapes.
            content = json.dumps(self.body, ensure_ascii=False).encode()
            return content, {"content-type": JSON_TYPE}
        return b"", {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `wait` are the seconds of Retry-After, None without one.

    `told_at` is the second of the server's own clock, None where it does not say.
    """

    status: int
    label: str
    body: bytes = field(repr=False)
    wait: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    told_at: int | None = None


def open_client(
    timeouts: httpx.Timeout = PATIENCE, resolver: AbstractResolver | None = None
) -> httpx.AsyncClient:
    """The one client of a process; make it inside the event loop, close it there. It goes to public
    addresses and to named servers only; `resolver` is who turns names into numbers.

    httpx writes each address to its log, and platforms put tokens in addresses: so its log stays
    at WARNING whatever the product's own level is.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    transport = GuardedTransport(resolver)
    return httpx.AsyncClient(transport=transport, trust_env=False, timeout=timeouts)


async def fetch(
    client: httpx.AsyncClient, request: Request, now: Callable[[], datetime] | None = None
) -> Answer:
    """Ask once; PlatformError of class RETRY where no whole answer came, and of class MALFORMED
    where the address is none to be asked."""
    try:
        async with timeout(request.deadline):
            return await _exchange(client, request, now)
    except (TimeoutError, httpx.TimeoutException) as slow:
        raise _silent("平台没有在规定时间内答复", request, slow) from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL):
        raise malformed("平台接口地址写法不对", request.label) from None
    except PrivateAddressError:
        what = "地址指向本机或内部网络,未访问"
        raise PlatformError(ErrorClass.MALFORMED, what, request.label, INSIDE) from None
    except (httpx.HTTPError, aiohttp.ClientError, OSError) as broken:
        raise _silent("连不上平台或连接中断", request, broken) from None


def document(answer: Answer, *statuses: int) -> Document:
    """The JSON object of an answer of status 200 (or one of `statuses`, for platforms that tell
    their errors so); PlatformError where it is anything else."""
    value = _json(answer, statuses)
    if not isinstance(value, dict):
        raise malformed("平台返回的数据不是JSON对象", answer.label)
    return value


def array(answer: Answer, *statuses: int) -> list[object]:
    """The JSON list of an answer; PlatformError where it is anything else."""
    value = _json(answer, statuses)
    if not isinstance(value, list):
        raise malformed("平台返回的数据不是JSON列表", answer.label)
    return value


def raw(answer: Answer, *statuses: int) -> bytes:
    """The bytes of an answer, whatever they are: XML and feeds."""
    if answer.status != OK and answer.status not in statuses:
        raise _refused(answer)
    return answer.body


def _json(answer: Answer, statuses: Sequence[int]) -> object:
    body = raw(answer, *statuses)
    if body.lstrip()[:1] == b"<":
        raise _refused(answer) if answer.status != OK else _a_page(answer)
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise malformed("平台返回的数据不完整或不是JSON", answer.label) from None


def _a_page(answer: Answer) -> PlatformError:
    return malformed("平台返回的是网页而不是数据", answer.label)


async def _exchange(
    client: httpx.AsyncClient, request: Request, now: Callable[[], datetime] | None
) -> Answer:
    content, described = request.content()
    headers = {**described, **request.headers}
    if request.sign is not None:
        instant = now() if now is not None else None
        going = Outgoing(request.method, request.url, request.query, content, instant)
        headers |= request.sign(going)
    asked = client.stream(
        request.method,
        _address(request),
        content=content or None,
        headers=headers,
        follow_redirects=False,
        extensions={NAMED: _named(request.named)},
    )
    async with asked as response:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST:
                raise malformed(f"平台返回的数据超过{LARGEST // 1_000_000}兆", request.label)
        return Answer(
            status=response.status_code,
            label=request.label,
            body=bytes(body),
            wait=_wait(response.headers),
            headers=response.headers,
            told_at=_told_at(response.headers),
        )


_named = lru_cache(maxsize=64)(origin)
"""The few origins the settings name, read once; addresses are not kept: tokens travel in them."""


def _address(request: Request) -> str:
    # Whole at once: given apart, httpx would read the address twice, and that is dear.
    if not request.query:
        return request.url
    between = "&" if "?" in request.url else "?"
    return f"{request.url}{between}{urlencode(request.query, quote_via=quote, safe='')}"


def _told_at(headers: httpx.Headers) -> int | None:
    try:
        return int(parsedate_to_datetime(headers["date"]).timestamp())
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


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
