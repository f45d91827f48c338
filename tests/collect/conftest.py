"""One event loop for all the tests of collecting, and retries that do not wait."""

from collections.abc import Iterator

import pytest
import stamina

from monitor.collect.loop import EventLoop


@pytest.fixture(scope="package")
def loop() -> Iterator[EventLoop]:
    with EventLoop() as loop:
        yield loop


@pytest.fixture
def without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture
def asked_once() -> Iterator[None]:
    """What fails is not asked again: one answer, one outcome."""
    with stamina.set_testing(True, attempts=1):
        yield
