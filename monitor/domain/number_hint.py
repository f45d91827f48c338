"""数据提示: numbers of an account that are unlike its own past, for a person to look at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Followed:
    """The level of followers a source told at second `at`."""

    at: int
    level: int


@dataclass(frozen=True, slots=True)
class Work:
    """A post's newest numbers: `views` are the plays, reads or readers of its platform."""

    at: int
    views: int
    likes: int | None = None


@dataclass(frozen=True, slots=True)
class Traces:
    """What hints need of one account before `as_of` (seconds), all rising in time.

    `copied` says of posts whether another unit's account had published the same title before; None
    where titles were not compared.
    """

    account_id: int
    as_of: int
    followers: tuple[Followed, ...] = ()
    works: tuple[Work, ...] = ()
    posts: tuple[int, ...] = ()
    copied: tuple[tuple[int, bool], ...] | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """How often chance alone would show at least as much (`p`, 0..1), and what was seen."""

    p: float
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One signal of a hint, by name."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NumberHint:
    """An account of which two signals or more agree; `rate` is the share of false ones to expect
    among all hints as strong as this one."""

    account_id: int
    rate: float
    told: tuple[Told, ...]
