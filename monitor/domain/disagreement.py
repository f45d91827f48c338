"""Where a report and what was seen differ: a hint 提示 to look again, never an accusation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.interval import Interval, subtract
from monitor.domain.iso_week import span_of
from monitor.domain.numbers import Provenance
from monitor.domain.report_line import ReportLine

WITH_PATROL: Final = "填报与巡查不一致"
WITH_SWEEP: Final = "填报与采集不一致"


@dataclass(frozen=True, slots=True)
class Seen:
    """What other sources know of an account: posts as [first, last second] in which each may have
    been published, and where its publishing time was looked at with sufficient grade."""

    posts: Sequence[Interval]
    looks: Sequence[tuple[int, int, Provenance]]


@dataclass(frozen=True, slots=True)
class Hint:
    """A difference: its label, and what each side says."""

    label: str
    text: str


def hints(line: ReportLine, reported_at: int, seen: Seen) -> tuple[Hint, ...]:
    """Differences that the looks can show; none where nobody looked. `reported_at` in seconds."""
    return tuple(
        Hint(_label(seen, where), text)
        for where, text in (
            _missing(line, seen),
            _newer(line, seen),
            _count(line, reported_at, seen),
        )
        if text
    )


Told = tuple[Interval, str]
NOTHING: Final[Told] = ((0, 0), "")


def _missing(line: ReportLine, seen: Seen) -> Told:
    """The newest post the unit names stands where the page was looked at, and nobody saw it."""
    if line.newest_from is None or line.newest_until is None:
        return NOTHING
    stretch = line.newest_from, line.newest_until + 1
    known = any(first < stretch[1] and last >= stretch[0] for first, last in seen.posts)
    if known or not _looked(seen, stretch):
        return NOTHING
    return stretch, "填报的最近一条,在已查看的时段内未见到"


def _newer(line: ReportLine, seen: Seen) -> Told:
    """A post was seen that is newer than the one the unit calls its newest."""
    if line.newest_until is None:
        return NOTHING
    _, end = span_of(line.week)
    later = [each for each in seen.posts if line.newest_until < each[0] < end]
    if not later or line.posts is None:
        return NOTHING
    first, last = max(later)
    return (first, last + 1), "已见到的作品比填报的最近一条更新"


def _count(line: ReportLine, reported_at: int, seen: Seen) -> Told:
    """The number of posts cannot be what was seen in a week that was looked at without a gap."""
    start, end = span_of(line.week)
    stretch = start, min(end, reported_at)
    if line.posts is None or stretch[0] >= stretch[1] or not _looked(seen, stretch):
        return NOTHING
    least = sum(start <= first and last < stretch[1] for first, last in seen.posts)
    most = sum(first < end and last >= start for first, last in seen.posts)
    if least <= line.posts <= most:
        return NOTHING
    told = f"{least}" if least == most else f"{least}—{most}"
    return stretch, f"填报本周发布{line.posts}篇,已见到{told}篇"


def _looked(seen: Seen, stretch: Interval) -> bool:
    return not subtract(stretch, [(a, b) for a, b, _ in seen.looks])


def _label(seen: Seen, stretch: Interval) -> str:
    """By whose look it shows: an interface or a file goes before a patrol."""
    sources = {source for a, b, source in seen.looks if a < stretch[1] and b > stretch[0]}
    return WITH_PATROL if sources == {Provenance.PATROL} else WITH_SWEEP
