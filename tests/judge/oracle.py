"""An oracle of silence: it enumerates every world the evidence allows, second by second.

It knows nothing of how the product judges. A world is an opening, one second for each known post
and the last post nobody saw: which earlier unseen posts there were makes no difference to silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from tests.judge.evidence import Look, Record

LONG_AGO = -9
"""Stands for minus infinity: silence that reaches back to it has no bound."""


@dataclass(frozen=True)
class Book:
    """The thresholds, in seconds: beyond `limit` an account fails."""

    limit: int
    least_grade: int
    confirm: bool
    classes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Expected:
    """What has to come out: at a cut-off, or, where `cutoff` is None, at `as_of` as uncovered."""

    outcome: str
    status: str
    status_max: str
    cutoff: int | None
    least: int
    most: int | None


class Oracle:
    """The worlds of one record at one `as_of`, everything on record being known."""

    def __init__(self, record: Record, book: Book, as_of: int) -> None:
        self.record, self.book, self.as_of = record, book, as_of
        self.looks = [
            look for look in record.looks if look.grade >= book.least_grade and look.a < look.b
        ]
        self.posts = [post for post in record.posts if post.first < as_of]
        self.seen = {second for second in range(LONG_AGO, as_of) if self._seen(second)}

    def _seen(self, second: int) -> bool:
        return any(look.a <= second < look.b for look in self.looks)

    def _openings(self) -> range:
        first, last = self.record.opened
        first = LONG_AGO if first is None else first
        last = max(self.record.registered, first) if last is None else last
        return range(first, min(last, self.as_of - 1) + 1)

    def silences(self, at: int, *, covered: bool = True) -> Iterator[int | None]:
        """The silence at an instant in every world; None where it reaches back for ever."""
        spans = [range(post.first, post.last + 1) for post in self.posts]
        unseen = [s for s in range(LONG_AGO, at) if not covered or s not in self.seen]
        for opened, *times in product(self._openings(), *spans):
            if any(time < opened for time in times):
                continue
            known = max([opened, *(time for time in times if time < at)])
            for start in {known, *(max(known, s) for s in unseen if s >= opened)}:
                yield self._lasts(start, at)

    def _lasts(self, start: int, at: int) -> int | None:
        if start <= LONG_AGO:
            return None
        free = [
            second
            for second in range(start, at)
            if not any(a <= second < b for a, b in self.record.excuses)
        ]
        return len(free)

    def cutoffs(self) -> list[tuple[int, list[Look]]]:
        """Kept and fresh ends of what was seen, the newest first, with the looks that reach in."""
        found = []
        for at in range(self.as_of, LONG_AGO, -1):
            if at - 1 not in self.seen or (at in self.seen and at != self.as_of):
                continue
            begin = at - 1
            while begin - 1 in self.seen:
                begin -= 1
            looks = [look for look in self.looks if look.a < at and look.b > begin]
            fresh = max(look.b + look.fresh for look in looks) >= self.as_of
            if fresh and at > self._last_known():
                found.append((at, looks))
        return found

    def _last_known(self) -> int:
        if self.posts:
            return max(post.last for post in self.posts)
        first, last = self.record.opened
        return (
            max(self.record.registered, LONG_AGO if first is None else first)
            if last is None
            else last
        )

    def _confirmed(self, at: int, looks: list[Look], least: int) -> bool:
        """Whether looks beyond the instant the limit ran out lie far enough apart."""
        if not self.book.confirm:
            return True
        start = next(s for s in range(at, LONG_AGO - 1, -1) if self._lasts(s, at) == least)
        while self._lasts(start - 1, at) == least and start - 1 > LONG_AGO:
            start -= 1
        ran_out = next(r for r in range(start, at + 1) if self._lasts(start, r) == self.book.limit)
        beyond = [look for look in looks if look.b > ran_out]
        seen_at = [look.looked_at for look in beyond]
        return max(seen_at) - min(seen_at) >= min(look.confirm for look in beyond)

    def expected(self) -> Expected:
        """What the design asks for: decided only where all worlds are on one side of the limit."""
        shown: Expected | None = None
        for at, looks in self.cutoffs():
            least, most = bounds(self.silences(at))
            side = self._side(least, most)
            if side == "不合格" and not self._confirmed(at, looks, least):
                side = "暂不作认定"
            found = self._expected(side, at, least, most)
            if side != "暂不作认定":
                return found
            shown = shown or found
        least, most = bounds(self.silences(self.as_of, covered=False))
        if self._side(least, most) == "合格":
            return self._expected("合格", None, least, most)
        return shown or self._expected("暂不作认定", None, least, most)

    def _side(self, least: int, most: int | None) -> str:
        if least > self.book.limit:
            return "不合格"
        return "合格" if most is not None and most <= self.book.limit else "暂不作认定"

    def _expected(self, side: str, at: int | None, least: int, most: int | None) -> Expected:
        low, high = self._class(least), self._class(most)
        if side == "暂不作认定":
            low = high = side
        return Expected(side, low, high, at, least, most)

    def _class(self, seconds: int | None) -> str:
        reached = [name for name, over in self.book.classes if seconds is None or seconds > over]
        return reached[-1] if reached else self.book.classes[0][0]


def bounds(silences: Iterator[int | None]) -> tuple[int, int | None]:
    """The shortest and the longest silence of all worlds; None where one has no bound."""
    found = list(silences)
    bounded = [each for each in found if each is not None]
    return min(bounded), None if None in found else max(bounded)
