"""Requests go to public addresses and to servers the settings name, however an address is spelt."""

import asyncio
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address

import httpx
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect import http
from monitor.collect.errors import PlatformError
from monitor.collect.guard import NAMED, PrivateAddressError, checked_socket, is_public, origin
from monitor.collect.loop import EventLoop
from monitor.domain.collecting import ErrorClass
from tests.kits.platform_server import hosted

INSIDE = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
            *("172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
SPELLINGS: tuple[Callable[[IPv4Address], str], ...] = (
    str,
    lambda each: f"{each}.",
    lambda each: str(int(each)),
    lambda each: hex(int(each)),
    lambda each: ".".join(f"0{byte:o}" for byte in each.packed),
    lambda each: ".".join(f"0x{byte:x}" for byte in each.packed),
    lambda each: str(each).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    lambda each: str(each).replace(".", "。"),
    lambda each: f"www.example.com@{each}",
    lambda each: f"[::ffff:{each}]",
    lambda each: f"[64:ff9b::{each}]",
    lambda each: f"[{IPv6Address((0x2002 << 112) | (int(each) << 80))}]",
)
inside = st.sampled_from(INSIDE).flatmap(lambda each: st.ip_addresses(network=each))


class Told(AbstractResolver):
    """Answers one list after the other, as a name does that changes its mind."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        kinds = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in found]
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for each, kind in zip(found, kinds, strict=True)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def app(hits: list[str]) -> web.Application:
    async def counted(request: web.Request) -> web.StreamResponse:
        hits.append(request.path)
        return web.json_response({})

    made = web.Application()
    made.router.add_get("/{any:.*}", counted)
    return made


def refused(loop: EventLoop, url: str, resolver: Told | None = None, named: str = "") -> str:
    async def ask() -> None:
        async with http.open_client(httpx.Timeout(2.0), resolver) as client:
            await http.fetch(client, http.Request("GET", url, "订阅源", named=named))

    with pytest.raises(PlatformError) as caught:
        loop.run(ask())
    assert caught.value.error is ErrorClass.MALFORMED
    return str(caught.value)


@settings(max_examples=40)
@given(inside, st.sampled_from(SPELLINGS))
def test_no_spelling_of_an_inner_address_is_connected_to(
    address: IPv4Address, spelt: Callable[[IPv4Address], str]
) -> None:
    """The system's own reader of names says what a spelling means; nothing leaves before that."""
    made: list[tuple[object, ...]] = []

    async def ask() -> None:
        loop = asyncio.get_running_loop()

        async def connect(_: object, to: tuple[object, ...]) -> None:
            made.append(to)
            raise ConnectionRefusedError

        loop.sock_connect = connect  # type: ignore[method-assign, assignment]
        async with http.open_client(httpx.Timeout(2.0)) as client:
            url = f"http://{spelt(address)}:9/"
            await http.fetch(client, http.Request("GET", url, "订阅源"))

    with pytest.raises(PlatformError):
        asyncio.run(ask())
    assert made == []


@given(inside)
def test_an_inner_address_stays_inner_in_every_wrapping(address: IPv4Address) -> None:
    number = int(address)
    wrapped = (0xFFFF << 32 | number, 0x2002 << 112 | number << 80, 0x64FF9B << 96 | number, number)
    assert not is_public(str(address))
    assert not any(is_public(str(IPv6Address(each))) for each in wrapped)


@pytest.mark.parametrize(
    "address",
    [
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1"),
        *("169.254.169.254", "100.100.100.200", "168.63.129.16", "2001:db8::1", "no number", ""),
    ],
)
def test_doors_of_clouds_and_neighbours_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "202.103.24.68", "2400:3200::1"])
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_one_inner_address_among_public_ones_refuses_the_name(loop: EventLoop) -> None:
    said = refused(loop, "http://feed.example/rss", Told(["1.1.1.1", "10.0.0.5"]))
    assert "地址指向本机或内部网络,未访问(订阅源)" in said
    assert "feed.example" not in said


def test_a_name_that_changes_its_mind_is_asked_once_and_connected_to_what_was_checked() -> None:
    told, made = Told(["1.1.1.1"], ["127.0.0.1"]), list[object]()

    async def ask() -> None:
        loop = asyncio.get_running_loop()

        async def connect(_: object, to: object) -> None:
            made.append(to)
            raise ConnectionRefusedError

        loop.sock_connect = connect  # type: ignore[method-assign, assignment]
        async with http.open_client(httpx.Timeout(2.0), told) as client:
            await http.fetch(client, http.Request("GET", "http://feed.example/", "订阅源"))

    with pytest.raises(PlatformError):
        asyncio.run(ask())
    assert made == [("1.1.1.1", 80)]
    assert told.asked == 1


def test_the_socket_itself_is_the_last_gate() -> None:
    with pytest.raises(PrivateAddressError):
        checked_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))


def test_a_server_the_settings_name_may_lie_inside_and_only_at_its_own_port(
    loop: EventLoop,
) -> None:
    hits: list[str] = []
    with hosted(loop, app(hits)) as named, hosted(loop, app(hits)) as neighbour:
        good = http.Request("GET", f"{named}/good", "订阅源", named=named)
        assert loop.run(http.fetch(loop.client, good)).status == 200
        refused(loop, f"{neighbour}/bad", named=named)
        refused(loop, f"{named}/unnamed")
    assert hits == ["/good"]


def test_a_redirect_that_is_followed_is_weighed_at_each_hop(loop: EventLoop) -> None:
    hits: list[str] = []

    async def onward(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(request.query["to"])

    sending = web.Application()
    sending.router.add_get("/", onward)
    with hosted(loop, sending) as named, hosted(loop, app(hits)) as neighbour:

        async def ask() -> None:
            await loop.client.get(
                named,
                params={"to": f"{neighbour}/secret"},
                follow_redirects=True,
                extensions={NAMED: origin(named)},
            )

        with pytest.raises(PrivateAddressError):
            loop.run(ask())
    assert hits == []


@pytest.mark.parametrize("url", ["", "nonsense", "http://", "http://[::1", "http://a:99999/"])
def test_what_is_no_address_has_no_origin(url: str) -> None:
    assert origin(url) is None


def test_an_origin_leaves_out_who_asks_and_what() -> None:
    assert origin("https://u:p@Feed.example/x?y") == ("https", "feed.example", 443)
