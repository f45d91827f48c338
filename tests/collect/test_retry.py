import asyncio
from collections.abc import Iterator

import pytest
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from monitor.collect.errors import PlatformError
from monitor.collect.retry import Patience, patiently
from monitor.domain.collecting import ErrorClass

QUICK = Patience(attempts=4, first_wait=0.0005, longest_wait=0.02)


@pytest.fixture
def waits() -> Iterator[list[float]]:
    """The seconds waited before each repetition."""
    seen: list[float] = []

    def note(details: RetryDetails) -> None:
        seen.append(details.wait_for)

    set_on_retry_hooks([note])
    yield seen
    set_on_retry_hooks(None)


class Failing:
    """Fails with `error` as often as told, then answers."""

    def __init__(self, error: Exception, times: int) -> None:
        self.error, self.left, self.asked = error, times, 0

    async def __call__(self) -> str:
        self.asked += 1
        if self.left:
            self.left -= 1
            raise self.error
        return "answer"


def busy(wait: float | None = None) -> PlatformError:
    return PlatformError(ErrorClass.RETRY, "平台繁忙", wait=wait)


def test_what_a_moment_mends_is_answered() -> None:
    failing = Failing(busy(), 3)
    assert asyncio.run(patiently(QUICK, failing)) == "answer"
    assert failing.asked == 4


def test_patience_ends_with_the_last_error() -> None:
    failing = Failing(busy(), 9)
    with pytest.raises(PlatformError):
        asyncio.run(patiently(QUICK, failing))
    assert failing.asked == QUICK.attempts


@pytest.mark.parametrize("error", [each for each in ErrorClass if each is not ErrorClass.RETRY])
def test_no_other_class_is_asked_twice(error: ErrorClass) -> None:
    failing = Failing(PlatformError(error, "不行"), 1)
    with pytest.raises(PlatformError):
        asyncio.run(patiently(QUICK, failing))
    assert failing.asked == 1


def test_a_mistake_of_ours_is_not_asked_twice() -> None:
    failing = Failing(KeyError("x"), 1)
    with pytest.raises(KeyError):
        asyncio.run(patiently(QUICK, failing))
    assert failing.asked == 1


def test_the_platforms_own_wait_is_honoured(waits: list[float]) -> None:
    asyncio.run(patiently(QUICK, Failing(busy(wait=0.003), 2)))
    assert waits == [0.003, 0.003]


def test_a_wait_beyond_patience_is_left_to_the_next_sweep(waits: list[float]) -> None:
    failing = Failing(busy(wait=3600.0), 1)
    with pytest.raises(PlatformError):
        asyncio.run(patiently(QUICK, failing))
    assert failing.asked == 1
    assert waits == []


def test_by_default_a_minutes_wait_is_within_patience() -> None:
    failing = Failing(busy(wait=60.0), 1)
    with stamina.set_testing(True, attempts=2):
        assert asyncio.run(patiently(Patience(), failing)) == "answer"
