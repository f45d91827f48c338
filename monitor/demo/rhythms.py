"""When an invented account posts: plans by the week, from its rhythm and nothing else.

A steady account never pauses for seven days, one that speaks in campaign weeks only never for
fourteen. The others come and go for ever, each at its own
phase: on the first day their silence is what the demonstration promises, and from then on some have
just lapsed and some come back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from monitor.demo.dice import between, pick, roll
from monitor.domain.instants import DAY, HOUR, MINUTE, day_start

Clock = tuple[tuple[int, int], ...]
"""(hour, width in minutes): a post falls into the width after the hour."""

OFFICE: Final[Clock] = ((9, 60), (10, 60), (15, 60), (16, 60))
EVENING: Final[Clock] = ((18, 60), (19, 60), (20, 60))
DESK: Final[Clock] = ((7, 45), (12, 20), (17, 50), (9, 60), (20, 60))

SPRING: Final = {
    2023: (1, 22),
    2024: (2, 10),
    2025: (1, 29),
    2026: (2, 17),
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
}
"""First days of the lunar year; other years are taken to begin on 5 February."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often and when. A cycle of `on` and `off` days (0: no cycle) begins at `phase`.
    `campaign`: a Monday of a week with posts; every second week from there has none."""

    per_week: int
    clock: Clock = OFFICE
    workdays: bool = False
    traffic: bool = False
    filler: bool = False
    on: int = 0
    off: int = 0
    phase: int = 0
    since: date = date(2023, 1, 2)
    until: date | None = None
    pauses: tuple[tuple[date, date], ...] = ()
    campaign: date | None = None

    @property
    def period(self) -> int:
        """Days of a whole cycle."""
        return self.on + self.off


STEADY: Final = Rhythm(per_week=3)
ROLES: Final = {
    "steady": STEADY,
    "hint": replace(STEADY, on=2, off=11),
    "slack": replace(STEADY, on=3, off=28),
    "sleepy": replace(STEADY, on=5, off=84),
    "zombie": replace(STEADY, on=6, off=350),
    "ended": STEADY,
    "never": replace(STEADY, per_week=0),
}
"""Rhythms by what becomes of them: within 7, 14, 30, 90 days, a year, for good, never at all."""

SPRING_PAUSE: Final = 11
FORTNIGHT: Final = 14
WEDNESDAY: Final = 2
NEAR: Final = 40
"""Days around the first day in which nobody pauses: the truth of that day leaves it out."""


def anchored(role: str, first_day: date, silent: int) -> Rhythm:
    """The rhythm of a role whose last post before `first_day` is `silent` whole days old then."""
    rhythm = ROLES[role]
    if role == "ended":
        return replace(rhythm, until=first_day - timedelta(days=silent))
    if not rhythm.period:
        return rhythm
    return replace(rhythm, phase=(rhythm.on - 1 + silent - first_day.toordinal()) % rhythm.period)


def with_spring_pause(rhythm: Rhythm, first_day: date) -> Rhythm:
    """The same with eleven days of silence from every lunar new year on, but for one near."""
    days = [date(year, *month_day) for year, month_day in SPRING.items()]
    far = [day for day in days if abs((day - first_day).days) > NEAR]
    return replace(rhythm, pauses=tuple((day, day + timedelta(days=SPRING_PAUSE)) for day in far))


def in_campaigns(rhythm: Rhythm, first_day: date) -> Rhythm:
    """The same in every second week only, workdays alone, so that nobody is silent for 14 days.

    Such a week has a post on Monday or Tuesday and one later: it is the first day's own week from
    Thursday on, before that the week before, and the silence of the first day is a few days.
    """
    monday = first_day - timedelta(days=first_day.weekday())
    if first_day.weekday() <= WEDNESDAY:
        monday -= timedelta(days=7)
    return replace(rhythm, per_week=2, workdays=True, filler=False, campaign=monday)


@dataclass(frozen=True, slots=True)
class Moment:
    """One planned post: its day, its place within the day, and its second."""

    day: date
    index: int
    second: int


def moments(rhythm: Rhythm, since: int, until: int, *voice: str | int) -> Iterator[Moment]:
    """Planned posts with since <= second < until, in order; the same for ever."""
    monday = _monday(since)
    while day_start(monday) < until:
        for moment in _week(rhythm, monday, *voice):
            if since <= moment.second < until:
                yield moment
        monday += timedelta(days=7)


def _monday(second: int) -> date:
    day = date(1970, 1, 1) + timedelta(days=(second + 8 * HOUR) // DAY)
    return day - timedelta(days=day.weekday())


def _week(rhythm: Rhythm, monday: date, *voice: str | int) -> list[Moment]:
    if rhythm.period:
        days = [day for day in _days(monday) if _awake(rhythm, day)]
    else:
        days = _spread(rhythm, monday, *voice)
    found: list[Moment] = []
    for day in days:
        if _runs(rhythm, day):
            index = sum(each.day == day for each in found)
            found.append(Moment(day, index, _second(rhythm, day, index, *voice)))
    return sorted(found, key=lambda each: each.second)


def _runs(rhythm: Rhythm, day: date) -> bool:
    ended = rhythm.until is not None and day > rhythm.until
    paused = any(first <= day < last for first, last in rhythm.pauses)
    return rhythm.since <= day and not (ended or paused or _between_campaigns(rhythm, day))


def _between_campaigns(rhythm: Rhythm, day: date) -> bool:
    if rhythm.campaign is None:
        return False
    return (day - rhythm.campaign).days % FORTNIGHT >= FORTNIGHT // 2


def _awake(rhythm: Rhythm, day: date) -> bool:
    return (day.toordinal() + rhythm.phase) % rhythm.period < rhythm.on


def _days(monday: date) -> list[date]:
    return [monday + timedelta(days=n) for n in range(7)]


def _spread(rhythm: Rhythm, monday: date, *voice: str | int) -> list[date]:
    """The week's days that get a post: evenly spread, so that no gap is an accident."""
    days = _days(monday)[: 5 if rhythm.workdays else 7]
    count = _how_many(rhythm, monday)
    every, rest = divmod(count, len(days))
    chosen = [day for day in days for _ in range(every)]
    for group in range(rest):
        part = days[len(days) * group // rest : len(days) * (group + 1) // rest]
        chosen.append(pick(part, "day", monday.isoformat(), group, *voice))
    return sorted(chosen)


def _how_many(rhythm: Rhythm, monday: date) -> int:
    """Posts of a week, in tenths of the usual: holidays, examinations, the end of a month."""
    tenths = 10
    if _holiday(monday):
        tenths = 13 if rhythm.traffic else 4
    elif (monday.month, (monday.day - 1) // 7) == (6, 0):
        tenths = 20
    elif rhythm.filler and (monday + timedelta(days=7)).month != monday.month:
        tenths = 18
    usual = rhythm.per_week
    return max(min(usual, 2), usual * tenths // 10)


def _holiday(monday: date) -> bool:
    month, day = SPRING.get(monday.year, (2, 5))
    spring = date(monday.year, month, day)
    national = date(monday.year, 10, 1)
    sunday = monday + timedelta(days=6)
    return any(monday <= first + timedelta(days=3) <= sunday for first in (spring, national))


def _second(rhythm: Rhythm, day: date, index: int, *voice: str | int) -> int:
    names = (day.isoformat(), index, *voice)
    hour, width = pick(rhythm.clock, "hour", *names)
    minute = between(0, width - 1, "minute", *names)
    return day_start(day) + hour * HOUR + minute * MINUTE + roll(MINUTE, "second", *names)
