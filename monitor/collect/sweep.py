"""A sweep: one pass over each target, a few at once, each harvest handed over before the next."""

import asyncio
import logging
import traceback
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import httpx

from monitor.collect.errors import malformed
from monitor.collect.platform import PLATFORMS, Gathered, Line, Platform
from monitor.collect.retry import Patience
from monitor.collect.throttle import Throttle
from monitor.domain.collecting import ErrorClass, Harvest, PassOutcome, Target
from monitor.domain.instants import to_second

log = logging.getLogger(__name__)
Deliver = Callable[[Harvest], None]


class Pacing(Protocol):
    """How fast one platform may be asked: calls a second, passes at once, days back."""

    @property
    def base_url(self) -> str | None: ...
    @property
    def per_second(self) -> float: ...
    @property
    def at_once(self) -> int: ...
    @property
    def deepest_days(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """The pacing of a platform nobody configured."""

    base_url: str | None = None
    per_second: float = 10
    at_once: int = 8
    deepest_days: int = 400


@dataclass(frozen=True)
class Gear:
    """What a sweep works with; `paces` by platform name."""

    client: httpx.AsyncClient = field(repr=False)
    now: Callable[[], datetime]
    paces: Mapping[str, Pacing] = field(default_factory=dict)
    patience: Patience = field(default_factory=Patience)


@dataclass
class SweepReport:
    """How many passes ended how; `unread` targets are of platforms nothing can collect."""

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


async def sweep(targets: Iterable[Target], gear: Gear, deliver: Deliver) -> SweepReport:
    """Read every target once, in order; `deliver` runs in a thread, one harvest at a time.

    A worker hands its harvest over before it begins the next account: a slow store slows the
    reading, and no more than `at_once` harvests of a platform are ever held. What `deliver` raises
    ends the sweep and is raised from here.
    """
    report = SweepReport()
    queues: dict[str, deque[Target]] = {}
    for target in targets:
        queues.setdefault(target.platform, deque()).append(target)
    hand = _Hand(deliver, report)
    try:
        async with asyncio.TaskGroup() as group:
            for name, queue in queues.items():
                if name not in PLATFORMS:
                    report.unread += len(queue)
                    continue
                for work in _workers(PLATFORMS.get(name), queue, gear, hand):
                    group.create_task(work)
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
    return report


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


def _workers(
    platform: Platform, queue: deque[Target], gear: Gear, hand: _Hand
) -> Iterator[Coroutine[object, object, None]]:
    pace = gear.paces.get(platform.name) or Pace()
    throttle = Throttle(pace.per_second)

    async def work() -> None:
        while queue:
            target = queue.popleft()
            line = Line(
                client=gear.client,
                base_url=(pace.base_url or platform.base_url).rstrip("/"),
                turns=throttle.for_token(platform.per_minute),
                now=gear.now,
                patience=gear.patience,
                deepest_days=pace.deepest_days,
            )
            await hand.over(await _one_pass(platform, target, line))

    for _ in range(min(pace.at_once, len(queue))):
        yield work()


async def _one_pass(platform: Platform, target: Target, line: Line) -> Harvest:
    started_at = line.second
    try:
        return await platform.read(target, line)
    except Exception as bug:  # noqa: BLE001  # one account's surprise must not end the sweep
        # Place and kind only: an error's words may hold an address, and addresses hold tokens.
        place = traceback.extract_tb(bug.__traceback__)[-1]
        kind = f"{type(bug).__name__} at {place.filename}:{place.lineno}"
        log.error("reading account %s of %s: %s", target.account_id, platform.name, kind)  # noqa: TRY400
        gathered = Gathered(target, platform.route, started_at)
        error = malformed("采集程序遇到未预料的情况", f"{platform.name} {type(bug).__name__}")
        return gathered.broken(error, to_second(line.now()))
