"""Sufficient coverage 数据完整度: which rows may carry a verdict, united into stretches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from monitor.domain.facts import CoverageRow, Facts
from monitor.domain.interval import Interval, subtract, unite
from monitor.domain.numbers import Provenance
from monitor.domain.rulebook import Rulebook

_START = attrgetter("a")


@dataclass(frozen=True, slots=True)
class Stretch:
    """[start, end): every post in it that still stood was seen; its end is a cut-off 截至.

    `end` is clipped to `as_of`; `fresh_until` is the last second at which it may be judged by.
    """

    start: int
    end: int
    fresh_until: int
    rows: tuple[CoverageRow, ...]


def sufficient(facts: Facts, rulebook: Rulebook, platform: str) -> list[CoverageRow]:
    """The rows whose grade reaches the rulebook's least.

    On WeChat a look sees notified posts only: unless the rulebook counts only those, it is grade 0.
    """
    least = rulebook.least_grade
    enough = [row for row in facts.coverage if row.grade >= least]
    if platform != "wechat" or rulebook.notified_only or least == 0:
        return enough
    return [row for row in enough if row.source is not Provenance.PATROL]


def stretches(rows: Iterable[CoverageRow], as_of: int, since: int) -> list[Stretch]:
    """The rows clipped to `as_of` and united, the newest stretch first; touching ones are one.

    Rows that prove nothing ([b, b), or all of it at or after `as_of`) and stretches that end at or
    before `since` are left out.
    """
    live = sorted([row for row in rows if row.a < row.b and row.a < as_of], key=_START)
    found: list[Stretch] = []
    group: list[CoverageRow] = []
    end = 0
    for row in live:
        if group and row.a > end:
            if end > since:
                found.append(_stretch(group, end, as_of))
            group = []
        if not group or row.b > end:
            end = row.b
        group.append(row)
    if group and end > since:
        found.append(_stretch(group, end, as_of))
    found.reverse()
    return found


def _stretch(group: list[CoverageRow], end: int, as_of: int) -> Stretch:
    fresh = max([row.b + row.fresh for row in group])
    return Stretch(group[0].a, min(end, as_of), fresh, tuple(group))


def uncovered(found: Sequence[Stretch], start: int, end: int) -> tuple[Interval, ...]:
    """What of [start, end) no stretch covers, in order."""
    if start >= end or (found and found[0].start <= start and end <= found[0].end):
        return ()
    return tuple(subtract((start, end), [(each.start, each.end) for each in found]))


def grade(stretch: Stretch, since: int) -> int:
    """The grade of the weakest row that what is proven of the stretch after `since` needs."""
    grades = {row.grade for row in stretch.rows}
    weakest = min(grades)
    for candidate in sorted(grades - {weakest}, reverse=True):
        held = unite((row.a, row.b) for row in stretch.rows if row.grade >= candidate)
        if not subtract((max(stretch.start, since), stretch.end), held):
            return candidate
    return weakest


def sources(stretch: Stretch, since: int) -> tuple[str, ...]:
    """Where the rows that reach beyond `since` came from, as the screens say it, sorted."""
    return tuple(sorted({row.source.value for row in stretch.rows if row.b > since}))
