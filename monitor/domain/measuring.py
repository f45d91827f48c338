"""Span 考核周期: what an assessment measures over, and as known when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from monitor.domain.instants import DAY, day_start, shanghai_day

WEEK: Final = 7 * DAY


@dataclass(frozen=True, slots=True)
class Span:
    """The seconds [since, until) of a period, looked at from `as_of` (seconds) as known at
    `known_at` (stamp); `levels` are those of the units that are assessed."""

    since: int
    until: int
    as_of: int
    known_at: int
    levels: frozenset[str] = frozenset()

    @property
    def end(self) -> int:
        """The second after the last that is measured."""
        return min(self.until, self.as_of)

    @property
    def monday(self) -> int:
        """The first second of its first whole week."""
        day = shanghai_day(self.since)
        ahead = -day.weekday() % 7
        return day_start(day + timedelta(days=ahead))

    @property
    def weeks(self) -> int:
        """How many whole weeks, Monday to Sunday, lie in it; the parts at both ends count for
        nobody."""
        return max(0, (self.end - self.monday) // WEEK)


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What one account gives an index over a span: its works, those of which every number is known
    (`whole`) and how many of each number (`known`), the totals over the whole ones, and the share
    of the span that was seen. None is not known."""

    unit: str
    account: str
    works: int
    whole: int
    known: Mapping[str, int]
    totals: Mapping[str, float | None]
    seen: float | None
