"""发布对象建议, pure: the fewest accounts whose followers together come to a wanted number.

Nobody knows who follows several accounts at once, so the sum is the most that is reached, never
what is. Of sums the fewest are the largest; accounts that have as many followers as the last of
them come along, so that what is proposed is an aim like any other: so many followers at least.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Proposal:
    """`accounts` with `least` followers or more, `followers` together; `fewest` of them would do.
    Where all do not come to what is wanted, `enough` is false and these are all."""

    accounts: int
    fewest: int
    least: int
    followers: int
    enough: bool


def smallest(followers: Iterable[int], wanted: int) -> Proposal:
    """The proposal for accounts with these numbers of followers, whatever their order."""
    ordered = sorted((each for each in followers if each > 0), reverse=True)
    sums = list(accumulate(ordered))
    place = bisect_left(sums, wanted)
    if place == len(ordered):
        least, whole = (ordered[-1], sums[-1]) if ordered else (0, 0)
        return Proposal(len(ordered), len(ordered), least, whole, enough=False)
    least = ordered[place]
    taken = sum(each >= least for each in ordered)
    return Proposal(taken, place + 1, least, sums[taken - 1], enough=True)
