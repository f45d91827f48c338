"""解读发布率 and 解读时效得分率 of every unit: pure, from what each owed and published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean, median
from typing import Final

from monitor.domain.assessed import Fact
from monitor.domain.calendar import Calendar
from monitor.domain.instants import shanghai_day
from monitor.domain.interpreting import Duty
from monitor.domain.scheme import Cause

RATE: Final = "解读发布率"
TIMELY: Final = "解读时效得分率"
STEPS: Final = ((1, 1.0), (3, 0.8), (5, 0.5))
"""Up to so many working days from the document on: the points of one interpretation (本厅设定)."""
LATER: Final = 0.2
NOTHING_ASKED: Final = "本季度没有应由本单位解读的文件"
NOBODY_LOOKED: Final = "数据不足,无法核验是否发布"


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's quarter: what it owed and published, the points of those whose time is known, and
    the median working days of those that are out."""

    asked: int = 0
    out: int = 0
    own_word: int = 0
    unseen: int = 0
    points: tuple[float, ...] = ()
    days: float | None = None

    @property
    def rate(self) -> float | None:
        """Published of asked; None of nothing."""
        return self.out / self.asked if self.asked else None

    @property
    def timely(self) -> float | None:
        """The mean of the points; None where no time is known."""
        return fmean(self.points) if self.points else None


def delay(duty: Duty, calendar: Calendar) -> int | None:
    """Working days from the day of the document to that of its interpretation: 0 on the same day or
    before; None while no platform shows a time."""
    if duty.published is None:
        return None
    day, last = shanghai_day(duty.issued), shanghai_day(duty.published)
    return sum(
        calendar.works(day + timedelta(days=ahead)) for ahead in range(1, (last - day).days + 1)
    )


def points(days: int) -> float:
    """0.2 to 1: 同日或次日 1, within three working days 0.8, within five 0.5, later 0.2."""
    return next((share for most, share in STEPS if days <= most), LATER)


def standings(duties: Iterable[Duty], calendar: Calendar) -> Mapping[str, Standing]:
    """By the code of each unit that owed something. What nobody could look at, and what was
    excused, is in no share; what is not out counts 0, a time nobody knows counts not at all."""
    by_unit: dict[str, list[Duty]] = defaultdict(list)
    for each in duties:
        if not each.excused:
            by_unit[each.unit].append(each)
    return {unit: _standing(owed, calendar) for unit, owed in by_unit.items()}


def facts(duties: Iterable[Duty], units: Sequence[str], calendar: Calendar) -> list[Fact]:
    """Two facts of every unit named, for an assessment; a cause where there is nothing to score."""
    found = standings(duties, calendar)
    return [fact for unit in units for fact in _facts(unit, found.get(unit, Standing()))]


def _standing(owed: Sequence[Duty], calendar: Calendar) -> Standing:
    seen = [each for each in owed if each.out or not each.unseen]
    late = [days for each in seen if (days := delay(each, calendar)) is not None]
    return Standing(
        asked=len(seen),
        out=sum(each.out for each in seen),
        own_word=sum(each.out and each.own_word for each in seen),
        unseen=len(owed) - len(seen),
        points=(*map(points, late), *(0.0 for each in seen if not each.out)),
        days=median(late) if late else None,
    )


def _facts(unit: str, it: Standing) -> tuple[Fact, Fact]:
    if not it.asked:
        cause, note = (
            (Cause.SYSTEM, NOBODY_LOOKED) if it.unseen else (Cause.NOT_APPLICABLE, NOTHING_ASKED)
        )
        rate, timely = (
            Fact(unit, measure, cause=cause.value, note=note) for measure in (RATE, TIMELY)
        )
        return rate, timely
    rate = Fact(
        unit,
        RATE,
        numerator=it.out,
        denominator=it.asked,
        samples=it.asked,
        self_reported=it.own_word / it.asked,
    )
    if it.timely is None:
        return rate, Fact(unit, TIMELY, cause=Cause.SYSTEM.value, note="发布时间都不清楚")
    return rate, Fact(unit, TIMELY, value=it.timely, samples=len(it.points))
