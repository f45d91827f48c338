"""Review 复盘 of a campaign: what is looked back upon, and what it comes to."""

from dataclasses import dataclass

from monitor.domain.campaign import Kind, Task


@dataclass(frozen=True, slots=True)
class Held:
    """One task as a review needs it: whose unit has it."""

    unit_id: int
    task: Task


@dataclass(frozen=True, slots=True)
class Read:
    """The numbers of one post, cumulative, None where nobody gave any. `own` is one that was
    published for the campaign, the others are what the account published before."""

    account_id: int
    own: bool
    reach: int | None = None
    response: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """How the campaign's posts did against what their own accounts are used to: 1 is as ever.

    The median over accounts and the quarters beside it, None where none could be measured;
    `measured` accounts of `published` had both a number and a normal of their own."""

    published: int
    measured: int
    middle: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Burden:
    """What it asked of units: tasks of a unit, and hours from its first turn to its last answer
    (of what is still open: until now)."""

    units: int
    middle: float | None = None
    most: int = 0
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """One campaign beside others: shares are 0 to 1, speeds seconds from the first publication;
    None where it has not come to that."""

    number: str
    title: str
    kind: Kind
    issued_at: int
    asked: int
    share: float | None
    in_time: float | None
    median: int | None
    ninetieth: int | None

    @property
    def drill(self) -> bool:
        """Whether it was an exercise."""
        return self.kind is Kind.DRILL


@dataclass(frozen=True, slots=True)
class Review:
    """All a review says. `excuses` are reasons of 免发 and how often each was given; `beside` are
    earlier ones of the kind and drills, the newest first."""

    itself: Past
    fastest: int | None
    published: int
    excused: int
    unknown: int
    missing: int
    late: int
    reach: Effect
    response: Effect
    burden: Burden
    excuses: tuple[tuple[str, int], ...] = ()
    beside: tuple[Past, ...] = ()
