"""Calendar 工作日历: which days offices work, by year as the State Council announced it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Year:
    """One announced year: weekdays that are holidays, and weekend days that are worked."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """All years that were announced; in any other the office works Monday to Friday."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def known(self, day: date) -> bool:
        """Whether the year of a day was announced."""
        return day.year in self.years

    def works(self, day: date) -> bool:
        """Whether offices work on a day."""
        year = self.years.get(day.year)
        if year is not None and day in year.workdays:
            return True
        return day.weekday() < SATURDAY and (year is None or day not in year.holidays)

    def before(self, day: date) -> date:
        """The last working day before a day: what was seen then is one working day old."""
        earlier = day - timedelta(days=1)
        while not self.works(earlier):
            earlier -= timedelta(days=1)
        return earlier

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; 0 where there are none."""
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(map(self.works, days))
