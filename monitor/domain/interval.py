"""Half-open stretches of seconds [a, b): unite, clip, subtract, measure."""

from collections.abc import Iterable, Sequence

Interval = tuple[int, int]


def unite(parts: Iterable[Interval]) -> list[Interval]:
    """The parts as the fewest disjoint intervals in order; touching ones become one."""
    united: list[Interval] = []
    for start, end in sorted(part for part in parts if part[0] < part[1]):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def clip(parts: Iterable[Interval], start: int, end: int) -> list[Interval]:
    """What of the parts lies in [start, end)."""
    return [(max(a, start), min(b, end)) for a, b in parts if max(a, start) < min(b, end)]


def subtract(whole: Interval, parts: Iterable[Interval]) -> list[Interval]:
    """What of `whole` no part covers, in order."""
    rest: list[Interval] = []
    at = whole[0]
    for start, end in clip(unite(parts), *whole):
        if at < start:
            rest.append((at, start))
        at = end
    if at < whole[1]:
        rest.append((at, whole[1]))
    return rest


def measure(start: int, end: int, excused: Sequence[Interval] = ()) -> int:
    """Seconds of [start, end) outside `excused`; 0 where the interval is empty."""
    if start >= end:
        return 0
    return end - start - sum(b - a for a, b in clip(unite(excused), start, end))
