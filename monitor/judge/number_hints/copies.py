"""期末照搬: what is posted as months end had been published by others, more than at other times."""

from typing import Final

from monitor.domain.number_hint import Signal, Traces
from monitor.judge.chance import at_least
from monitor.judge.month_ends import at_an_end
from monitor.judge.number_hint import signal

LEAST_ENDS: Final = 4
LEAST_OTHERS: Final = 10
FACTOR: Final = 1.5
MOST: Final = 400
"""The newest of a busy account's posts are enough."""


@signal("期末照搬")
def copies(traces: Traces) -> Signal | None:
    """Copied ones among the posts of months' ends, held against all posts, exactly."""
    known = (traces.copied or ())[-MOST:]
    ends = [copied for at, copied in known if at_an_end(at)]
    others = [copied for at, copied in known if not at_an_end(at)]
    if len(ends) < LEAST_ENDS or len(others) < LEAST_OTHERS:
        return None
    here, usual = sum(ends) / len(ends), sum(others) / len(others)
    if not sum(ends) or here < FACTOR * usual:
        return Signal(1.0)
    values = [int(each) for each in (*ends, *others)]
    said = (
        f"月末三天发布的{len(ends)}件作品中{sum(ends)}件与其他单位此前发布的标题相同,"
        f"其余日子{len(others)}件中{sum(others)}件"
    )
    return Signal(at_least(values, len(ends), sum(ends)), said)
