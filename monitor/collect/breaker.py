"""The breaker: a host that has stopped answering is left alone, and tried again now and then."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from monitor.collect.errors import NETWORK, PlatformError
from monitor.domain.collecting import ErrorClass

ENOUGH: Final = 12
"""So many questions in a row without any answer, whatever the account."""
REST: Final = 60
"""Seconds until one question is let through to see."""
RESTING: Final = "平台连续没有应答,本轮暂停访问"
"""The cause of what was not asked; passes keep it."""


@dataclass
class Breaker:
    """Of one host, within one sweep. Errors the host answers are answers: they count as life."""

    enough: int = ENOUGH
    rest: int = REST
    silent: int = 0
    next_try: int = 0

    def check(self, label: str, now: int) -> None:
        """PlatformError RETRY at once while the host rests; every `rest` seconds one may ask."""
        if self.silent < self.enough:
            return
        if now >= self.next_try:
            self.next_try = now + self.rest
            return
        raise PlatformError(ErrorClass.RETRY, RESTING, label, NETWORK, wait=float(self.rest * 1000))

    def failed(self, now: int) -> None:
        """A question had no answer."""
        self.silent += 1
        if self.silent == self.enough:
            self.next_try = now + self.rest

    def answered(self) -> None:
        """The host lives."""
        self.silent = 0


@dataclass
class Breakers:
    """One breaker for each host."""

    enough: int = ENOUGH
    rest: int = REST
    hosts: dict[str, Breaker] = field(default_factory=dict)

    def at(self, address: str) -> Breaker:
        """The breaker of the host an address leads to."""
        return self.hosts.setdefault(urlsplit(address).netloc, Breaker(self.enough, self.rest))
