"""Calibration 校准: how much of what is surely known a purchased feed had seen as well."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.instants import DAY

LEAST_KNOWN: Final = 200
LEAST_DAYS: Final = 28
NEEDED_PERCENT: Final = 99
VALID_DAYS: Final = 92
"""Measured again each quarter; an older figure is shown as 应复测."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Of `known` posts published in [since, until) seconds and told by other sources, of accounts
    the route reads, it had `found` so many."""

    known: int
    found: int
    since: int
    until: int

    def __post_init__(self) -> None:
        if not 0 <= self.found <= self.known or self.since > self.until:
            raise ValueError("a recall finds at most what is known, in a window that ends last")

    @property
    def enough(self) -> bool:
        """Whether so much was known, over so long, that the share says something."""
        return self.known >= LEAST_KNOWN and self.until - self.since >= LEAST_DAYS * DAY

    @property
    def holds(self) -> bool:
        """Whether at least 99 % was found, counted in whole posts."""
        return self.enough and self.found * 100 >= NEEDED_PERCENT * self.known


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the route's word is worth from now on, and why."""

    ceiling: int
    reason: str


def calibrate(recall: Recall, grade: int) -> Verdict:
    """The route's ceiling: its `grade` while its recall holds, else 0, presence only."""
    told = f"已知作品{recall.known}条,其中见到{recall.found}条"
    if not recall.enough:
        days = (recall.until - recall.since) // DAY
        need = f"须有不少于{LEAST_KNOWN}条、跨{LEAST_DAYS}天"
        return Verdict(0, f"校准样本不足:{told},跨{days}天,{need};只作更新的证据")
    if not recall.holds:
        return Verdict(0, f"召回率低于{NEEDED_PERCENT}%:{told};只作更新的证据")
    return Verdict(grade, f"召回率达到{NEEDED_PERCENT}%:{told}")
