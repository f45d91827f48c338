"""Ends of months: the days before which some fill up, in seconds on a Shanghai clock."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from monitor.domain.instants import DAY, day_start, shanghai_day

BLOCK: Final = 3 * DAY
"""The last 72 hours of a month are those a filler is looked for in."""
DECEMBER: Final = 12


def month_ends(since: int, until: int) -> Iterator[tuple[int, int]]:
    """[begin, end) of every whole month within [since, until], the oldest first."""
    begins = _next(shanghai_day(since - 1))
    ends = _next(begins)
    while day_start(ends) <= until:
        yield day_start(begins), day_start(ends)
        begins, ends = ends, _next(ends)


def at_an_end(second: int) -> bool:
    """Whether a second lies in the last 72 hours of its month."""
    return second >= day_start(_next(shanghai_day(second))) - BLOCK


def _next(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, 1)
