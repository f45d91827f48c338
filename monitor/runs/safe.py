"""The safe: renewed secrets and shared tokens, sealed and stored before anybody uses them."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from monitor.access import ciphers
from monitor.collect.errors import LATER, PlatformError
from monitor.collect.vault import Ask, Token, Whose
from monitor.domain.collecting import ErrorClass
from monitor.domain.errors import CannotRun
from monitor.domain.instants import to_second
from monitor.record import credentials, shared_tokens
from monitor.record.shared_tokens import Place
from monitor.runs.parts import Parts

CLAIM: Final = 120
"""Seconds one process may take to renew; a crash holds the others up no longer."""
NAP: Final = 0.2
RENEWAL: Final = "renewal"
"""The claim on renewing a credential itself; no token is kept under this name."""


def purpose(reader: str, account_id: int) -> str:
    """What a credential is sealed for: it opens for this reader and account only."""
    return f"credential:{reader}:{account_id}"


class Safe:
    """Implements monitor.collect.vault.Vault over the store. Every process has its own."""

    def __init__(
        self, parts: Parts, nap: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._parts = parts
        self._nap = nap
        self._turns: dict[tuple[Whose, str], asyncio.Lock] = {}

    async def keep(
        self, whose: Whose, values: Mapping[str, str], expires_at: int | None = None
    ) -> None:
        """Merge `values` into the credential in one durable transaction."""
        await asyncio.to_thread(self._keep, whose, values, expires_at)

    async def renew(self, whose: Whose, stale: Mapping[str, str], ask: Ask) -> Mapping[str, str]:
        """The secrets after one renewal that all processes share."""
        place = Place(whose.reader, whose.account_id, RENEWAL)
        async with self._turn(whose, RENEWAL):
            for _ in range(int(CLAIM / NAP) + 1):
                newer = await asyncio.to_thread(self._newer, whose, stale)
                if newer is not None:
                    return newer
                if await asyncio.to_thread(self._claim, place):
                    return await self._renew_alone(whose, place, stale, ask)
                await self._nap(NAP)
        raise _busy()

    async def token(
        self, whose: Whose, name: str, fetch: Callable[[], Awaitable[Token]], stale: str
    ) -> str:
        """The shared token, fetched by one process where it ran out or is `stale`."""
        place = Place(whose.reader, whose.account_id, name)
        async with self._turn(whose, name):
            for _ in range(int(CLAIM / NAP) + 1):
                kept = await asyncio.to_thread(self._token, place)
                if kept and kept != stale:
                    return kept
                if await asyncio.to_thread(self._claim, place):
                    return await self._fetch_alone(place, fetch, stale)
                await self._nap(NAP)
        raise _busy()

    async def _renew_alone(
        self, whose: Whose, place: Place, stale: Mapping[str, str], ask: Ask
    ) -> Mapping[str, str]:
        try:
            # Another may have finished between the look and the claim.
            newer = await asyncio.to_thread(self._newer, whose, stale)
            if newer is not None:
                return newer
            fresh = await ask(dict(stale))
            await asyncio.shield(asyncio.to_thread(self._keep, whose, fresh, None))
            return {**stale, **fresh}
        finally:
            await asyncio.to_thread(self._release, place)

    async def _fetch_alone(
        self, place: Place, fetch: Callable[[], Awaitable[Token]], stale: str
    ) -> str:
        try:
            kept = await asyncio.to_thread(self._token, place)
            if kept and kept != stale:
                return kept
            token = await fetch()
            await asyncio.shield(asyncio.to_thread(self._put, place, token))
            return token.value
        finally:
            await asyncio.to_thread(self._release, place)

    def _turn(self, whose: Whose, name: str) -> asyncio.Lock:
        return self._turns.setdefault((whose, name), asyncio.Lock())

    def _opened(self, whose: Whose) -> dict[str, str]:
        with self._parts.store.reading() as tx:
            sealed = credentials.sealed_one(tx, whose.reader, whose.account_id)
        if sealed is None:
            return {}
        plain = ciphers.unseal(self._parts.keys(), sealed, purpose(whose.reader, whose.account_id))
        return dict(json.loads(plain))

    def _newer(self, whose: Whose, stale: Mapping[str, str]) -> Mapping[str, str] | None:
        """The secrets that stand now, where one `stale` names is another than it had."""
        stands = self._opened(whose)
        changed = any(stands.get(name, value) != value for name, value in stale.items())
        return {**stale, **stands} if changed else None

    def _keep(self, whose: Whose, values: Mapping[str, str], expires_at: int | None) -> None:
        merged = {**self._opened(whose), **values}
        plain = json.dumps(merged, ensure_ascii=False).encode()
        sealed = self._seal(plain, purpose(whose.reader, whose.account_id))
        with self._parts.store.writing(durable=True) as tx:
            credentials.renewed(tx, whose.reader, whose.account_id, sealed, expires_at)

    def _token(self, place: Place) -> str:
        with self._parts.store.reading() as tx:
            kept = shared_tokens.kept(tx, place)
        if kept is None or kept[1] <= to_second(self._parts.now()):
            return ""
        try:
            return ciphers.unseal(
                self._parts.keys(), kept[0], shared_tokens.purpose(place)
            ).decode()
        except CannotRun:
            return ""  # sealed with a key that is gone: a token is fetched anew

    def _put(self, place: Place, token: Token) -> None:
        sealed = self._seal(token.value.encode(), shared_tokens.purpose(place))
        with self._parts.store.writing(durable=True) as tx:
            shared_tokens.put(tx, place, sealed, token.expires_at)

    def _claim(self, place: Place) -> bool:
        with self._parts.store.writing() as tx:
            return shared_tokens.claim(tx, place, CLAIM)

    def _release(self, place: Place) -> None:
        with self._parts.store.writing() as tx:
            shared_tokens.release(tx, place)

    def _seal(self, plain: bytes, what_for: str) -> bytes:
        nonce = secrets.token_bytes(ciphers.NONCE_BYTES)
        return ciphers.seal(self._parts.keys(), nonce, plain, what_for)


def _busy() -> PlatformError:
    return PlatformError(ErrorClass.RETRY, "另一个进程正在续期授权,久未完成", "", LATER)
