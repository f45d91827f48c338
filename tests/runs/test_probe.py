"""The run asks the menus of a day, and what two days tell stands in the finding."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from monitor.collect.loop import EventLoop
from monitor.demo.servers import links
from monitor.domain.finding import Finding
from monitor.domain.service_link import Offered, Where
from monitor.judge.evaluate import judge
from monitor.record import facts, service_links
from monitor.record.store import Store
from monitor.runs import probe
from monitor.runs.parts import Pace, Parts
from tests.conftest import StandingClock
from tests.demo.small_world import SmallWorld
from tests.judge.shelf import book
from tests.kits.platform_server import hosted
from tests.record.builders import registry
from tests.service.parts import some_parts

MENU = (Offered("办事服务/户政预约", "https://demo.invalid/expired/1/a"),)


@pytest.fixture
def asking(store: Store, clock: StandingClock) -> Iterator[tuple[Parts, EventLoop]]:
    app = links.application(SmallWorld([], {}), clock)
    with EventLoop() as loop, hosted(loop, app) as url:
        yield replace(some_parts(store, clock), paces={"links": Pace(url, 1000)}), loop


def finding(store: Store, key: int, at: int) -> Finding | None:
    with store.reading() as tx:
        (measured,) = facts.measure(tx, at, 1 << 61, [key])
    found = judge(measured, book("hubei-default")).findings
    return next((each for each in found if each.rule == "无服务"), None)


def test_links_dead_on_two_days_are_named_and_one_bad_evening_is_not(
    asking: tuple[Parts, EventLoop], clock: StandingClock
) -> None:
    parts, loop = asking
    (key,) = registry(parts.store)
    with parts.store.writing() as tx:
        service_links.offered(tx, key, Where.MENU, MENU, tx.second)
    first = probe.run(parts, loop)
    assert first is not None
    assert first.counts == {"服务链接": 1, "打不开": 1}
    again = probe.run(parts, loop)
    assert again is not None
    assert again.counts == {"服务链接": 0}
    assert finding(parts.store, key, int(clock().timestamp()) + 1) is None
    clock.move(days=1)
    probe.run(parts, loop)
    told = finding(parts.store, key, int(clock().timestamp()) + 1)
    assert told is not None
    assert "办事链接(2026年11月24日核查)、服务菜单(2026年11月24日核查)均不可用" in told.sentence
    named = {each["detail"] for each in told.evidence["answers"]}
    assert named == {"办事服务/户政预约(自2026-11-23起打不开,返回状态404)"}
    with parts.store.reading() as tx:
        (dead,) = service_links.of_account(tx, key)
    assert dead.told == "返回状态404"
