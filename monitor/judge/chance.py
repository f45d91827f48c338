"""Chance: how often it alone would show as much, exactly or with heavy tails, and among many."""

from collections.abc import Sequence
from math import atan, pi, sqrt


def at_least(values: Sequence[int], chosen: int, total: int) -> float:
    """The share of all choices of `chosen` of the values (none negative) that sum to `total` or
    more: the exact permutation test of a sum, ties and all.

    ValueError where so many cannot be chosen.
    """
    if not 0 < chosen <= len(values):
        raise ValueError("more are chosen than there are")
    ways: list[dict[int, int]] = [{0: 1}, *({} for _ in range(chosen))]
    for value in values:
        for count in range(chosen, 0, -1):
            for partial, number in ways[count - 1].items():
                # Beyond the total nothing is told apart: the sums stay few.
                reached = min(partial + value, total)
                ways[count][reached] = ways[count].get(reached, 0) + number
    return ways[chosen].get(total, 0) / sum(ways[chosen].values())


def one_of_each(groups: Sequence[Sequence[int]], total: int) -> float:
    """The share of all choices of one value of each group (none empty, no value negative) that sum
    to `total` or more: the exact permutation test within groups, each compared with itself."""
    sums = {0: 1.0}
    for group in groups:
        grown: dict[int, float] = {}
        for partial, share in sums.items():
            for value in group:
                reached = min(partial + value, total)
                grown[reached] = grown.get(reached, 0.0) + share / len(group)
        sums = grown
    return min(1.0, sums.get(total, 0.0)) if total > 0 else 1.0


def tail(z: float) -> float:
    """The upper tail beyond `z` of Student's t with three degrees of freedom: heavy, for numbers
    that now and then leap without anybody's doing."""
    x = z / sqrt(3)
    upper = atan(1 / x) / pi if x > 0 else 1 / 2 - atan(x) / pi
    return max(0.0, upper - x / (1 + x * x) / pi)


def ranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value, ties sharing the middle of theirs: whole numbers."""
    places = sorted(values)
    first: dict[float, int] = {}
    last: dict[float, int] = {}
    for place, value in enumerate(places, 1):
        first.setdefault(value, place)
        last[value] = place
    return [first[value] + last[value] for value in values]


def adjusted(ps: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg: for each p the share of false ones to expect among all that are as
    small or smaller; in the order given."""
    found = [1.0] * len(ps)
    least = 1.0
    for place, index in sorted(enumerate(sorted(range(len(ps)), key=ps.__getitem__), 1))[::-1]:
        least = min(least, ps[index] * len(ps) / place)
        found[index] = least
    return found


def both(ps: Sequence[float]) -> float:
    """The p of 'at least two of these signals are real', whatever ties them to each other: the
    second smallest times all but one of them (partial conjunction, Benjamini and Heller 2008)."""
    return min(1.0, (len(ps) - 1) * sorted(ps)[1]) if len(ps) > 1 else 1.0
