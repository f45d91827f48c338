"""Trying again: only what a moment may mend, only a few times, and as late as the platform asks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import stamina

from monitor.collect.errors import PlatformError
from monitor.domain.collecting import ErrorClass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long one question is asked again within a pass; times in seconds.

    A platform that asks for more than `longest_wait` is left to the next sweep, so that one
    account never holds a worker for long.
    """

    attempts: int = 4
    first_wait: float = 1.0
    longest_wait: float = 90.0
    altogether: float = 240.0


async def patiently(patience: Patience, ask: Callable[[], Awaitable[T]]) -> T:
    """The first answer of `ask`; the last PlatformError once patience is at its end."""

    def again(error: Exception) -> bool | float:
        if not isinstance(error, PlatformError) or error.error is not ErrorClass.RETRY:
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= patience.longest_wait else False

    # A context and not stamina's decorator: that one logs the arguments, and secrets with them.
    attempts = stamina.retry_context(
        on=again,
        attempts=patience.attempts,
        timeout=patience.altogether,
        wait_initial=patience.first_wait,
        wait_max=patience.longest_wait / 4,
    )
    async for attempt in attempts:
        with attempt:
            return await ask()
    raise AssertionError("stamina either returns or raises")
