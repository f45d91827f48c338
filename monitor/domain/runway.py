"""Runway 授权剩余: an authorisation with an end, and the steps at which its operators are told."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.instants import DAY

STEPS: Final = (14, 5, 1)
"""Days before the end at which operators are told."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An authorisation that runs out at second `expires_at`; `account_id` 0 is the application's
    own, which has no unit and no path."""

    reader: str
    account_id: int
    expires_at: int
    name: str = ""
    platform: str = ""
    unit_name: str = ""
    path: str = ""

    def left(self, now: int) -> int:
        """Whole days left, 0 within the last one."""
        return max(0, self.expires_at - now) // DAY

    def step(self, now: int) -> int | None:
        """The last step that has come; None before the first and after the end."""
        left = self.expires_at - now
        return min((each for each in STEPS if 0 < left <= each * DAY), default=None)


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is told of an ending: the link at which the account's operator agrees anew
    ('' where a person at the machine must act)."""

    ending: Ending
    left: int
    link: str = ""
