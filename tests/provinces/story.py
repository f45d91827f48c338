"""Generated provinces: what really happened, hour by hour, and what anybody could see of it.

A province is a county with four accounts: two read through a platform's interface, one by exports,
one by patrol. Posts, deletions, outages, refusals, late files, dates without a time, withdrawn
looks, agreed pauses and a change of unit befall them by the dice. Twenty provinces share a store,
a platform and its sweeps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from monitor.demo.world import WorldAccount, WorldPost
from tests.demo.small_world import an_account

HOUR = 3600
DAY = 86400
FIRST = 1_790_179_200
"""Thursday 2026-09-24 00:00 in Shanghai, the first of seventy days."""
DAYS = 70
SWEEPS = (22, 36, 50, 51, 66, 67)
"""Days on whose morning at nine all interfaces are read."""
FILES = (30, 58)
"""Days on which exports come in."""
PATROLS = (24, 45, 60)
LIVE, REFUSED, EXPORTED, PATROLLED = "live", "refused", "exported", "patrolled"
SORTS = (LIVE, REFUSED, EXPORTED, PATROLLED)
PLATFORM = {LIVE: "kuaishou", REFUSED: "kuaishou", EXPORTED: "toutiao", PATROLLED: "douyin"}
RHYTHMS = ((6, 40), (30, 130), (120, 420), (260, 900))
"""Hours between two posts, at least and at most."""


def at(day: int, hour: int = 9) -> int:
    """A full hour of one of the days."""
    return FIRST + day * DAY + hour * HOUR


@dataclass
class Resident:
    """An account, its posts, and what befalls it."""

    sort: str
    world: WorldAccount
    opened: int
    posts: list[WorldPost]
    refused_on: frozenset[int] = frozenset()
    excuse: tuple[int, int] | None = None
    moves_on: int | None = None
    dated: frozenset[str] = frozenset()
    id: int = 0

    def looked_at(self, down_on: frozenset[int]) -> list[int]:
        """The seconds at which anybody saw its page or its list."""
        if self.sort == EXPORTED:
            return [at(day) for day in FILES]
        if self.sort == PATROLLED:
            return [at(day) for day in PATROLS]
        return [at(day) for day in SWEEPS if day not in down_on | self.refused_on]

    def stood(self, down_on: frozenset[int], until: int) -> list[WorldPost]:
        """Posts that anybody who looked before `until` could see: what came and went between two
        looks is nobody's evidence."""
        looks = [second for second in self.looked_at(down_on) if second < until]
        return [
            post
            for post in self.posts
            if any(
                post.published_at < look and (post.deleted_at is None or look < post.deleted_at)
                for look in looks
            )
        ]

    def standing(self, second: int) -> list[WorldPost]:
        """What its page showed at a second, oldest first."""
        return [
            post
            for post in self.posts
            if post.published_at < second and (post.deleted_at is None or post.deleted_at > second)
        ]


@dataclass
class Story:
    """Some provinces and the dice they were made by."""

    dice: Random
    residents: list[Resident] = field(default_factory=list)
    down_on: frozenset[int] = frozenset()

    def of(self, *sorts: str) -> Iterator[Resident]:
        """Residents of these sorts."""
        return (each for each in self.residents if each.sort in sorts)


def told(seed: int, provinces: int) -> Story:
    """A story of so many provinces; the same for the same seed."""
    dice = Random(seed)
    story = Story(dice, down_on=frozenset(day for day in SWEEPS if dice.random() < 0.15))
    for number in range(provinces):
        for sort in SORTS:
            story.residents.append(_resident(dice, f"{seed}-{number}-{sort}", sort))
    return story


def _resident(dice: Random, uid: str, sort: str) -> Resident:
    opened = at(dice.choice([-50, -50, -40, 3, 12, 40]), 0)
    posts = [] if dice.random() < 0.12 else list(_posts(dice, uid, max(opened, FIRST)))
    return Resident(
        sort=sort,
        world=an_account(platform=PLATFORM[sort], uid=uid, name=f"{uid}(演示)"),
        opened=opened,
        posts=posts,
        refused_on=_some(dice, SWEEPS, 0.5) if sort == REFUSED else frozenset(),
        excuse=_excuse(dice),
        moves_on=dice.choice([None, None, 20, 49]),
        dated=_some(dice, [post.native_id for post in posts], 0.4),
    )


def _posts(dice: Random, uid: str, since: int) -> Iterator[WorldPost]:
    """Posts in the middle of hours, with quiet stretches; some are gone again after a while."""
    hour, number = since // HOUR + dice.randint(1, 48), 0
    shortest, longest = dice.choice(RHYTHMS)
    while hour * HOUR < at(DAYS, 0):
        published = hour * HOUR + HOUR // 2
        gone = published + dice.choice([3, 30, 200]) * HOUR if dice.random() < 0.15 else None
        yield WorldPost(f"{uid}-{number}", published, f"第{number}期", form="视频", deleted_at=gone)
        number += 1
        hour += dice.randint(shortest, longest)
        if dice.random() < 0.06:
            hour += dice.randint(14, 45) * 24


def _excuse(dice: Random) -> tuple[int, int] | None:
    """An agreed pause of whole days."""
    if dice.random() < 0.75:
        return None
    first = dice.randint(5, 55)
    return at(first, 0), at(first + dice.randint(2, 20), 0)


def _some(dice: Random, things: Sequence[Any], share: float) -> frozenset[Any]:
    return frozenset(each for each in things if dice.random() < share)
