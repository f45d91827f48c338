"""Truth of the ledger 台账真实性: what looking at accounts says of what the registry holds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.account import State
from monitor.domain.instants import DAY
from monitor.domain.patrol import Seen

FRESH: Final = 365 * DAY
"""本厅设定: what was looked at longer ago tells nothing of the ledger as it is now."""
KEPT: Final = frozenset(State) - {State.PLANNED, State.APPROVED}
"""The accounts whose entry can be right or wrong: those that were opened."""


class Verdict(StrEnum):
    """What is known of one entry."""

    RIGHT = "属实"
    WRONG = "有出入"
    UNKNOWN = "未核查"


class Basis(StrEnum):
    """Who looked; a unit's own word counts apart from what others saw."""

    SPOT = "抽查"
    PATROL = "巡查"
    OWN = "单位核对"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A third person's look at a page: what it was like, the name it bore where that was told."""

    seen: Seen
    at: int
    name_now: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody says whether the entry is right, at a second, and what is not."""

    right: bool
    at: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the registry, since when it says what it says (seconds), and what was seen.

    `looks` are the two newest of third persons, the newest first; `spot` the newest 抽查, `own` the
    newest word of the unit itself; None where there is none.
    """

    name: str
    state: State
    since: int
    spot: Word | None = None
    looks: tuple[Look, ...] = ()
    own: Word | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one entry, by whom, since when, and what is not right."""

    verdict: Verdict
    basis: Basis = Basis.NONE
    at: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """n right of N checked, between the bounds of a 95 % Wilson interval (shares 0..1; None where
    nothing was checked). `unknown` entries are in neither; `own` of the checked rest on the unit's
    word alone; `same` of `spotted` were found right by 抽查."""

    asked: int
    right: int
    wrong: int
    own: int
    spotted: int
    same: int
    low: float | None = None
    high: float | None = None

    @property
    def checked(self) -> int:
        """Entries somebody looked at."""
        return self.right + self.wrong

    @property
    def unknown(self) -> int:
        """Entries nobody looked at: not right, and not wrong."""
        return self.asked - self.checked

    @property
    def share(self) -> float | None:
        """The right ones of the checked; None where nothing was checked."""
        return self.right / self.checked if self.checked else None
