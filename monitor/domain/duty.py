"""值班表 and 联络员台账: who answers today, who speaks for a unit, and who takes over."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class Roster(StrEnum):
    """The two lists an office keeps of people to call."""

    DUTY = "值班表"
    LIAISONS = "联络员台账"


class Part(StrEnum):
    """Who does it, and who stands in."""

    A = "A岗"
    B = "B岗"


BINDING: Final = ("联络员", "运维员A", "运维员B", "绑定管理员")
"""Columns of the ledger that name somebody whom an account is bound to."""
HANDED_OVER: Final = ("联络员", "运维员A", "运维员B")
"""Those of them a hand-over changes; whoever is bound at the platform must be changed there."""
NO_END: Final = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty in a unit on a day (`2026-11-22`); the phone is sealed apart."""

    day: str
    unit_code: str
    leader: str = ""
    officer: str = ""
    backup: str = ""
    remark: str = ""
    id: int | None = None
    unit_name: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Liaison:
    """Who speaks for a unit from `since` up to and with `until` ('' is open), both days.

    `predecessor` is whom he took over from; `confirmed_at` (seconds) when that was confirmed.
    """

    unit_code: str
    name: str
    badge: str = ""
    post: str = ""
    part: Part = Part.A
    since: str = ""
    until: str = NO_END
    confirmed_at: int | None = None
    predecessor: int | None = None
    version: int = 1
    id: int | None = None
    unit_name: str = ""
    path: str = ""

    def left(self, today: date) -> bool:
        """Whether his last day is over."""
        return self.until != NO_END and self.until < today.isoformat()

    def serves(self, today: date) -> bool:
        """Whether he is in charge today."""
        return self.since <= today.isoformat() and not self.left(today)


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers as they were typed; they are sealed and forgotten."""

    duty: str = field(default="", repr=False)
    office: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)


def gaps(known: frozenset[str], days: tuple[str, ...]) -> tuple[str, ...]:
    """The days of `days` on which nobody is on duty."""
    return tuple(day for day in days if day not in known)
