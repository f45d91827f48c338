"""互动比例: likes to views of the last weeks' posts are unlike those of the account's own past."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from monitor.domain.instants import DAY
from monitor.domain.number_hint import Signal, Traces, Work
from monitor.judge.chance import at_least, ranks
from monitor.judge.number_hint import signal

RECENT: Final = 14 * DAY
SETTLED: Final = DAY
"""Numbers of the first day are not yet what they will be."""
LEAST_VIEWS: Final = 100
LEAST_RECENT: Final = 4
LEAST_PAST: Final = 15
MOST_RECENT: Final = 12
MOST_PAST: Final = 60
"""Of a busy account the newest of either are enough."""
FACTOR: Final = 3
"""A middle less than so many times higher or lower than before is nobody's business."""


@signal("互动比例")
def ratio(traces: Traces) -> Signal | None:
    """The rank sum of the recent posts' ratios among all, exactly, in whichever direction."""
    works = [
        each
        for each in traces.works
        if each.likes is not None and each.views >= LEAST_VIEWS and each.at < traces.as_of - SETTLED
    ]
    split = traces.as_of - RECENT
    recent = _ratios([each for each in works if each.at >= split], MOST_RECENT)
    past = _ratios([each for each in works if each.at < split], MOST_PAST)
    if len(recent) < LEAST_RECENT or len(past) < LEAST_PAST:
        return None
    new, old = median(recent), median(past)
    high, low = new > 0 and new >= FACTOR * old, old > 0 and new * FACTOR <= old
    if not high and not low:
        return Signal(1.0)
    return Signal(_p(recent, past, high=high), _said(len(recent), new, old))


def _ratios(works: Sequence[Work], most: int) -> list[float]:
    return [(each.likes or 0) / each.views for each in works[-most:]]


def _p(recent: Sequence[float], past: Sequence[float], *, high: bool) -> float:
    sign = 1 if high else -1
    placed = ranks([sign * each for each in (*recent, *past)])
    return min(1.0, 2 * at_least(placed, len(recent), sum(placed[: len(recent)])))


def _said(count: int, new: float, old: float) -> str:
    return (
        f"近14天{count}件作品的点赞与阅读播放之比,中位数{new * 100:.1f}%,此前中位数{old * 100:.1f}%"
    )
