"""A naive walk, hour by hour, over what is on record: what may be said of an account, and no more.

It imports nothing of the product. It knows the words of design §4 and works with lists of hours:
an hour was seen when one sufficient row covers all of it, a limit is broken when more hours than it
has passed since the last hour in which a post may stand. Posts of these provinces stand in the
middle of an hour or are dated to a day, cut-offs fall on full hours, limits are whole days: so
hours decide exactly what seconds would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HOUR = 3600
DAY_HOURS = 24


@dataclass(frozen=True)
class Row:
    """A look that counts: it covers the hours [first, last), `since` which second it was taken."""

    first: int
    last: int
    fresh_hours: int
    looked_at: int
    confirm_s: int


@dataclass(frozen=True)
class Paper:
    """All that is on record of an account: looks, posts by the hours they may stand in, the hours
    its opening may lie in, and the hours that are excused."""

    rows: Sequence[Row]
    posts: Sequence[tuple[int, int]]
    opened: tuple[int, int]
    excused: frozenset[int]
    any_post: bool


@dataclass(frozen=True)
class Standard:
    """Limits in days, the first that fails, and whether looks must lie apart."""

    classes: Sequence[tuple[str, int, str]]
    confirm: bool
    never_days: int | None

    @property
    def limit(self) -> int:
        """Days after which an account fails."""
        return min(days for _, days, outcome in self.classes if outcome == "不合格")


Answer = tuple[str, str, int | None]
"""Outcome, class, and the hour it was judged at (None: not covered)."""


class Walk:
    """One account at one full hour under one standard."""

    def __init__(self, paper: Paper, standard: Standard, now: int) -> None:
        self.paper, self.standard, self.now = paper, standard, now
        self.posts = [post for post in paper.posts if post[0] < now]
        self.seen = set[int]().union(*(range(row.first, min(row.last, now)) for row in paper.rows))

    def answer(self) -> Answer:
        """What the record allows to be said."""
        undecided: Answer | None = None
        for start, end in self.stretches():
            if end <= self.last_known():
                break
            rows = [row for row in self.paper.rows if row.first < end and row.last > start]
            if max(row.last + row.fresh_hours for row in rows) < self.now:
                continue
            found = self.at(start, end, rows)
            if found[0] != "暂不作认定":
                return found
            undecided = undecided or found
        first, last = self.began()
        if not self.over(first, self.now, self.standard.limit):
            low = self.reached(max(last, self.now - 1), self.now)
            return low[1], low[0], None
        return undecided or ("暂不作认定", "暂不作认定", None)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Runs of seen hours, the newest first."""
        hour = self.now
        while hour > min(self.seen, default=hour):
            if hour - 1 not in self.seen:
                hour -= 1
                continue
            end = hour
            while hour - 1 in self.seen:
                hour -= 1
            yield hour, end

    def last_known(self) -> int:
        """The last hour in which a known post, or the opening, may stand."""
        return max([last for _, last in self.posts] or [self.paper.opened[1]])

    def began(self) -> tuple[int, int]:
        """The earliest and the latest hour in which the silence can have begun."""
        opened = self.paper.opened
        if not self.posts:
            return opened[0], min(opened[1], self.now - 1)
        over = [first for first, last in self.posts if last < self.now]
        return max([*over, opened[0]]), max(min(last, self.now - 1) for _, last in self.posts)

    def over(self, since: int, until: int, days: int) -> bool:
        """Whether more than so many days passed from within the hour `since` to `until`."""
        hours = sum(hour not in self.paper.excused for hour in range(since + 1, until))
        limit = days * DAY_HOURS
        return hours > limit if since in self.paper.excused else hours >= limit

    def at(self, start: int, end: int, rows: Sequence[Row]) -> Answer:
        """What can be said at the end of a run of seen hours."""
        first, last = self.began()
        since = max(start - 1, last)
        if not self.over(since, end, self.standard.limit):
            if self.over(first, end, self.standard.limit):
                return "暂不作认定", "暂不作认定", end
            name, outcome = self.reached(since, end)
            return outcome, name, end
        late = [row for row in rows if self.over(since, row.last, self.standard.limit)]
        looks = [row.looked_at for row in late]
        apart = max(looks) - min(looks) >= min(row.confirm_s for row in late)
        if self.standard.confirm and not apart:
            return "暂不作认定", "暂不作认定", end
        never = self.standard.never_days
        whole = not self.paper.any_post and start <= first
        if never is not None and whole and self.over_plain(last, end, never):
            return "不合格", "从未更新", end
        name, outcome = self.reached(since, end)
        return outcome, name, end

    def over_plain(self, since: int, until: int, days: int) -> bool:
        """As `over`, nothing excused: an age."""
        return until - since - 1 >= days * DAY_HOURS

    def reached(self, since: int, until: int) -> tuple[str, str]:
        """The last class whose limit was passed, and its outcome."""
        passed = [each for each in self.standard.classes[1:] if self.over(since, until, each[1])]
        name, _, outcome = (passed or self.standard.classes[:1])[-1]
        return name, outcome
