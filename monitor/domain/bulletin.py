"""Bulletin 通报: a quarter told in public or within the house, and the month's hint beside it."""

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


class Base(StrEnum):
    """What a rate is of: printed beside it, always."""

    REGISTERED = "备案数"
    COUNTED = "纳入数"
    DECIDED = "可认定数"
    SAMPLED = "抽查数"


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter `2026Q3` or a month `2026-10`; `number` counts within the year from 1."""

    sort: Sort
    year: int
    number: int

    def __post_init__(self) -> None:
        most = len(QUARTERS) if self.sort is Sort.QUARTER else MONTHS
        if not 1 <= self.number <= most or self.year not in YEARS:
            raise InputError("没有这个期间", f"{self.year}年第{self.number}期", "请从列表中选择")

    @property
    def code(self) -> str:
        """`2026Q3`, `2026-10`."""
        if self.sort is Sort.QUARTER:
            return f"{self.year}Q{self.number}"
        return f"{self.year}-{self.number:02d}"

    @property
    def said(self) -> str:
        """`2026年第三季度`, `2026年10月`."""
        if self.sort is Sort.QUARTER:
            return f"{self.year}年第{QUARTERS[self.number - 1]}季度"
        return f"{self.year}年{self.number}月"

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
        most = len(QUARTERS) if self.sort is Sort.QUARTER else MONTHS
        if self.number < most:
            return Period(self.sort, self.year, self.number + 1)
        return Period(self.sort, self.year + 1, 1)

    @property
    def _first_month(self) -> int:
        return 3 * self.number - 2 if self.sort is Sort.QUARTER else self.number


def period_of(code: str) -> Period:
    """A period by its code; InputError where there is none such."""
    for mark, sort in (("Q", Sort.QUARTER), ("-", Sort.MONTH)):
        year, found, number = code.partition(mark)
        if found and year.isdecimal() and number.isdecimal():
            return Period(sort, int(year), int(number))
    raise InputError("没有这个期间", code[:20], "应写成 2026Q3 或 2026-10")


def last_ended(sort: Sort, now: int) -> Period:
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
