"""Pacing: calls flow evenly, and inside the allowances that all processes lease from one purse."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from aiolimiter import AsyncLimiter

from monitor.collect.errors import LATER, REMEDIES, PlatformError
from monitor.domain.allowance import Allowance, Bucket, Lease, Per
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import DAY

AT_ONCE: Final = 20
"""The part of a window's calls (one in so many) that may go out in one burst."""
CATCH_UP: Final = 0.2
"""Seconds a busy loop may come late without losing turns; so much of a second may come at once."""
SHORTEST_NAP: Final = 0.05
"""Seconds; a clock that stands between two looks must not make a busy loop."""


class Purse(Protocol):
    """Leases calls out of allowances; blocking, and safe to call from any thread."""

    def lease(self, bucket: Bucket) -> Lease:
        """A few of the calls that are left, at most a twentieth of them."""

    def give_back(self, bucket: Bucket, lease: Lease, calls: int) -> None:
        """Calls of a lease that were not made after all."""

    def hold(self, bucket: Bucket, seconds: float) -> None:
        """Nobody calls for so long: the platform itself asked for it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The present second and how to wait; a test gives its own."""

    now: Callable[[], int]
    nap: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass
class Held:
    """What this process holds of one bucket."""

    bucket: Bucket
    purse: Purse
    clock: Clock
    longest_wait: float
    lease: Lease = field(default_factory=lambda: Lease(0, 0, 0))
    left: int = 0

    def __post_init__(self) -> None:
        allowance = self.bucket.allowance
        self._turn = asyncio.Lock()
        # What many passes share flows evenly; a day's calls and one token's own may come at once.
        self._even = allowance.per is not Per.TOKEN and allowance.window.slot < DAY
        burst = max(1.0, allowance.most / AT_ONCE)
        evenly = max(1.0, allowance.most - burst)
        self._flow = AsyncLimiter(burst, burst * allowance.window.seconds / evenly)

    async def spend(self) -> None:
        """One call; waits where one comes free soon, PlatformError QUOTA where none does."""
        async with self._turn:
            while not (self.left and self.clock.now() < self.lease.until):
                await self._lease()
            self.left -= 1
        if self._even:
            await self._flow.acquire()

    async def _lease(self) -> None:
        waited = 0.0
        while True:
            self.lease = await asyncio.to_thread(self.purse.lease, self.bucket)
            self.left = self.lease.calls
            if self.left:
                return
            waited += max(self.lease.wait, SHORTEST_NAP)
            if waited > self.longest_wait:
                raise _held() if self.lease.held else _used_up(self.bucket)
            await self.clock.nap(max(self.lease.wait, SHORTEST_NAP))

    async def hold(self, seconds: float) -> None:
        """Stay away, and make all others stay away."""
        async with self._turn:
            self.left = 0
            await asyncio.to_thread(self.purse.hold, self.bucket, seconds)

    async def give_back(self) -> None:
        """Return what was not spent."""
        async with self._turn:
            calls, self.left = self.left, 0
            if calls and self.clock.now() < self.lease.until:
                await asyncio.to_thread(self.purse.give_back, self.bucket, self.lease, calls)


class Throttle:
    """Spaces the calls of one reader. Make it inside the event loop that uses it.

    aiolimiter holds futures of its loop, so a throttle never crosses loops; each sweep makes its
    own. The bucket of the flow holds what flows in `CATCH_UP` seconds: an even flow, and a loop
    that comes late, as every loop does now and then, loses no turn by it.
    """

    def __init__(self, per_second: float, shared: Iterable[Held] = ()) -> None:
        most = max(1.0, per_second * CATCH_UP)
        self._flow = AsyncLimiter(most, most / per_second)
        self.shared = tuple(shared)

    def turns(self, own: Iterable[Held] = ()) -> "Turns":
        """The turns of one pass, which spends its own buckets and the shared ones."""
        return Turns(self._flow, tuple(own), self.shared)

    async def close(self) -> None:
        """Give back what nobody spent."""
        for held in self.shared:
            await held.give_back()


class Turns:
    """Hands out turns: await one before each call."""

    def __init__(self, flow: AsyncLimiter, own: Sequence[Held], shared: Sequence[Held]) -> None:
        self._flow = flow
        self._own = own
        self._held = (*own, *shared)

    async def take(self, kind: str = "") -> None:
        """Wait until everybody who counts calls of this kind has room for one."""
        for held in self._held:
            if held.bucket.allowance.of in ("", kind):
                await held.spend()
        await self._flow.acquire()

    async def hold(self, seconds: float) -> None:
        """The platform asked to stay away: the narrowest holder whom it may have meant does."""
        for per in Per:
            mine = [held for held in self._held if held.bucket.allowance.per is per]
            for held in mine:
                await held.hold(seconds)
            if mine:
                return

    async def close(self) -> None:
        """Give back what the pass did not spend of its own."""
        for held in self._own:
            await held.give_back()


class Endless:
    """A purse that counts nothing: for a reading that shares its allowances with nobody."""

    def lease(self, bucket: Bucket) -> Lease:
        """Always some."""
        return Lease(max(1, bucket.allowance.most), 0, 1 << 62)

    def give_back(self, bucket: Bucket, lease: Lease, calls: int) -> None:
        """Nothing was counted."""

    def hold(self, bucket: Bucket, seconds: float) -> None:
        """Nobody else is there to be told."""


def matching(allowances: Iterable[Allowance], per: Per) -> tuple[Allowance, ...]:
    """The allowances that count per that holder."""
    return tuple(each for each in allowances if each.per is per)


def _used_up(bucket: Bucket) -> PlatformError:
    allowance = bucket.allowance
    what = f"{allowance.per.value}的接口调用额度({allowance.window.value}{allowance.most}次)已用完"
    return PlatformError(ErrorClass.QUOTA, what, "", REMEDIES[ErrorClass.QUOTA])


def _held() -> PlatformError:
    return PlatformError(ErrorClass.RETRY, "平台要求暂缓调用,尚未到时间", "", LATER)
