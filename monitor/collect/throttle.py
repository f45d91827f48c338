"""Smoothing: calls to a platform are spaced evenly, and those of one token kept under its limit."""

from typing import Final

from aiolimiter import AsyncLimiter

MINUTE: Final = 60.0


class Throttle:
    """Spaces the calls to one platform. Make it inside the event loop that uses it.

    aiolimiter holds futures of its loop, so a throttle never crosses loops; each sweep makes its
    own. The bucket holds one call only: an even flow, not a burst each second.
    """

    def __init__(self, per_second: float) -> None:
        self._platform = AsyncLimiter(1, 1 / per_second)

    def for_token(self, per_minute: float) -> "Turns":
        """The turns of one token, under the platform's own limit per minute as well."""
        return Turns(self._platform, AsyncLimiter(per_minute, MINUTE))


class Turns:
    """Hands out turns: await one before each call."""

    def __init__(self, platform: AsyncLimiter, token: AsyncLimiter) -> None:
        self._limits = (token, platform)

    async def take(self) -> None:
        """Wait until both the token and the platform have room."""
        for limit in self._limits:
            await limit.acquire()
