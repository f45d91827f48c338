"""Ladder 逐级提醒: who is told after how many days without a post, before anything is named."""

from dataclasses import dataclass

from monitor.domain.instants import DAY
from monitor.domain.person import Role


@dataclass(frozen=True, slots=True)
class Rung:
    """After `days` without a post the people of these roles are told, and asked for something."""

    days: int
    to: tuple[Role, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Silent:
    """An account that surely has not posted since second `since`; `seconds` of that count."""

    account_id: int
    since: int
    seconds: int
    name: str
    platform: str
    unit_name: str
    path: str

    def rung(self, rungs: tuple[Rung, ...]) -> Rung | None:
        """The last rung that was reached; None before the first."""
        reached = [each for each in rungs if self.seconds >= each.days * DAY]
        return reached[-1] if reached else None
