"""A sweep: one pass over each target, a few at once, each harvest handed over before the next."""

import asyncio
import logging
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit

import httpx

from monitor.collect.breaker import Breakers
from monitor.collect.errors import malformed
from monitor.collect.platform import READERS, Gathered, Line, Reader
from monitor.collect.retry import Patience
from monitor.collect.throttle import Clock, Endless, Held, Purse, Throttle, matching
from monitor.collect.vault import Pocket, Vault
from monitor.domain.allowance import Allowance, Bucket, Per, Window
from monitor.domain.collecting import CoverageClaim, ErrorClass, Harvest, PassOutcome, Target
from monitor.domain.instants import MINUTE, to_second

log = logging.getLogger(__name__)
Deliver = Callable[[Harvest], None]
FORGIVEN: Final = MINUTE
"""Seconds our clock may run before a platform's without any harm."""


class Pacing(Protocol):
    """How fast one reader may ask: calls a second, passes at once, days back.

    `per_token_day` is what the office agreed on with the platform for one token, where that is
    another number than the one that is known.
    """

    @property
    def base_url(self) -> str | None: ...
    @property
    def per_second(self) -> float: ...
    @property
    def at_once(self) -> int: ...
    @property
    def deepest_days(self) -> int: ...
    @property
    def per_token_day(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """The pacing of a reader nobody configured."""

    base_url: str | None = None
    per_second: float = 10
    at_once: int = 8
    deepest_days: int = 400
    per_token_day: int | None = None


@dataclass(frozen=True)
class Gear:
    """What a sweep works with; `paces` by the reader's key."""

    client: httpx.AsyncClient = field(repr=False)
    now: Callable[[], datetime]
    paces: Mapping[str, Pacing] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)
    vault: Vault | None = field(default=None, repr=False)
    purse: Purse = field(default_factory=Endless)
    nap: Callable[[float], Awaitable[None]] = asyncio.sleep

    def second(self) -> int:
        """The present second."""
        return to_second(self.now())


@dataclass
class SweepReport:
    """How many passes ended how; `unread` targets are of readers that do not exist."""

    outcomes: Counter[PassOutcome] = field(default_factory=Counter)
    errors: Counter[ErrorClass] = field(default_factory=Counter)
    items: int = 0
    unread: int = 0

    def count(self, harvest: Harvest) -> None:
        """Enter one harvest."""
        self.outcomes[harvest.outcome] += 1
        self.items += harvest.items
        if harvest.error is not None:
            self.errors[harvest.error] += 1


async def sweep(
    queues: Mapping[str, Iterable[Target]], gear: Gear, deliver: Deliver
) -> SweepReport:
    """Read every target once; each reader has its own queue and workers, so that none waits for
    another. Targets are drawn one at a time, in order, in a thread: a queue may ask the database.

    A worker hands its harvest over (`deliver` runs in a thread, one harvest at a time) before it
    begins the next account: a slow store slows the reading, and no more than `at_once` harvests of
    a reader are ever held. What `deliver` raises ends the sweep and is raised from here.
    """
    hand = _Hand(deliver, SweepReport())
    gear = replace(gear, vault=gear.vault or Pocket(gear.second))
    try:
        async with asyncio.TaskGroup() as group:
            for name, targets in queues.items():
                if name in READERS:
                    group.create_task(_Desk(READERS.get(name), gear, hand).read(iter(targets)))
                else:
                    hand.report.unread += sum(1 for _ in targets)
    except BaseExceptionGroup as several:
        raise _first(several) from None
    return hand.report


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first single error of a group of groups."""
    first = several.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


@dataclass
class _Hand:
    """Hands harvests over, one at a time."""

    deliver: Deliver
    report: SweepReport
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def over(self, harvest: Harvest) -> None:
        async with self.turn:
            await asyncio.to_thread(self.deliver, harvest)
        self.report.count(harvest)


class _Desk:
    """One reader at work in one sweep: its pace, its allowances, its workers."""

    def __init__(self, reader: Reader, gear: Gear, hand: _Hand) -> None:
        self.reader = reader
        self.gear = gear
        self.hand = hand
        self.pace = gear.paces.get(reader.name) or Pace()
        self.base_url = (self.pace.base_url or reader.base_url).rstrip("/")
        self.allowances = tuple(map(self._agreed, reader.allowances))
        host = urlsplit(self.base_url).netloc
        shared = [*self._held(Per.APPLICATION, ""), *self._held(Per.ADDRESS, host)]
        self.throttle = Throttle(self.pace.per_second, shared)
        self.breakers = Breakers()
        self.draw = asyncio.Lock()

    async def read(self, targets: Iterator[Target]) -> None:
        """All targets, `at_once` of them at a time."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.pace.at_once):
                    group.create_task(self._work(targets))
        finally:
            await self.throttle.close()

    async def _work(self, targets: Iterator[Target]) -> None:
        while (target := await self._next(targets)) is not None:
            await self.hand.over(await self._pass(target))

    async def _next(self, targets: Iterator[Target]) -> Target | None:
        async with self.draw:
            return await asyncio.to_thread(next, targets, None)

    async def _pass(self, target: Target) -> Harvest:
        turns = self.throttle.turns(self._held(Per.TOKEN, str(target.account_id)))
        assert self.gear.vault is not None
        line = Line(
            client=self.gear.client,
            base_url=self.base_url,
            turns=turns,
            now=self.gear.now,
            vault=self.gear.vault,
            reader=self.reader.name,
            patience=self.gear.patience,
            deepest_days=self.pace.deepest_days,
            stand_in=self.pace.base_url is not None,
            breakers=self.breakers,
        )
        try:
            return _honest(await _one_pass(self.reader, target, line), line.skew.ahead)
        finally:
            await turns.close()

    def _held(self, per: Per, who: str) -> list[Held]:
        clock = Clock(self.gear.second, self.gear.nap)
        longest = self.gear.patience.longest_wait
        return [
            Held(Bucket(self.reader.name, each, who), self.gear.purse, clock, longest)
            for each in matching(self.allowances, per)
        ]

    def _agreed(self, allowance: Allowance) -> Allowance:
        days = allowance.window in (Window.DAY, Window.ROLLING_DAY)
        if self.pace.per_token_day is None or allowance.per is not Per.TOKEN or not days:
            return allowance
        return replace(allowance, most=self.pace.per_token_day)


def _honest(harvest: Harvest, ahead: int) -> Harvest:
    """Where our clock runs before the platform's, a claim ends so much earlier."""
    if ahead <= FORGIVEN:
        return harvest
    claim = harvest.claim
    if claim is None:
        return replace(harvest, ahead=ahead)
    b = min(claim.b, harvest.started_at - harvest.route.settle - ahead)
    return replace(harvest, claim=CoverageClaim(min(claim.a, b), b, claim.looked_at), ahead=ahead)


async def _one_pass(reader: Reader, target: Target, line: Line) -> Harvest:
    started_at = line.second
    try:
        return await reader.read(target, line)
    except Exception as bug:  # noqa: BLE001  # one account's surprise must not end the sweep
        # Place and kind only: an error's words may hold an address, and addresses hold tokens.
        place = traceback.extract_tb(bug.__traceback__)[-1]
        kind = f"{type(bug).__name__} at {place.filename}:{place.lineno}"
        log.error("reading account %s of %s: %s", target.account_id, reader.name, kind)  # noqa: TRY400
        gathered = Gathered(target, reader.route(target.platform), started_at)
        error = malformed("采集程序遇到未预料的情况", f"{reader.name} {type(bug).__name__}")
        return gathered.broken(error, to_second(line.now()))
