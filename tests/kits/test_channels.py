"""Every channel keeps the contract, whichever file it came from."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS
from monitor.domain.errors import CannotRun, DeliveryError
from monitor.domain.instants import to_second
from tests.deliver.letters import AT, Mailbox, a_letter, a_server
from tests.deliver.robot_services import robot_services

KEY = "digest/2026-W47/all"


@contextmanager
def means(folder: Path) -> Iterator[Means]:
    """A machine that has everything, all of it on loopback or in a temporary folder."""
    with a_server(Mailbox()) as smtp, robot_services(to_second(AT)) as services:
        options = {name: services.means(name) for name in ROBOTS.names()}
        yield Means(smtp=smtp, folder=folder, options=options)


Machine = Callable[[], AbstractContextManager[Means]]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return lambda: means(tmp_path)


@pytest.fixture(params=CHANNELS.names())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_it_goes_by_the_name_the_outbox_keeps(name: str, machine: Machine) -> None:
    with machine() as there:
        assert CHANNELS.get(name)(there).name == name


def test_a_machine_without_its_means_is_told_what_is_missing(name: str) -> None:
    with pytest.raises(CannotRun) as caught:
        CHANNELS.get(name)(Means())
    assert caught.value.explained.where
    assert caught.value.explained.remedy


def test_a_letter_delivered_twice_is_recognisably_the_same(name: str, machine: Machine) -> None:
    with machine() as there:
        channel = CHANNELS.get(name)(there)
        receipts = {channel.deliver(a_letter(), "a@example.cn", KEY, AT) for _ in range(2)}
    assert len(receipts) == 1
    assert receipts.pop()


def test_the_plainest_letter_leaves_too(name: str, machine: Machine) -> None:
    plain = replace(a_letter(), html="", group_text="", attachments=())
    with machine() as there:
        assert CHANNELS.get(name)(there).deliver(plain, "a@example.cn", KEY, AT)


def test_a_recipient_no_message_can_name_is_refused_for_good(name: str, machine: Machine) -> None:
    with machine() as there, pytest.raises(DeliveryError) as caught:
        CHANNELS.get(name)(there).deliver(a_letter(), "a@b.cn\nBcc: c@d.cn", KEY, AT)
    assert caught.value.permanent
    assert caught.value.explained.remedy
