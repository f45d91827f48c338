"""The calendar walk: one call per publish date, newest first, and what it proves afterwards."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from monitor.collect.errors import malformed
from monitor.domain.collecting import Known
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.post import SeenPost

ONE_DAY: Final = timedelta(days=1)
ALWAYS: Final = 3
"""The newest days are read even when known to be final and empty: each pass proves its access."""


@dataclass(frozen=True, slots=True)
class DayPage:
    """All the posts of one publish date; `final` when the platform says none can join them."""

    day: date
    posts: tuple[SeenPost, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a walk goes: from `newest` back over `overlap` days, because numbers change.

    A first reading goes on until it finds a post, or comes to one already known, or to `earliest`.
    A later one goes back to where coverage ended, if that lies deeper than the overlap.
    """

    newest: date
    earliest: date
    overlap: int
    known: Known

    def enough(self, day: date, *, found: bool) -> bool:
        """True when the walk need not read `day`."""
        if day < self.earliest:
            return True
        if day > self.newest - timedelta(days=self.overlap):
            return False
        if self.known.covered_until is not None:
            return day < shanghai_day(self.known.covered_until)
        newest_post = self.known.newest_post
        return found or (newest_post is not None and day < shanghai_day(newest_post))

    def skips(self, day: date) -> bool:
        """True for a day known to be final, except among the newest and after the first hole.

        From where coverage ended on, every day is read: so the claim reaches back to it unbroken.
        """
        covered = self.known.covered_until
        if covered is None or day >= shanghai_day(covered):
            return False
        return (self.newest - day).days >= ALWAYS and day.isoformat() in self.known.final_days


@dataclass
class Walk:
    """What has been read so far, newest first."""

    read: list[tuple[date, bool]] = field(default_factory=list)
    homes: dict[str, date] = field(default_factory=dict)

    def take(self, page: DayPage) -> None:
        """Enter a page; a post that stands on two dates means the platform repeats itself."""
        for post in page.posts:
            if self.homes.setdefault(post.native_id, page.day) != page.day:
                where = f"发布日期 {page.day} 与 {self.homes[post.native_id]}"
                raise malformed("平台对不同日期返回了同一作品", where)
        self.read.append((page.day, page.final))

    def proven(self) -> tuple[int, int] | None:
        """[a, b) of the whole final days read: the newest unbroken run, up to its first open day.

        Days skipped as known are not claimed anew, they stand in the coverage that made them known.
        A day whose data is not final ends the claim before it, whatever lies after.
        """
        run = self._newest_run()
        open_days = [day for day, final in run if not final]
        if not run or (open_days and open_days[-1] == run[-1][0]):
            return None
        end = open_days[-1] if open_days else run[0][0] + ONE_DAY
        return day_start(run[-1][0]), day_start(end)

    def _newest_run(self) -> list[tuple[date, bool]]:
        run = self.read[:1]
        for day, final in self.read[1:]:
            if day != run[-1][0] - ONE_DAY:
                break
            run.append((day, final))
        return run


async def walk_days(reach: Reach, read_day: Callable[[date], Awaitable[DayPage]]) -> Walk:
    """Read the days of `reach`, newest first; what `read_day` raises ends the walk unproven."""
    walk = Walk()
    day = reach.newest
    while not reach.enough(day, found=bool(walk.homes)):
        if not reach.skips(day):
            walk.take(await read_day(day))
        day -= ONE_DAY
    return walk
