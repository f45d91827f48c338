"""Where requests may go: public addresses, and the servers the settings name. All else is refused.

An address typed by an office (a feed, say) must not make this machine ask its own neighbours. What
is checked is what is connected to: the resolver hands on checked addresses only, and each socket
is checked once more as it is made, so a name that changes its mind in between gains nothing.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from httpx_aiohttp import AiohttpTransport
from yarl import URL

NAMED: Final = "named_origin"
"""The request extension that holds the origin the settings name; it may lie inside."""
NAT64: Final = IPv6Network("64:ff9b::/96")
COMPATIBLE: Final = IPv6Network("::/96")
CLOUD: Final = frozenset({IPv4Address("168.63.129.16")})
"""Public by its number, yet a cloud's own door to the machines it runs."""
AddressInfo = tuple[int, int, int, str, tuple[object, ...]]


class PrivateAddressError(Exception):
    """A name or number leads to this machine or its neighbours. It says neither: both are typed."""


def is_public(address: str) -> bool:
    """Whether a numeric address lies on the open internet, whatever it is wrapped in."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_open, (number, *_wrapped(number))))


def origin(url: str) -> tuple[str, str, int] | None:
    """(scheme, host, port) of an address as the transport reads it; None where it has none."""
    try:
        read = URL(url)
        host, port = read.host, read.port
    except ValueError:
        return None
    return (read.scheme, host, port) if host and port else None


def _open(number: IPv4Address | IPv6Address) -> bool:
    local = isinstance(number, IPv6Address) and number.is_site_local
    closed = number.is_multicast or number.is_reserved or local or number in CLOUD
    return number.is_global and not closed


def _wrapped(number: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(number, IPv4Address):
        return ()
    low = IPv4Address(int(number) & 0xFFFFFFFF)
    translated = low if number in NAT64 or number in COMPATIBLE else None
    inside = (number.ipv4_mapped, number.sixtofour, *(number.teredo or ()), translated)
    return tuple(each for each in inside if each is not None)


class CheckedResolver(AbstractResolver):
    """Resolves as another does, and refuses a name as soon as one of its addresses lies inside."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name, all of them public; PrivateAddressError otherwise."""
        found = await self._inner.resolve(host, port, family)
        if not all(is_public(each["host"]) for each in found):
            raise PrivateAddressError
        return found

    async def close(self) -> None:
        """Close the resolver behind."""
        await self._inner.close()


def checked_socket(info: AddressInfo) -> socket.socket:
    """The socket for an address about to be connected to: numbers never meet a resolver."""
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise PrivateAddressError
    return socket.socket(family, kind, protocol)


@dataclass
class GuardedTransport(httpx.AsyncBaseTransport):
    """Two pools that share nothing: one for origins the settings name, one for everything else.

    Each hop of a redirect comes through here as a request of its own, and is weighed anew.
    """

    resolver: AbstractResolver | None = None

    def __post_init__(self) -> None:
        self._named = AiohttpTransport(trust_env=False)
        self._checked = AiohttpTransport(self._named.ssl_context, client=self._session)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send by the pool that fits; PrivateAddressError where the address lies inside, and
        UnsupportedProtocol where a name and password hide in it."""
        if request.url.userinfo:
            raise httpx.UnsupportedProtocol("userinfo")
        named = request.extensions.get(NAMED)
        trusted = named is not None and origin(str(request.url)) == named
        return await (self._named if trusted else self._checked).handle_async_request(request)

    async def aclose(self) -> None:
        """Close both pools."""
        await self._named.aclose()
        await self._checked.aclose()

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            ssl=self._named.ssl_context,
            keepalive_timeout=self._named.limits.keepalive_expiry,
            limit=self._named.limits.max_connections or 100,
            resolver=CheckedResolver(self.resolver or aiohttp.DefaultResolver()),
            socket_factory=checked_socket,
        )
        return aiohttp.ClientSession(connector=connector)
