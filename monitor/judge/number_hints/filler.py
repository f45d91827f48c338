"""期末集中发布: more posts in the last three days of the months than in their other days."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from monitor.domain.number_hint import Signal, Traces
from monitor.judge.chance import one_of_each
from monitor.judge.month_ends import BLOCK, month_ends
from monitor.judge.number_hint import signal

LEAST_MONTHS: Final = 4
FACTOR: Final = 1.5
"""Ends of months with less than so many times the posts of other days are nobody's business."""
ENOUGH: Final = 300
"""Posts: whoever has so many at the ends of months fills up nothing, he posts all the time."""


@signal("期末集中发布")
def filler(traces: Traces) -> Signal | None:
    """Posts of each month's last three days among those of its own blocks of three days, exactly:
    a month of silence, or of a campaign, is compared with itself and says nothing of the others."""
    if not traces.posts:
        return None
    months = [*_months(traces)]
    if len(months) < LEAST_MONTHS:
        return None
    ends = [blocks[0] for blocks in months]
    every = [count for blocks in months for count in blocks]
    rest = (sum(every) - sum(ends)) / (len(every) - len(ends))
    mean = sum(ends) / len(ends)
    if sum(ends) > ENOUGH or mean < 1 or mean < FACTOR * rest:
        return Signal(1.0)
    said = f"近{len(ends)}个月的最后三天平均发布{mean:.1f}件,其余日子每三天平均{rest:.1f}件"
    return Signal(one_of_each(months, sum(ends)), said)


def _months(traces: Traces) -> Iterator[list[int]]:
    """Of each whole month known, the posts of its blocks of three days, the last block first."""
    posts = traces.posts
    for begins, ends in month_ends(posts[0], traces.as_of):
        edges = range(ends, begins + BLOCK - 1, -BLOCK)
        yield [bisect_left(posts, b) - bisect_left(posts, b - BLOCK) for b in edges]
