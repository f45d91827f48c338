"""Pasted replies 粘贴接龙: what a group's answers to a campaign were understood to say."""

from dataclasses import dataclass
from enum import StrEnum


class Sense(StrEnum):
    """How far a stretch of the pasted text was understood."""

    CLEAR = "已看懂"
    DOUBT = "存疑"
    NOTHING = "没看懂"
    ASIDE = "不登记"


@dataclass(frozen=True, slots=True)
class Named:
    """A unit by what people call it; `path` as the registry writes it (`/1/7/`)."""

    id: int
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A task a reply may be about; `open` while a unit may still report it."""

    id: int
    unit_id: int
    account: str
    platform: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """One publication a reply tells of: the tasks it may be (one where that is certain)."""

    tasks: tuple[int, ...]
    url: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of the pasted text, as it was pasted: `first` and `last` count its lines from 1.

    `units` are the names that were understood, `why` says what is doubtful or why nothing is
    entered. The texts of all stretches, joined, are the pasted text to the character.
    """

    text: str
    first: int
    last: int
    sense: Sense
    units: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    why: tuple[str, ...] = ()
