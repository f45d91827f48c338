"""涨粉: followers leap far beyond the account's own days, and nothing it published says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import median
from typing import Final

from monitor.domain.instants import DAY
from monitor.domain.number_hint import Followed, Signal, Traces, Work
from monitor.judge.chance import tail
from monitor.judge.number_hint import signal
from monitor.judge.phrases import day

RECENT: Final = 14 * DAY
LEAST_STEPS: Final = 14
LEAST_GAIN: Final = 200
LEAST_SHARE: Final = 0.05
"""A leap of fewer people, or of a smaller share, is nobody's business."""
ROUNDING: Final = 0.001
"""Levels are rounded and read at odd hours: days are never taken to differ by less."""
MAD: Final = 1.4826
"""What makes the median deviation of normal numbers their standard deviation."""
CAUSE: Final = 3
"""A post with so many times the usual views within the days before may well be the reason."""
BEFORE: Final = 3 * DAY


@dataclass(frozen=True, slots=True)
class _Step:
    """From one told level to the next: `rate` is the growth of its logarithm a day."""

    old: Followed
    new: Followed

    @property
    def rate(self) -> float:
        days = max(1.0, (self.new.at - self.old.at) / DAY)
        return log(max(1, self.new.level) / max(1, self.old.level)) / days


@signal("涨粉")
def growth(traces: Traces) -> Signal | None:
    """The largest recent step, as a robust z among all others, for as many as might have been."""
    steps = [_Step(old, new) for old, new in pairwise(traces.followers)]
    recent = [each for each in steps if each.new.at >= traces.as_of - RECENT]
    if len(steps) < LEAST_STEPS or not recent:
        return None
    leap = max(recent, key=lambda each: each.rate)
    others = [each.rate for each in steps if each is not leap]
    gained = leap.new.level - leap.old.level
    small = gained < max(LEAST_GAIN, LEAST_SHARE * leap.old.level)
    if small or _caused(traces.works, leap.new.at):
        return Signal(1.0)
    usual = median(others)
    spread = max(ROUNDING, MAD * median([abs(each - usual) for each in others]))
    p = min(1.0, len(recent) * tail((leap.rate - usual) / spread))
    return Signal(p, _said(leap, gained, usual))


def _caused(works: Sequence[Work], at: int) -> bool:
    """Whether something published within the days before was seen far more than usual."""
    if not works:
        return False
    most = CAUSE * median([each.views for each in works])
    return any(at - BEFORE <= each.at <= at and each.views >= max(1, most) for each in works)


def _said(leap: _Step, gained: int, usual: float) -> str:
    return (
        f"{day(leap.new.at)}粉丝数由{leap.old.level:,}变为{leap.new.level:,}"
        f"(增加{gained * 100 / leap.old.level if leap.old.level else 100:.1f}%),"
        f"平时每天变化约{abs(usual) * 100:.1f}%,此前三天没有明显高于平时的作品"
    )
