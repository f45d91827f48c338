"""Week 周: what a weekly digest is composed of, gathered by a run and frozen as one value."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from monitor.domain.case_matter import Matter
from monitor.domain.filing import Filing
from monitor.domain.finding import Change
from monitor.domain.instants import day_start
from monitor.domain.judged import Judged
from monitor.domain.pending import Pending
from monitor.domain.person import Role
from monitor.domain.rulebook import Rulebook

WHOLE_PROVINCE: Final = "全省"
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Collected:
    """How collecting from one platform went: passes that were whole and not, and the causes.

    `causes` are (Chinese words, count) of what was not whole, the commonest first.
    """

    platform: str
    complete: int
    failed: int
    causes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that falls due on a Shanghai day after the week."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Errand:
    """A unit that was asked for the week's lines and has some left; `place` is its prefecture and
    county by name, `due` a second."""

    unit_name: str
    place: tuple[str, str]
    left: int
    due: int


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was told of an account's silence since second `since`: the roles of those people."""

    account_id: int
    since: int
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one scope, judged at (`as_of` seconds, `known_at` microseconds).

    `monday` is its first Shanghai day. `name` says whose week it is, 全省 or 荆州市, and heads the
    title. `now` are all accounts of the scope at `as_of`; `before` the same at the end of the week
    before under the same rulebooks, None where nothing was judged then: no comparison is not zero.
    `changes` are those of the week. `by_county` asks for counties where the province has
    prefectures. `errands` are the lines of 填报 still owed, `cases` the live 整改单, `reminded` who
    was told of silences that grow, `filings` the overdue 报备, `pending` what waits for a decision.
    `trial_until` is the last day of the trial period, None outside one. `anchor` is the head of the
    audit chain when it was composed.
    """

    monday: date
    own: Rulebook
    upper: Rulebook
    as_of: int
    known_at: int
    now: tuple[Judged, ...]
    before: tuple[Judged, ...] | None = None
    changes: tuple[Change, ...] = ()
    collected: tuple[Collected, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    errands: tuple[Errand, ...] = ()
    cases: tuple[Matter, ...] = ()
    reminded: tuple[Reminded, ...] = ()
    filings: tuple[Filing, ...] = ()
    pending: tuple[Pending, ...] = ()
    name: str = WHOLE_PROVINCE
    office: str = ""
    by_county: bool = False
    trial_until: date | None = None
    demo: bool = False
    anchor: str = ""

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError(f"a week begins on a Monday, not on {self.monday:%A}")
        if not 0 < len(self.name) <= LONGEST_NAME:
            raise ValueError(f"the name of a week's scope has 1 to {LONGEST_NAME} characters")

    @property
    def sunday(self) -> date:
        """Its last Shanghai day."""
        return self.monday + timedelta(days=6)

    @property
    def begins(self) -> int:
        """Its first second."""
        return day_start(self.monday)

    @property
    def ends(self) -> int:
        """The first second of the next Monday: the week is [begins, ends)."""
        return day_start(self.monday + timedelta(days=7))
