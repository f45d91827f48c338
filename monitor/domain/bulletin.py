"""Bulletin 通报: a quarter told in public or within the house, and the month's hint beside it.

Its periods are those of assessments too, which also know half-years and years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from monitor.domain.case import Case
from monitor.domain.errors import InputError
from monitor.domain.instants import DAY, day_start, shanghai_day

SUBJECT: Final = "通报"
"""The kind of text a bulletin is to the chains of approval."""
QUARTERS: Final = "一二三四"
HALVES: Final = "上下"
MONTHS: Final = 12
DECIMALS: Final = (0, 1, 2)
"""What bulletins print."""
YEARS: Final = range(2000, 9999)


class Sort(StrEnum):
    """What is made of a period."""

    QUARTER = "季度通报"
    MONTH = "月度运行情况提示"
    CORRECTION = "通报更正"
    SCORES = "考核结果通报"


class Longer(StrEnum):
    """Periods that assessments know and bulletins are not made of."""

    HALF = "半年"
    YEAR = "年度"


LENGTHS: Final[Mapping[Sort | Longer, int]] = {
    Sort.MONTH: 1,
    Sort.QUARTER: 3,
    Longer.HALF: 6,
    Longer.YEAR: 12,
}
"""How many months a period of a sort lasts; the others are of no period of their own."""
REPORTED: Final = frozenset({Sort.QUARTER, Sort.MONTH})
"""What bulletins are made of."""


class Base(StrEnum):
    """What a rate is of: printed beside it, always."""

    REGISTERED = "备案数"
    COUNTED = "纳入数"
    DECIDED = "可认定数"
    SAMPLED = "抽查数"


@dataclass(frozen=True, slots=True)
class Period:
    """A month `2026-10`, a quarter `2026Q3`, half a year `2026H1` or a year `2026`; `number` counts
    within the year from 1."""

    sort: Sort | Longer
    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self._most or self.year not in YEARS:
            raise InputError("没有这个期间", f"{self.year}年第{self.number}期", "请从列表中选择")

    @property
    def code(self) -> str:
        """`2026-10`, `2026Q3`, `2026H1`, `2026`."""
        tails = {
            Sort.QUARTER: f"Q{self.number}",
            Longer.HALF: f"H{self.number}",
            Longer.YEAR: "",
        }
        return f"{self.year}{tails.get(self.sort, f'-{self.number:02d}')}"

    @property
    def said(self) -> str:
        """`2026年10月`, `2026年第三季度`, `2026年上半年`, `2026年度`."""
        if self.sort is Sort.QUARTER:
            return f"{self.year}年第{QUARTERS[self.number - 1]}季度"
        if self.sort is Longer.HALF:
            return f"{self.year}年{HALVES[self.number - 1]}半年"
        return f"{self.year}年度" if self.sort is Longer.YEAR else f"{self.year}年{self.number}月"

    @property
    def since(self) -> int:
        """Its first second."""
        return day_start(date(self.year, self._first_month, 1))

    @property
    def until(self) -> int:
        """The second after its last."""
        after = self.following
        return day_start(date(after.year, after._first_month, 1))

    @property
    def following(self) -> "Period":
        """The period after it."""
        if self.number < self._most:
            return Period(self.sort, self.year, self.number + 1)
        return Period(self.sort, self.year + 1, 1)

    @property
    def preceding(self) -> "Period":
        """The period before it."""
        if self.number > 1:
            return Period(self.sort, self.year, self.number - 1)
        return Period(self.sort, self.year - 1, self._most)

    def within(self, sort: Sort | Longer) -> tuple["Period", ...]:
        """The shorter periods of a sort it is made of, in order; none where it is no longer."""
        each, own = LENGTHS[sort], LENGTHS[self.sort]
        if each >= own:
            return ()
        first = (self._first_month - 1) // each + 1
        return tuple(Period(sort, self.year, first + n) for n in range(own // each))

    @property
    def _most(self) -> int:
        return MONTHS // LENGTHS.get(self.sort, 1)

    @property
    def _first_month(self) -> int:
        return LENGTHS.get(self.sort, 1) * (self.number - 1) + 1


def period_of(code: str) -> Period:
    """A period by its code; InputError where there is none such."""
    for mark, sort in (("Q", Sort.QUARTER), ("-", Sort.MONTH), ("H", Longer.HALF)):
        year, found, number = code.partition(mark)
        if found and year.isdecimal() and number.isdecimal():
            return Period(sort, int(year), int(number))
    if len(code) == len("2026") and code.isdecimal():
        return Period(Longer.YEAR, int(code), 1)
    raise InputError("没有这个期间", code[:20], "应写成 2026Q3、2026-10、2026H1 或 2026")


def reported(code: str) -> Period:
    """The period of a bulletin; InputError where none is made of such a one."""
    found = period_of(code)
    if found.sort not in REPORTED:
        raise InputError(f"没有{found.said}的通报", code, "请选择季度或月份")
    return found


def last_ended(sort: Sort | Longer, now: int) -> Period:
    """The newest period that is over at `now` (seconds)."""
    year = shanghai_day(now - 400 * DAY).year
    found = Period(sort, year, 1)
    while found.following.until <= now:
        found = found.following
    return found


@dataclass(frozen=True, slots=True)
class Handling:
    """What people did about a case, as 问题清单 tells it: who verified it and when (seconds), what
    its unit said of it last, which time within a year this is, in which bulletin it was named."""

    nth: int = 1
    verifier: str = ""
    verified_at: int | None = None
    said: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that might be named: its account as it is now, and when its unit was told (seconds,
    None: not yet). `told_at` is when the paper reached the unit itself, not the city above it."""

    case_id: int
    number: str
    account_id: int
    account: str
    platform: str
    unit: str
    place: str
    case: Case
    told_at: int | None = None
    due_at: int | None = None
    opened_at: int = 0
    over_at: int | None = None
    handling: Handling = Handling()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A case that may not be named, with every reason."""

    candidate: Candidate
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Which cases may be named and which may not yet."""

    entering: tuple[Candidate, ...] = ()
    dropped: tuple[Dropped, ...] = ()
