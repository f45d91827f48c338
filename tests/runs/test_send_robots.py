"""Robots are told once: at their pace, never again by the machine where it may have arrived."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from monitor.deliver import codec
from monitor.domain.letter import Letter
from monitor.record import outbox, robots
from monitor.record.outbox import Laid
from monitor.record.robots import Given
from monitor.record.store import Store
from monitor.runs import send, setup
from monitor.runs.parts import Parts
from tests.builders import T, a_unit
from tests.conftest import StandingClock
from tests.deliver.robot_services import TOKENS, Services, robot_services
from tests.service.parts import some_parts

BOX = T["outbox"]


@dataclass
class Groups:
    """A group's robot, its service, and letters for it."""

    parts: Parts
    services: Services
    robot: int

    def lay(self, *texts: str, channel: str = "wecom") -> None:
        with self.parts.store.writing(durable=True) as tx:
            for text in texts:
                body = codec.encode(Letter("协同", text, group_text=text))
                laid = Laid(channel, text, f"robot:{self.robot}", body, once=True)
                outbox.lay(tx, laid, tx.second)

    def send(self) -> dict[str, int] | None:
        report = send.run(self.parts)
        return None if report is None else dict(report.counts)

    def states(self) -> dict[str, str]:
        with self.parts.store.reading() as tx:
            rows = tx.conn.execute(select(BOX.c.dedupe_key, BOX.c.state))
            return {row.dedupe_key: row.state for row in rows}


@pytest.fixture
def groups(store: Store, clock: StandingClock) -> Iterator[Groups]:
    with robot_services(int(clock.now.timestamp())) as services:
        homes = {"wecom": services.home("wecom")}
        parts = setup.ready(some_parts(store, clock, robots=homes))
        vault = parts.vault()
        with store.writing() as tx:
            unit = a_unit(tx, "某厅", "990000000000", level="省厅")
            given = Given(unit, "wecom", "联络员群", TOKENS["wecom"])
            robot = robots.put(tx, vault, given)
        yield Groups(parts, services, robot)


def test_no_more_than_its_service_takes_in_a_minute_and_the_rest_later(
    groups: Groups, clock: StandingClock
) -> None:
    groups.lay(*(f"第{each}条" for each in range(45)))
    sizes = []
    for _ in range(3):
        groups.send()
        assert groups.send() is None
        sizes.append(len(groups.services.accepted))
        clock.move(seconds=outbox.WINDOW)
    assert sizes == [20, 40, 45]
    assert groups.services.texts() == [f"第{each}条" for each in range(45)]


def test_without_an_answer_it_waits_for_a_person(groups: Groups, clock: StandingClock) -> None:
    groups.lay("甲")
    groups.services.fate = "keep silent"
    groups.send()
    assert groups.states() == {"甲": "未知"}
    groups.services.fate = ""
    clock.move(days=3)
    assert groups.send() is None
    assert groups.services.texts() == ["甲"]


def test_a_process_that_died_leaves_it_unknown_and_others_go_on(
    groups: Groups, clock: StandingClock
) -> None:
    groups.lay("甲", "乙")
    assert outbox.claim(groups.parts.store, "dead", 300) is not None
    groups.send()
    assert groups.states() == {"甲": "发送中", "乙": "已发"}
    clock.move(seconds=301)
    assert groups.send() is None
    assert groups.states() == {"甲": "未知", "乙": "已发"}
    assert groups.services.texts() == ["乙"]


@pytest.mark.parametrize(("arrived", "state"), [(True, "已发"), (False, "待发")])
def test_a_person_says_what_becomes_of_it_once(groups: Groups, arrived: bool, state: str) -> None:
    groups.lay("甲")
    groups.services.fate = "hang up"
    groups.send()
    with groups.parts.store.writing() as tx:
        number = tx.conn.execute(select(BOX.c.id)).scalar_one()
        assert outbox.settle(tx, number, arrived=arrived)
        assert not outbox.settle(tx, number, arrived=arrived)
    assert groups.states() == {"甲": state}


def test_a_service_that_is_busy_is_asked_again(groups: Groups, clock: StandingClock) -> None:
    groups.lay("甲")
    groups.services.answers.append((200, {"errcode": 45009, "errmsg": "api freq out of limit"}))
    groups.send()
    assert groups.states() == {"甲": "重试"}
    clock.move(minutes=2)
    groups.send()
    assert groups.services.texts() == ["甲"]


def test_a_robot_that_was_taken_away_says_no_more(groups: Groups) -> None:
    groups.lay("甲")
    with groups.parts.store.writing() as tx:
        robots.remove(tx, groups.robot)
    groups.send()
    assert groups.states() == {"甲": "失败"}
    assert groups.services.accepted == []


def test_nothing_goes_where_the_settings_name_no_service(groups: Groups) -> None:
    groups.lay("甲")
    send.run(replace(groups.parts, robots={}))
    assert groups.states() == {"甲": "重试"}
    assert groups.services.accepted == []
