"""Advice 关停合并建议: what is known of an account, and what is proposed of it with reasons."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.account import State


class Advice(StrEnum):
    """What is proposed."""

    MERGE = "建议合并"
    CLOSE = "建议关停"
    FIND = "建议先找回再关停"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one account: the surest silence in seconds, followers (None: unknown),
    whether any post is known and the whole of its life was seen, since when it is 失管 (seconds),
    and the name of the unit's main account on the same platform ('' where there is none)."""

    state: State
    main: bool = False
    silent: int | None = None
    never: bool = False
    followers: int | None = None
    lost: int | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Advised:
    """A proposal and the reasons for it, each a sentence."""

    advice: Advice
    reasons: tuple[str, ...]
