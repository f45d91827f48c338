"""Campaign rules 协同发声规定: kinds, lengths, clocks, steps and what may not be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.campaign import Kind, Order


class Audience(StrEnum):
    """Whom a step speaks to."""

    UNIT = "单位"
    CITY = "市州"
    DESK = "承办处室"


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind: who publishes first unless told otherwise, whether units sign for it, whether the
    week's cap stops it, whether the duty officer is told at night, and hours to its deadline."""

    kind: Kind
    order: Order
    signs: bool
    capped: bool
    night: bool
    hours: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time the rules give from the event on, in hours, on whose word."""

    name: str
    hours: int
    kinds: frozenset[Kind]
    source: str
    rank: str


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder so many minutes from the deadline (below 0: before it), said to whom."""

    name: str
    minute: int
    to: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of the night in which nobody is disturbed: from `since` to `until` o'clock."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What no task may ask: `who` doing `what` in one sentence, or what is `always` wrong; said
    with a word of `unless` it forbids and passes. `not_what` and `not_unless` are longer words in
    which those of `what` and `unless` mean something else."""

    rule: str
    who: tuple[str, ...]
    what: tuple[str, ...]
    not_what: tuple[str, ...]
    always: tuple[str, ...]
    unless: tuple[str, ...]
    not_unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CampaignRules:
    """Everything the office laid down for campaigns, from `data/campaigns.yaml`. In the orders
    `through` new tasks are told to the 市州, who hand them on."""

    version: int
    source: str
    rank: str
    kinds: Mapping[Kind, KindRule]
    most: int
    lengths: Mapping[str, int]
    clocks: tuple[Clock, ...]
    through: frozenset[Order]
    steps: tuple[Step, ...]
    quiet: Quiet
    forbidden: Forbidden

    def longest(self, platform: str) -> int:
        """The most characters of a text for a platform."""
        return self.lengths.get(platform, self.most)

    def clocks_of(self, kind: Kind) -> tuple[Clock, ...]:
        """The clocks that run for a kind."""
        return tuple(each for each in self.clocks if kind in each.kinds)
