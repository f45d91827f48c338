"""The doorway: how many may wait for their password to be checked, in all and from one address.

Checking a password is work on purpose. One at a time is checked, behind everything else the machine
does; some more may wait; who comes when all places are taken is asked to come again in a moment,
which costs next to nothing. So a burst of tries slows down nobody who is already in.
"""

import asyncio
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")
LOG: Final = logging.getLogger(__name__)
AT_ONCE: Final = 1
PLACES: Final = 32
"""At about 40 ms a password the last in the line waits a second and a half."""
PLACES_OF_ONE: Final = 16
"""A whole bureau may sit behind one address; a machine that guesses sits behind one, too."""
BEHIND: Final = 5
"""How much the checking thread gives way to others (nice)."""


class Doorway:
    """A bounded line before the checking of passwords."""

    def __init__(self) -> None:
        self._checking = ThreadPoolExecutor(AT_ONCE, "sign-in", initializer=_give_way)
        self._waiting: Counter[str] = Counter()

    async def check(self, address: str, work: Callable[[], T]) -> T | None:
        """What `work` gives, done in turn; None, at once, where the line is too long."""
        if self._waiting.total() >= PLACES or self._waiting[address] >= PLACES_OF_ONE:
            return None
        self._waiting[address] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._checking, work)
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]


def _give_way() -> None:
    """Let this thread work only when no other wants to; where the system knows no such thing,
    it works like any other."""
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)
    except (AttributeError, OSError) as cannot:
        LOG.warning("口令校验线程未能让出优先级: %s", cannot)
