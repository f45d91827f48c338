import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from monitor.collect import sweep as sweeping
from monitor.collect.loop import EventLoop
from monitor.collect.platform import Gathered, Line
from monitor.collect.sweep import Gear, Pace, SweepReport, sweep
from monitor.domain.allowance import Allowance
from monitor.domain.collecting import (
    CoverageClaim,
    ErrorClass,
    Harvest,
    PassOutcome,
    Route,
    Target,
)
from monitor.domain.errors import StoreError
from monitor.domain.numbers import Provenance
from tests.kits.platform_server import by_reader

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@dataclass
class Pretended:
    """A platform whose reading is whatever the test says."""

    reading: Callable[[Target], Awaitable[None]]
    name: str = "pretended"
    base_url: str = "https://example.invalid"
    secret_names: tuple[str, ...] = ()
    title: str = "假平台"
    serves: frozenset[str] = frozenset({"pretended"})
    shared_names: tuple[str, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    addresses: list[str] = field(default_factory=list)

    def route(self, platform: str) -> Route:
        return Route(platform, "own", Provenance.INTERFACE, 4, 60)

    async def read(self, target: Target, line: Line) -> Harvest:
        self.addresses.append(line.base_url)
        await self.reading(target)
        return Gathered(target, self.route(target.platform), line.second).complete(
            CoverageClaim(0, 1, 1), line.second
        )


def targets(count: int, platform: str = "pretended") -> list[Target]:
    return [
        Target(number, platform, f"u{number}", "账号", {"key": "s3cret"}) for number in range(count)
    ]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[[Pretended], None]:
    def put(platform: Pretended) -> None:
        monkeypatch.setattr(sweeping, "READERS", {platform.name: platform})

    return put


def swept(
    loop: EventLoop,
    count: int,
    deliver: Callable[[Harvest], None],
    *,
    at_once: int = 8,
    platform: str = "pretended",
) -> SweepReport:
    gear = Gear(
        loop.client,
        lambda: NOW,
        {"pretended": Pace("http://127.0.0.1:1/", at_once=at_once, per_second=1e6)},
    )
    return loop.run(sweep(by_reader(targets(count, platform)), gear, deliver))


def test_no_more_are_read_at_once_than_the_pace_allows(
    loop: EventLoop, install: Callable[[Pretended], None]
) -> None:
    under_way, most = 0, 0
    three = asyncio.Barrier(3)

    async def reading(_: Target) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await three.wait()
        under_way -= 1

    platform = Pretended(reading)
    install(platform)
    got: list[Harvest] = []
    report = swept(loop, 39, got.append, at_once=3)
    assert most == 3
    assert sorted(harvest.account_id for harvest in got) == list(range(39))
    assert report.outcomes == {PassOutcome.COMPLETE: 39}
    assert set(platform.addresses) == {"http://127.0.0.1:1"}


def test_one_dead_account_delays_no_other(
    loop: EventLoop, install: Callable[[Pretended], None]
) -> None:
    got: list[int] = []
    others_done = asyncio.Event()

    async def reading(target: Target) -> None:
        if target.account_id == 0:
            await others_done.wait()

    def deliver(harvest: Harvest) -> None:
        got.append(harvest.account_id)
        if len(got) == 19:
            loop_of_tests.call_soon_threadsafe(others_done.set)

    async def current() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    loop_of_tests = loop.run(current())
    install(Pretended(reading))
    swept(loop, 20, deliver, at_once=2)
    assert got[-1] == 0
    assert len(got) == 20


def test_harvests_are_handed_over_one_at_a_time_and_a_slow_store_slows_the_reading(
    loop: EventLoop, install: Callable[[Pretended], None]
) -> None:
    read, delivered, held, inside = 0, 0, 0, 0
    one_at_a_time = True

    async def reading(_: Target) -> None:
        nonlocal read, held
        read += 1
        held = max(held, read - delivered)

    def deliver(_: Harvest) -> None:
        nonlocal delivered, inside, one_at_a_time
        inside += 1
        one_at_a_time = one_at_a_time and inside == 1
        assert threading.current_thread().name != "event-loop"
        delivered += 1
        inside -= 1

    install(Pretended(reading))
    swept(loop, 100, deliver, at_once=4)
    assert one_at_a_time
    assert held <= 4


def test_a_store_that_refuses_ends_the_sweep_with_its_own_error(
    loop: EventLoop, install: Callable[[Pretended], None]
) -> None:
    async def reading(_: Target) -> None:
        return None

    def deliver(_: Harvest) -> None:
        raise StoreError("磁盘已满")

    install(Pretended(reading))
    with pytest.raises(StoreError, match="磁盘已满"):
        swept(loop, 20, deliver)


def test_a_surprise_in_one_account_fails_that_pass_and_says_no_secret(
    loop: EventLoop, install: Callable[[Pretended], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def reading(target: Target) -> None:
        if target.account_id == 1:
            raise RuntimeError(f"at https://example.invalid/?token={target.secrets['key']}")

    install(Pretended(reading))
    got: dict[int, Harvest] = {}
    report = swept(loop, 3, lambda harvest: got.update({harvest.account_id: harvest}))
    assert report.outcomes == {PassOutcome.COMPLETE: 2, PassOutcome.FAILED: 1}
    assert report.errors == {ErrorClass.MALFORMED: 1}
    assert got[1].claim is None
    assert "RuntimeError" in caplog.text
    assert "s3cret" not in f"{caplog.text} {got!r}"


def test_accounts_nothing_can_collect_are_counted(
    loop: EventLoop, install: Callable[[Pretended], None]
) -> None:
    async def reading(_: Target) -> None:
        return None

    install(Pretended(reading))
    report = swept(loop, 5, lambda _: None, platform="other")
    assert report.unread == 5
    assert not report.outcomes


def test_a_sweep_can_be_cancelled(install: Callable[[Pretended], None]) -> None:
    begun = threading.Event()

    async def reading(_: Target) -> None:
        begun.set()
        await asyncio.Event().wait()

    install(Pretended(reading))
    got: list[Harvest] = []
    with EventLoop() as loop, ThreadPoolExecutor(1) as pool:
        future = pool.submit(swept, loop, 20, got.append)
        begun.wait()
        loop.cancel()
        with pytest.raises(CancelledError):
            future.result(timeout=5)
    assert got == []
