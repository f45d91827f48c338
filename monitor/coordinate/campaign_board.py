"""协同看板 in figures, pure: how many of whom published. How fast is `progress`.

Who was excused, or could not be verified, is counted apart and in no rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.campaign import Task, TaskState

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


@dataclass(frozen=True, slots=True)
class Figures:
    """What a row of the board says of how many; `late` are those who came after the deadline."""

    asked: int = 0
    verified: int = 0
    doubtful: int = 0
    missing: int = 0
    excused: int = 0
    unknown: int = 0
    late: int = 0

    @property
    def share(self) -> float | None:
        """Published of those of whom it is known and asked; None where that is nobody."""
        known = self.asked - self.excused - self.unknown
        return (self.verified + self.doubtful) / known if known > 0 else None


def figures(tasks: Sequence[Task]) -> Figures:
    """The figures of some tasks."""
    counted = dict.fromkeys(COLUMNS, 0)
    for each in tasks:
        counted[PLACES[each.state]] += 1
    return Figures(
        asked=len(tasks),
        verified=counted["已核验"],
        doubtful=counted["待核验"],
        missing=counted["未发布"],
        excused=counted["免发"],
        unknown=counted["无法核验"],
        late=sum(each.state is T.LATE for each in tasks),
    )
