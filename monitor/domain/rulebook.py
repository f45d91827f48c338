"""Rulebook 认定标准: versioned thresholds, each with its source and rank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from monitor.domain.account import State
from monitor.domain.finding import Outcome

GONE = frozenset({State.PLANNED, State.APPROVED, State.ANNOUNCED, State.CLOSED, State.REMOVED})
"""Not yet open, closure approved and announced, closed: never judged, whatever the rulebook."""


@dataclass(frozen=True, slots=True)
class UpdateClass:
    """One class of silence: reached when the silence exceeds `over_seconds`."""

    name: str
    over_seconds: int
    outcome: Outcome
    source: str
    rank: str


@dataclass(frozen=True, slots=True)
class Grace:
    """New accounts are 不纳入 until their age since the opening exceeds `seconds`."""

    seconds: int
    source: str
    rank: str


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """How a rulebook uses one rule: its outcome when it applies, its source, its parameters."""

    rule: str
    outcome: Outcome
    source: str
    rank: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """What a rulebook asks otherwise of some accounts: those on one of `platforms`, of a unit of
    one of `levels`, of one of the ledger's `types`; an empty set leaves that open. `book` is the
    whole rulebook as it stands for them."""

    title: str
    platforms: frozenset[str]
    levels: frozenset[str]
    types: frozenset[str]
    source: str
    rank: str
    book: "Rulebook"

    def fits(self, platform: str, level: str, account_type: str) -> bool:
        """Whether an account is one of those."""
        asked = ((self.platforms, platform), (self.levels, level), (self.types, account_type))
        return all(not wanted or found in wanted for wanted, found in asked)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A version of the thresholds. `classes` are ordered by limit, the first one has limit 0.

    `never_updated` is the class 从未更新, reached by an age since the opening of more than
    `over_seconds`; None where the rulebook knows no such class. Time of an Excuse
    whose kind, or of a Standing whose state, is in `excused_kinds` is no silence. Accounts that
    stand at `as_of` in a state of `not_counted` are 不纳入; so are those within `grace`, where the
    rulebook knows any. `confirm` asks for the looks to span
    what each coverage row names; `clear_seconds` is 0: a post counts even if deleted at once.
    Of the `variants` the first that fits an account stands for it.
    """

    name: str
    version: int
    title: str
    source: str
    valid_from: date
    classes: tuple[UpdateClass, ...]
    never_updated: UpdateClass | None
    least_grade: int
    excused_kinds: frozenset[str]
    confirm: bool
    clear_seconds: int
    terms: Mapping[str, RuleTerms]
    upper: bool = False
    notified_only: bool = False
    not_counted: frozenset[State] = GONE
    grace: Grace | None = None
    sha256: str = ""
    variants: tuple[Variant, ...] = ()

    @property
    def least_failing_limit(self) -> int:
        """The smallest limit, in seconds, whose class fails."""
        return min(each.over_seconds for each in self.classes if each.outcome is Outcome.FAIL)

    @property
    def shortest_limit(self) -> int:
        """The smallest limit, in seconds, that fails any account by whatever variant."""
        books = (self, *(each.book for each in self.variants))
        return min(each.least_failing_limit for each in books)

    def fitted(self, platform: str, level: str, account_type: str) -> "Rulebook":
        """The rulebook as it stands for one account."""
        for each in self.variants:
            if each.fits(platform, level, account_type):
                return each.book
        return self
