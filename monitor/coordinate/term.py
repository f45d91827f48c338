"""The working-day clock of a unit, pure: it runs while the unit holds the case, and stands still
while anybody else does. Neither the day on which it begins nor the day on which it stops counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.coordinate.deadline import Deadline, after_working_days
from monitor.domain.calendar import Calendar
from monitor.domain.case import Term
from monitor.domain.instants import DAY, HOUR, day_end, shanghai_day


@dataclass(frozen=True, slots=True)
class Left:
    """Whole working days that are left (below 0: that many over), and the last second of them,
    None while the clock stands still."""

    days: int
    due: Deadline | None


def start(term: Term, now: int) -> Term:
    """The unit holds the case from now on; running on is no second start."""
    return term if term.running else replace(term, ran=(*term.ran, (now, None)))


def stop(term: Term, now: int) -> Term:
    """Somebody else holds it from now on."""
    if not term.running:
        return term
    began = term.ran[-1][0]
    return replace(term, ran=(*term.ran[:-1], (began, max(began, now))))


def longer(term: Term, days: int) -> Term:
    """So many working days more; a term in hours grows by whole days of the clock."""
    if term.hours:
        return replace(term, hours=term.hours + days * (DAY // HOUR))
    return replace(term, days=term.days + days)


def used(term: Term, now: int, calendar: Calendar) -> int:
    """Working days that passed for the unit: those between the day a stretch began and the day it
    ended; in an open stretch the whole days before today."""
    return sum(
        calendar.works(day)
        for began, ended in term.ran
        for day in _between(shanghai_day(began), shanghai_day(now if ended is None else ended))
    )


def left(term: Term, now: int, calendar: Calendar) -> Left:
    """What is left at `now`, and until when."""
    if term.hours:
        return _left_of_hours(term, now, calendar)
    if not term.running:
        return Left(term.days - used(term, now, calendar), None)
    began = term.ran[-1][0]
    before = used(replace(term, ran=term.ran[:-1]), now, calendar)
    rest = term.days - before
    due = after_working_days(began, rest, calendar) if rest > 0 else Deadline(day_end(_day(began)))
    return Left(ahead(due.at, now, calendar), due)


def _left_of_hours(term: Term, now: int, calendar: Calendar) -> Left:
    spent = sum(ended - began for began, ended in term.ran if ended is not None)
    rest = term.hours * HOUR - spent
    if not term.running:
        return Left(rest // DAY, None)
    due = Deadline(term.ran[-1][0] + rest)
    return Left(ahead(due.at, now, calendar), due)


def ahead(due_at: int, now: int, calendar: Calendar) -> int:
    """Working days from today until the due day (0: today), or below 0 so many over it."""
    today, last = shanghai_day(now), shanghai_day(due_at)
    if now <= due_at:
        return sum(map(calendar.works, _after(today, last)))
    return -sum(map(calendar.works, _after(last, today)))


def _between(first: date, last: date) -> Iterator[date]:
    """The days strictly between two."""
    return _after(first, last - timedelta(days=1))


def _after(first: date, last: date) -> Iterator[date]:
    """The days after the first, up to the last."""
    for number in range(1, (last - first).days + 1):
        yield first + timedelta(days=number)


def _day(second: int) -> date:
    return shanghai_day(second)
