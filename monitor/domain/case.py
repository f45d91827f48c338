"""Case 整改单: what was found wrong with an account, and in whose hands it lies until put right."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Who found it."""

    SYSTEM = "系统监测"
    PATROL = "人工巡查"
    SUPERIOR = "上级通报"
    CITIZENS = "网民反映"
    SELF = "单位自查"


class State(StrEnum):
    """Where a case stands. What hastens, pauses or repeats it are marks beside the state."""

    UNVERIFIED = "待核实"
    UNFOUNDED = "经核实不属实"
    REVIEW = "待审核"
    ASSIGNED = "已交办"
    UNDER_WAY = "整改中"
    FIRST_CHECK = "待初核"
    FINAL_CHECK = "待复核"
    CLOSED = "已销号"
    CLOSING = "转关停程序"
    SHUT = "已关停"
    MERGED = "已合并"


OVER = frozenset({State.UNFOUNDED, State.CLOSED, State.SHUT, State.MERGED})
"""Nothing follows but a correction, or the look after thirty days."""


class Side(StrEnum):
    """Whose turn it is: the office that runs the case, the city in between, the unit itself."""

    DESK = "承办处室"
    TRANSIT = "市州"
    UNIT = "责任单位"
    NOBODY = "—"


class Measure(StrEnum):
    """What is asked of the unit, mildest first."""

    REMIND = "提醒"
    PUT_RIGHT = "限期整改"
    NAME = "通报批评"
    TALK = "约谈"
    CLOSE = "责令关停"


class Reason(StrEnum):
    """Why a problem is not one."""

    MISREAD = "采集有误"
    POSTED = "已有更新(补链接)"
    PAUSED = "已报批暂停"
    REMOVED = "账号已注销"
    NOT_OURS = "主体有误"
    NOT_APPLICABLE = "标准不适用"
    OTHER = "其他"


class Move(StrEnum):
    """What somebody does to a case: the buttons, word for word."""

    CONFIRM = "属实"
    DISMISS = "不属实"
    DEFER = "暂缓"
    MERGE = "合并办理"
    SUBMIT = "提请审核"
    ASSIGN = "同意交办"
    SEND_BACK = "退回"
    SIGN = "签收"
    FORWARD = "转办"
    EXPLAIN = "情况说明"
    HAND_IN = "提交整改情况"
    APPEAL = "申请复核"
    UPHOLD = "复核成立"
    REJECT = "复核不成立"
    ASK_TIME = "申请延期"
    GRANT = "同意延期"
    DENY = "不予延期"
    PASS_ON = "初核通过"
    CLOSE = "复核通过并销号"
    REDO = "退回重改"
    TO_CLOSURE = "转关停程序"
    SHUT = "关停核验"
    RESUME = "恢复整改"
    NAMED = "提请通报"
    TALKED = "登记约谈"
    REMIND = "提醒催办"
    RECOVERED = "自行恢复"
    AMEND = "更正"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, as it was when the case was opened: frozen, whatever comes later.

    `upper` and `own` are what the national and the office's rule concluded. `confirmed` is None
    until somebody looked.
    """

    kind: str
    sentence: str
    upper: str = ""
    own: str = ""
    finding_id: int | None = None
    confirmed: bool | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The time a unit has, in working days, and the stretches (seconds) in which it ran.

    The last stretch is open (`None`) while the unit holds the case. With `hours` it is so many
    hours by the clock instead.
    """

    days: int
    ran: tuple[tuple[int, int | None], ...] = ()
    hours: int = 0

    @property
    def running(self) -> bool:
        """Whether time passes for the unit."""
        return bool(self.ran) and self.ran[-1][1] is None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. `transit` says that a city lies between desk and unit.

    `checked_at` is when somebody last looked at the account (发前复查), `looks_again_at` when it is
    looked at after it was closed. `asked_days` wait for an answer; `returns` counts 退回重改.
    """

    state: State = State.UNVERIFIED
    problems: tuple[Problem, ...] = ()
    transit: bool = False
    forwarded: bool = False
    signed: bool = False
    measure: Measure | None = None
    term: Term | None = None
    verified_by: int | None = None
    submitted_by: int | None = None
    checked_at: int | None = None
    assigned_at: int | None = None
    appealed: bool = False
    asked_days: int = 0
    extended: bool = False
    deferred: bool = False
    returns: int = 0
    named: bool = False
    talked: bool = False
    recovered: bool = False
    looks_again_at: int | None = None
    into: int | None = None

    @property
    def holder(self) -> Side:
        """In whose hands it lies."""
        if self.state in OVER:
            return Side.NOBODY
        if self.state is State.ASSIGNED and not self.appealed:
            return Side.TRANSIT if self.transit and not self.forwarded else Side.UNIT
        if self.state is State.UNDER_WAY and not self.appealed:
            return Side.DESK if self.asked_days else Side.UNIT
        return Side.TRANSIT if self.state is State.FIRST_CHECK else Side.DESK
