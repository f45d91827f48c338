"""Lock-out: after some failures one waits, longer each time, by login and by address.

Both are counted whether the login exists or not, so that waiting tells nobody who works here. The
longest wait is a quarter of an hour: a stranger may slow somebody down, never shut him out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.instants import DAY, HOUR, MINUTE


@dataclass(frozen=True, slots=True)
class Patience:
    """`free` failures within `window` seconds cost nothing; then the wait doubles per `step`."""

    free: int
    step: int
    window: int


BY_LOGIN: Final = Patience(free=5, step=1, window=DAY)
BY_ADDRESS: Final = Patience(free=30, step=10, window=HOUR)
"""A whole bureau may sit behind one address."""
LONGEST: Final = 15 * MINUTE
WINDOW: Final = max(BY_LOGIN.window, BY_ADDRESS.window)
"""Failures older than this count for nothing any more."""


def wait(by_login: Sequence[int], by_address: Sequence[int], now: int) -> int:
    """Seconds to wait before the next try; 0 where one may try.

    Both hold the seconds (UTC) of failures, in any order.
    """
    return max(delay(by_login, BY_LOGIN, now), delay(by_address, BY_ADDRESS, now))


def say(seconds: int) -> str:
    """The sentence a person reads, in whole minutes."""
    minutes = -(-seconds // MINUTE)
    return f"登录失败次数过多，请在{minutes}分钟后再试"


def delay(failures: Sequence[int], patience: Patience, now: int) -> int:
    """Seconds to wait after `failures` (seconds, UTC) of one kind; 0 where one may try."""
    counted = [at for at in failures if now - patience.window < at <= now]
    over = len(counted) - patience.free
    if over < 0:
        return 0
    longer = min(MINUTE << min(over // patience.step, 10), LONGEST)
    return max(0, max(counted) + longer - now)
