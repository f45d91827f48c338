"""Files of the months before the desk was there: what the assessed units' back ends still had.

An office that begins in the middle of a year asks the units it assesses, once, for what was
published since the quarter before last; the teams and stations, which are never scored, hand in
nothing. Who has no source has none for the past either, and its lines stay without a grade.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from monitor.demo import files
from monitor.demo.files import SHORT_PLACE, USUAL_DAYS, Export
from monitor.demo.interpretations import ASSESSED, quarter_before
from monitor.demo.roster import HISTORY, Resident
from monitor.demo.world import World
from monitor.domain.account import PLATFORMS
from monitor.domain.bulletin import Sort, last_ended
from monitor.domain.instants import day_start

BROKEN: Final = frozenset({"unauthorized", "quota", "changed", "never"})
"""Marks and roles of which nobody found anything to hand in."""


def exports(world: World, residents: Sequence[Resident], first_day: date) -> list[Export]:
    """One file per platform and quarter, up to where the usual files and the interface begin."""
    groups: dict[str, list[Resident]] = defaultdict(list)
    for each in residents:
        if hands_in(each):
            groups[each.world.platform].append(each)
    return [
        Export(_name(platform, name), files.content(world, group, (a, b), 1), a, b)
        for platform, group in groups.items()
        for name, a, b in stretches(first_day)
    ]


def hands_in(resident: Resident) -> bool:
    """Whether the back end of an account still has the months before: what an export of its whole
    silence told already is not handed in again."""
    where = (resident.world.platform, resident.seat.region_name)
    told = resident.role in HISTORY | {"ended"} or bool(resident.world.leap)
    broken = BROKEN & (resident.marks | {resident.role})
    assessed = resident.seat.level.value in ASSESSED and resident.source != "无"
    return assessed and not told and not broken and where != SHORT_PLACE


def stretches(first_day: date) -> Iterator[tuple[str, int, int]]:
    """The quarters by name, whole days, since the one before last: the last of them ends where the
    usual files begin."""
    last = quarter_before(first_day)
    until = day_start(first_day - timedelta(days=USUAL_DAYS))
    quarter = last_ended(Sort.QUARTER, last.since)
    while quarter.since < until:
        yield quarter.said, quarter.since, min(quarter.until, until)
        quarter = quarter.following


def _name(platform: str, quarter: str) -> str:
    return f"往期数据_{PLATFORMS[platform]}_{quarter}.csv"
