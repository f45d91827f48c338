"""What a reader keeps while it reads: renewed secrets and tokens that other processes share."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from monitor.collect.errors import PlatformError

T = TypeVar("T")

Ask = Callable[[Mapping[str, str]], Awaitable[Mapping[str, str]]]
"""Renews secrets: the ones that stand now in, the new ones out."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that lives for a while; of `expires_at` (seconds) on nobody uses it."""

    value: str = field(repr=False)
    expires_at: int


@dataclass(frozen=True, slots=True)
class Whose:
    """A reader's key, and the account (0: all of them) whose secrets or token are meant."""

    reader: str
    account_id: int = 0


class Vault(Protocol):
    """Keeps secrets sealed and durably. Each call is one transaction, done when it returns."""

    async def keep(
        self, whose: Whose, values: Mapping[str, str], expires_at: int | None = None
    ) -> None:
        """Merge `values` into the credential; `expires_at` is when a person must renew it."""

    async def renew(self, whose: Whose, stale: Mapping[str, str], ask: Ask) -> Mapping[str, str]:
        """The secrets after one renewal that everybody shares: those another process stored since
        `stale` was read, else those `ask` gives, stored before they are returned."""

    async def token(
        self, whose: Whose, name: str, fetch: Callable[[], Awaitable[Token]], stale: str
    ) -> str:
        """The shared token called `name`: the one that is kept, unless it ran out or is `stale`;
        else one that `fetch` gives, asked by one process while the others wait."""


async def bearing(
    token: Callable[[str], Awaitable[str]],
    ask: Callable[[str], Awaitable[T]],
    stale: Callable[[PlatformError], bool],
) -> T:
    """What `ask` gives with a token; where the platform calls it stale, once more with a fresh one.

    `token` takes the token that was refused, '' at first.
    """
    held = await token("")
    try:
        return await ask(held)
    except PlatformError as error:
        if not stale(error):
            raise
    return await ask(await token(held))


class Pocket:
    """Keeps everything in memory: for a reading that nobody records."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._turns: dict[tuple[Whose, str], asyncio.Lock] = {}
        self.kept: dict[Whose, dict[str, str]] = {}
        self.tokens: dict[tuple[Whose, str], Token] = {}

    async def keep(
        self, whose: Whose, values: Mapping[str, str], expires_at: int | None = None
    ) -> None:
        """See Vault."""
        del expires_at
        self.kept.setdefault(whose, {}).update(values)

    async def renew(self, whose: Whose, stale: Mapping[str, str], ask: Ask) -> Mapping[str, str]:
        """See Vault."""
        async with self._turn(whose, ""):
            stands = {**stale, **self.kept.get(whose, {})}
            if stands == dict(stale):
                stands |= await ask(stands)
                await self.keep(whose, stands)
            return stands

    async def token(
        self, whose: Whose, name: str, fetch: Callable[[], Awaitable[Token]], stale: str
    ) -> str:
        """See Vault."""
        async with self._turn(whose, name):
            kept = self.tokens.get((whose, name))
            if kept is None or kept.expires_at <= self._now() or kept.value == stale:
                kept = self.tokens[whose, name] = await fetch()
            return kept.value

    def _turn(self, whose: Whose, name: str) -> asyncio.Lock:
        # One for each token: fetching an account's may ask for the application's first.
        return self._turns.setdefault((whose, name), asyncio.Lock())
