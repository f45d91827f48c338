"""发布进度曲线, pure: which share had published after how long; who has not yet is counted right.

Kaplan and Meier's estimate (Journal of the American Statistical Association 53, 1958): who was
watched for an hour without a post tells of that hour, and of nothing later. Who is 免发, may
decline or cannot be checked is left out by the caller, as one that was never asked.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

HALF: Final = Fraction(1, 2)
NINE_TENTHS: Final = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Waited:
    """One account: seconds from the start until it published, or until it was last known not to
    have. What was published before the start counts as at once."""

    seconds: int
    published: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From `seconds` on, `share` (0 to 1) have published; `watched` were still to publish, and
    under watch, just before."""

    seconds: int
    share: Fraction
    watched: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The curve: 0 before the first step, level between steps; steps in order of time."""

    steps: tuple[Step, ...]
    asked: int
    published: int

    @property
    def fastest(self) -> int | None:
        """Seconds until the first of them had published; None where nobody has."""
        return self.steps[0].seconds if self.steps else None

    @property
    def median(self) -> int | None:
        """Seconds until half had published; None where that was not seen."""
        return self.reached(HALF)

    @property
    def ninetieth(self) -> int | None:
        """Seconds until nine in ten had published; None where that was not seen."""
        return self.reached(NINE_TENTHS)

    def reached(self, share: Fraction) -> int | None:
        """The first second at which at least `share` had published; None where it was not seen."""
        place = bisect_left(self.steps, share, key=lambda each: each.share)
        return self.steps[place].seconds if place < len(self.steps) else None

    def at(self, seconds: int) -> Fraction:
        """The share that had published by then."""
        place = bisect_right(self.steps, seconds, key=lambda each: each.seconds)
        return self.steps[place - 1].share if place else Fraction(0)


def progress(waits: Iterable[Waited]) -> Progress:
    """The curve of all who were asked. One watched until the very second at which another
    published counts as watched then."""
    known = [Waited(max(each.seconds, 0), each.published) for each in waits]
    out = Counter(each.seconds for each in known if each.published)
    left = Counter(each.seconds for each in known)
    watched, still, of = len(known), 1, 1  # `still` of `of` have not published
    steps = []
    for second in sorted(left):
        if out[second]:
            still, of = still * (watched - out[second]), of * watched
            share = Fraction(of - still, of)
            still, of = share.denominator - share.numerator, share.denominator
            steps.append(Step(second, share, watched))
        watched -= left[second]
    return Progress(tuple(steps), len(known), out.total())
