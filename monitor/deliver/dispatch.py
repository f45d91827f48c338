"""Dispatch 重发: when a letter that did not leave is tried again, and when no more."""

from typing import Final

from monitor.domain.errors import DeliveryError
from monitor.domain.instants import HOUR, MINUTE

PAUSES: Final = (
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
)
"""Seconds to wait after the first failure, the second, and so on; about two days in all."""


def retry_at(now: int, attempts: int, error: DeliveryError) -> int | None:
    """The second of the next attempt; None where trying again would not help.

    `attempts` counts those made so far, the one that just failed included (at least 1).
    """
    if error.permanent or attempts > len(PAUSES):
        return None
    return now + PAUSES[max(attempts, 1) - 1]


def outlook(now: int, attempts: int, error: DeliveryError) -> str:
    """What a person is told of a letter that did not leave."""
    again = retry_at(now, attempts, error)
    if again is not None:
        return f"第{attempts}次未送达,{_span(again - now)}后自动重试"
    if error.permanent:
        return "未送达,不再自动重试:须先改正所述问题,再重新发送"
    return f"已尝试{attempts}次均未送达,不再自动重试"


def _span(seconds: int) -> str:
    return f"{seconds // HOUR}小时" if seconds >= HOUR else f"{seconds // MINUTE}分钟"
