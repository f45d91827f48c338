"""What was seen of two invented accounts by eye, and what one of their units reports.

The one says five posts, and whoever looked at its page saw one. The other posted a trial at night
that was gone by the morning: one look knows of it, no file and no interface ever will.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from monitor.demo.roster import SITE, Resident
from monitor.demo.world import WorldPost
from monitor.domain.instants import DAY, HOUR, MINUTE, day_start, say_minute
from monitor.domain.iso_week import week_of
from monitor.domain.report_line import COMMENTS, KEEPER, NEWEST, POSTS, REASON, StopReason

Standing = Callable[[Resident, int], WorldPost]
"""The newest post of an account that stood at a second (UTC)."""

REPORTED: Final = "5"
DAYS_BACK: Final = 6
"""The look of the first story took place within so many days before the first day."""
LOOKED: Final = 17 * HOUR
SAID: Final = 14 * HOUR
"""Time of day of the look, and of the newest post that the report names."""
TRIAL: Final = "测试,请忽略(演示)"
TRIAL_DAYS: Final = 3
TRIAL_AT: Final = 22 * HOUR + 14 * MINUTE
TRIAL_SEEN: Final = 22 * HOUR + 31 * MINUTE
MORNING: Final = 8 * HOUR + 20 * MINUTE


@dataclass(frozen=True, slots=True)
class Glance:
    """A look at a second (UTC): the newest post seen, by time, title and address. `gone`: what
    was known to be newer had been taken down."""

    resident: Resident
    at: int
    newest: int
    title: str
    url: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """A line of 填报: its week, and what was typed by column."""

    resident: Resident
    week: str
    words: dict[str, str]


def glances(residents: Sequence[Resident], standing: Standing, first_day: date) -> list[Glance]:
    """All looks, in the order in which they took place."""
    found = []
    for each in residents:
        if "overstated" in each.marks:
            found.append(_glance(each, standing, _looked_at(each, standing, first_day)))
        if "nightly" in each.marks:
            found += _night(each, standing, day_start(first_day) - TRIAL_DAYS * DAY)
    return sorted(found, key=lambda each: each.at)


def reports(residents: Sequence[Resident], standing: Standing, first_day: date) -> list[Reported]:
    """Lines that say more than was seen: five posts, the newest three hours before the look."""
    return [
        _reported(each, _looked_at(each, standing, first_day))
        for each in residents
        if "overstated" in each.marks
    ]


def _looked_at(resident: Resident, standing: Standing, first_day: date) -> int:
    """The afternoon of the look: nothing had been posted since the morning, and if there is such a
    day, the week had a post."""
    days = [first_day - timedelta(days=ago) for ago in range(1, DAYS_BACK + 1)]
    quiet = []
    for second in (day_start(day) + LOOKED for day in days):
        newest = standing(resident, second).published_at
        if newest < second - LOOKED + SAID - HOUR:
            quiet.append((week_of(newest) != week_of(second), -second))
    return -min(quiet)[1]


def _glance(resident: Resident, standing: Standing, at: int, *, gone: bool = False) -> Glance:
    post = standing(resident, at)
    url = f"{SITE}/{resident.world.platform}/{resident.world.uid}/{post.native_id}"
    return Glance(resident, at, post.published_at, post.title, url, gone)


def _night(resident: Resident, standing: Standing, day: int) -> list[Glance]:
    """A trial seen at night, and the page of the next morning without it."""
    seen = Glance(resident, day + TRIAL_SEEN, day + TRIAL_AT, TRIAL, "")
    return [seen, _glance(resident, standing, day + DAY + MORNING, gone=True)]


def _reported(resident: Resident, looked: int) -> Reported:
    said = {
        POSTS: REPORTED,
        NEWEST: say_minute(looked - LOOKED + SAID),
        COMMENTS: "是",
        REASON: StopReason.NONE.value,
        KEEPER: "是",
    }
    return Reported(resident, week_of(looked), said)
