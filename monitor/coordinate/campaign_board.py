"""协同看板 in figures, pure: how many of whom published, and how long after the first they did.

Time is the platform's own second of publishing. Who was excused, or could not be verified, is
counted apart and in no rate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from monitor.domain.campaign import Task, TaskState
from monitor.domain.instants import MINUTE

T = TaskState
COLUMNS: Final = ("应发", "已核验", "待核验", "未发布", "免发", "无法核验")
PLACES: Final = {
    T.VERIFIED: "已核验",
    T.LATE: "已核验",
    T.CORRECTED: "已核验",
    T.RETRACTED: "已核验",
    T.REPORTED: "待核验",
    T.DIFFERS: "待核验",
    T.TO_CORRECT: "待核验",
    T.ASKS_OUT: "未发布",
    T.TO_SIGN: "未发布",
    T.TO_PUBLISH: "未发布",
    T.MISSED: "未发布",
    T.EXCUSED: "免发",
    T.UNKNOWN: "无法核验",
}
"""In which column of the board a task of each state is counted: in one, and in one only."""
NINETY: Final = 0.9


@dataclass(frozen=True, slots=True)
class Figures:
    """What a row of the board says; minutes after the first publication, None where nobody has."""

    asked: int = 0
    verified: int = 0
    doubtful: int = 0
    missing: int = 0
    excused: int = 0
    unknown: int = 0
    fastest: float | None = None
    middle: float | None = None
    ninetieth: float | None = None
    late: int = 0

    @property
    def share(self) -> float | None:
        """Published of those of whom it is known and asked; None where that is nobody."""
        known = self.asked - self.excused - self.unknown
        return (self.verified + self.doubtful) / known if known > 0 else None


def first_of(tasks: Iterable[Task]) -> int | None:
    """When the first of them published; None before anybody has."""
    return min((each.published for each in tasks if each.published is not None), default=None)


def figures(tasks: Sequence[Task], first: int | None) -> Figures:
    """The figures of some tasks, `first` being the first publication of all."""
    counted = dict.fromkeys(COLUMNS, 0)
    for each in tasks:
        counted[PLACES[each.state]] += 1
    minutes = sorted(
        (each.published - first) / MINUTE
        for each in tasks
        if each.published is not None and first is not None
    )
    return Figures(
        asked=len(tasks),
        verified=counted["已核验"],
        doubtful=counted["待核验"],
        missing=counted["未发布"],
        excused=counted["免发"],
        unknown=counted["无法核验"],
        fastest=minutes[0] if minutes else None,
        middle=median(minutes) if minutes else None,
        ninetieth=quantile(minutes, NINETY),
        late=sum(each.state is T.LATE for each in tasks),
    )


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The least value that so large a share does not exceed; None of nothing."""
    if not ordered:
        return None
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]
