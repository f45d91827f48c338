import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from aiohttp import web

from monitor.collect import http
from monitor.collect.errors import PlatformError
from monitor.collect.loop import EventLoop
from monitor.domain.collecting import ErrorClass
from tests.kits.platform_server import SPOILERS, answers, hosted

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def app_with(handler: Handler) -> web.Application:
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", handler)
    return app


def fetched(loop: EventLoop, handler: Handler, **changes: object) -> http.Answer:
    with hosted(loop, app_with(handler)) as url:
        plain = {"method": "POST", "url": f"{url}/path", "label": "测试接口", "named": url}
        request = http.Request(**{**plain, **changes})  # type: ignore[arg-type]
        return loop.run(http.fetch(loop.client, request))


def error_of(loop: EventLoop, handler: Handler, **changes: object) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        http.document(fetched(loop, handler, **changes))
    return caught.value


def test_chinese_goes_out_as_utf8_and_never_as_escapes(loop: EventLoop) -> None:
    bodies = []

    async def handler(request: web.Request) -> web.StreamResponse:
        bodies.append(await request.read())
        return web.json_response({"name": request.query["name"]})

    answer = fetched(loop, handler, body={"词": "户口"}, query={"name": "武汉 &=?"})
    assert bodies == ['{"词": "户口"}'.encode()]
    assert http.document(answer) == {"name": "武汉 &=?"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a web page", ErrorClass.MALFORMED),
        ("half a JSON", ErrorClass.MALFORMED),
        ("nothing", ErrorClass.MALFORMED),
        ("a list", ErrorClass.MALFORMED),
        ("bytes that are no text", ErrorClass.MALFORMED),
        ("a nest without a bottom", ErrorClass.MALFORMED),
        ("too much", ErrorClass.MALFORMED),
        ("a redirect", ErrorClass.MALFORMED),
        ("not found", ErrorClass.MALFORMED),
        ("forbidden", ErrorClass.BLOCKED),
        ("too many", ErrorClass.RETRY),
        ("out of service", ErrorClass.RETRY),
        ("a broken gzip", ErrorClass.RETRY),
        ("silence", ErrorClass.RETRY),
        ("a cut in the middle", ErrorClass.RETRY),
    ],
)
def test_each_answer_that_is_none_is_classed(
    loop: EventLoop, name: str, expected: ErrorClass
) -> None:
    error = error_of(loop, SPOILERS[name])
    assert error.error is expected
    assert "测试接口" in error.explained.where
    assert "127.0.0.1" not in str(error)


def test_a_byte_order_mark_before_the_json_is_harmless(loop: EventLoop) -> None:
    answer = fetched(loop, answers(200, b'\xef\xbb\xbf{"a": 1}'))
    assert http.document(answer) == {"a": 1}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("Mon, 23 Nov 2026 01:00:30 GMT", 30.0), ("soon", None), ("-5", None)],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    loop: EventLoop, header: str, seconds: float | None
) -> None:
    spoil = answers(429, b"", retry_after=header, date="Mon, 23 Nov 2026 01:00:00 GMT")
    assert error_of(loop, spoil).wait == seconds


def test_a_server_that_drips_bytes_meets_the_deadline(loop: EventLoop) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.005)

    error = error_of(loop, drip, deadline=0.1)
    assert error.error is ErrorClass.RETRY
    assert "没有在规定时间内答复" in error.explained.what


def test_a_server_that_never_answers_meets_the_read_timeout(loop: EventLoop) -> None:
    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async def ask(url: str) -> http.Answer:
        async with http.open_client(httpx.Timeout(0.05)) as client:
            return await http.fetch(client, http.Request("GET", url, "测试接口", named=url))

    with hosted(loop, app_with(never)) as url, pytest.raises(PlatformError) as caught:
        loop.run(ask(url))
    assert caught.value.error is ErrorClass.RETRY


def test_something_that_speaks_no_http_is_a_failure_to_connect(loop: EventLoop) -> None:
    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n")
        writer.close()

    async def ask() -> http.Answer:
        async with await asyncio.start_server(babble, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            place = f"http://127.0.0.1:{port}/"
            request = http.Request("GET", place, "测试接口", named=place)
            return await http.fetch(loop.client, request)

    with pytest.raises(PlatformError) as caught:
        loop.run(ask())
    assert caught.value.error is ErrorClass.RETRY


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.invalid/", "http://", "http://[::1"])
def test_an_address_that_is_none_is_explained(loop: EventLoop, url: str) -> None:
    with pytest.raises(PlatformError) as caught:
        loop.run(http.fetch(loop.client, http.Request("GET", url, "测试接口", named=url)))
    assert caught.value.error in (ErrorClass.MALFORMED, ErrorClass.RETRY)


def test_what_holds_secrets_shows_none() -> None:
    request = http.Request(
        "POST", "http://h/s3cret", "测试接口", query={"t": "s3cret"}, body={"k": "s3cret"}
    )
    answer = http.Answer(200, "测试接口", b"s3cret")
    assert "s3cret" not in f"{request!r} {answer!r}"


def test_proxies_of_the_environment_are_not_used(
    loop: EventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    async def ask(url: str) -> http.Answer:
        async with http.open_client() as client:
            return await http.fetch(client, http.Request("GET", url, "测试接口", named=url))

    with hosted(loop, app_with(answers(200, b"{}"))) as url:
        assert loop.run(ask(url)).status == 200
