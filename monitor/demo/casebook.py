"""整改单 of the invented province: which of the accounts that fail have one, and since when.

Only invented stations and teams have any. Nothing is said that the account's own posts contradict:
who still says nothing has promised, asked for time or been sent back, and a case that was closed
stands on an earlier silence that did end.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from monitor.demo.case_stories import MERGED, PAIR, STORIES
from monitor.demo.case_telling import Base, Deed, Story
from monitor.demo.dice import between
from monitor.demo.roster import Resident
from monitor.domain.instants import DAY, HOUR, MINUTE, day_start

OPENS: Final = 9 * HOUR
APART: Final = 25 * MINUTE
"""Between one deed and the next of a day."""
SATURDAY: Final = 5
FAILS: Final = 14 * DAY
"""Beyond so long a silence there is something to open a case of."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One 整改单: whose, by which story, when it was opened, and each deed with its second.

    `into` is the account whose case it was merged into.
    """

    resident: Resident
    story: Story
    opened_at: int
    deeds: tuple[tuple[int, Deed], ...]
    into: Resident | None = None


Suits = Callable[[Resident], bool]


def _fails(role: str) -> Suits:
    """Its silence is proven by a file up to the first day; WeChat's begins to be read then."""
    return lambda each: (
        each.role == role and each.exported and each.world.platform != "wechat" and _plain(each)
    )


def _plain(each: Resident) -> bool:
    return not each.marks - {"borrowed", "merged", "bare"}


POOLS: Final[Mapping[str, Suits]] = {
    **{role: _fails(role) for role in ("slack", "sleepy", "zombie", "ended", "never")},
    "mute": lambda each: "mute" in each.marks and each.world.platform != "wechat",
    "unfiled": lambda each: "unfiled" in each.marks,
    "fell twice": lambda each: each.role == "slack" and each.world.platform == "wechat",
    "slept twice": lambda each: each.role == "sleepy" and each.exported,
    "removed": lambda each: "removed" in each.marks and each.role == "ended",
}


def sheets(residents: Sequence[Resident], first_day: date) -> list[Sheet]:
    """All of them; the same for the same residents and first day."""
    left = {
        pool: [each for each in residents if not each.seat.real and suits(each)]
        for pool, suits in POOLS.items()
    }
    found = []
    for story in STORIES:
        waiting = left[story.pool]
        ready = [each for each in waiting if _had_failed(each, story, first_day)]
        for resident in ready[: story.count]:
            waiting.remove(resident)
            found.append(_sheet(resident, story, first_day))
    return found + _pairs(residents, first_day)


def _had_failed(resident: Resident, story: Story, first_day: date) -> bool:
    """Whether its silence was long enough on the day the case is said to have been opened."""
    silent = resident.fate.silent
    if story.base is not Base.TODAY or not silent:
        return True
    last = day_start(first_day - timedelta(days=silent - 1))
    return _second(first_day, story.ago, 0) - last > FAILS


def _pairs(residents: Sequence[Resident], first_day: date) -> list[Sheet]:
    """A unit with two accounts on one platform: the case of the one is merged into the other's."""
    older = {each.seat.code: each for each in residents if "twin" in each.marks}
    newer = [each for each in residents if "second" in each.marks and each.seat.code in older]
    found = []
    for each in newer[: PAIR.count]:
        found.append(_sheet(each, PAIR, first_day))
        opened, at = (_second(first_day, MERGED.ago, number) for number in (0, 1))
        found.append(Sheet(older[each.seat.code], PAIR, opened, ((at, MERGED),), into=each))
    return found


def _sheet(resident: Resident, story: Story, first_day: date) -> Sheet:
    base = {
        Base.TODAY: 0,
        Base.SILENCE: resident.fate.silent,
        Base.CLOSURE: closed_ago(resident.world.uid),
    }[story.base]
    deeds = tuple(
        (_second(first_day, base + each.ago, number), each)
        for number, each in enumerate(story.deeds, start=1)
    )
    return Sheet(resident, story, _second(first_day, base + story.ago, 0), deeds)


def closed_ago(uid: str) -> int:
    """Days before the first day on which an account was closed."""
    return between(90, 150, "closed", uid)


def _second(first_day: date, ago: int, number: int) -> int:
    """The morning of a day so long before; what falls on a weekend was done the Friday before."""
    day = first_day - timedelta(days=ago)
    day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    return day_start(day) + OPENS + number * APART
