"""Clearing 清理排查: every account of an area looked over by its unit, its city and the office."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.account import State as Registered


class Stage(StrEnum):
    """How far the project is; the order is the order of the work."""

    SELF = "自查"
    CHECK = "核查"
    SPOT = "抽查"
    SETTLE = "处置"
    DONE = "总结"


class State(StrEnum):
    """Where one account's line stands on its way through 自查 and 核查."""

    WAITING = "待自查"
    ANSWERED = "待核查"
    RETURNED = "已退回"
    CHECKED = "已核查"


class Answer(StrEnum):
    """What the unit says of what the ledger holds about an account."""

    TRUE = "属实"
    CHANGE = "需变更"
    CLOSE = "拟关停"
    MERGE = "拟合并"
    LOST = "失管"


class Spot(StrEnum):
    """What the office found when it looked for itself."""

    SAME = "一致"
    DIFFERS = "不一致"


class Decision(StrEnum):
    """What becomes of an account."""

    KEEP = "保留"
    RECTIFY = "整改"
    MERGE = "合并"
    CLOSE = "关停"


class Side(StrEnum):
    """Whose hand it is: the unit's, that of who checks it, or the office's that ordered it."""

    UNIT = "责任单位"
    ABOVE = "核查单位"
    OFFICE = "部署单位"


class Move(StrEnum):
    """What somebody does to a project or to one of its lines: the buttons."""

    DEPLOY = "部署"
    ANSWER = "提交自查"
    CONFIRM = "核查通过"
    SEND_BACK = "退回重报"
    TO_CHECK = "转入核查"
    DRAW = "抽取样本"
    SPOT = "登记抽查"
    TO_SETTLE = "转入处置"
    DECIDE = "确定处置"
    SUM_UP = "办结总结"


IN_QUESTION: Final = frozenset(
    {
        *(Registered.ACTIVE, Registered.PAUSED, Registered.LOST, Registered.UNCHECKED),
        *(Registered.CLOSING, Registered.ANNOUNCED),
    }
)
"""The accounts a project is about: those the ledger holds and that are not closed yet."""
NEEDS_NOTE: Final = frozenset(Answer) - {Answer.TRUE}
"""With these answers a word must stand: what is to be changed, why, into which account."""


@dataclass(frozen=True, slots=True)
class Line:
    """One account of a project. `sampled` says that the office drew it for its own look."""

    state: State = State.WAITING
    answer: Answer | None = None
    note: str = ""
    answered_by: int | None = None
    checked_by: int | None = None
    returns: int = 0
    sampled: bool = False
    spot: Spot | None = None
    said: str = ""
    decision: Decision | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of an account after something was decided of it: its state in the registry, the
    application that waits ('' for none), and its live case."""

    registered: str
    pending: str = ""
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines of a unit, a city or the whole project stand how; each sums up to `asked`."""

    asked: int = 0
    waiting: int = 0
    answered: int = 0
    returned: int = 0
    checked: int = 0
    sampled: int = 0
    same: int = 0
    differs: int = 0
    decided: int = 0

    @property
    def handed_in(self) -> int:
        """Lines the unit has answered and that were not given back."""
        return self.answered + self.checked

    @property
    def spotted(self) -> int:
        """Sampled lines the office has looked at."""
        return self.same + self.differs

    def __add__(self, other: "Count") -> "Count":
        return Count(*(a + b for a, b in zip(self._all(), other._all(), strict=True)))

    def _all(self) -> tuple[int, ...]:
        judged = (self.sampled, self.same, self.differs, self.decided)
        return (self.asked, self.waiting, self.answered, self.returned, self.checked, *judged)
