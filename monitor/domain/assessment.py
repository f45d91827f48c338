"""Assessment 考核: how far a scheme and a period came, objections, and items two people score."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """试评 is tried on a period before anything rests on it: it is never named in a bulletin."""

    FORMAL = "正式"
    TRIAL = "试评"


class State(StrEnum):
    """From the wording of the scheme to the file: the order is the order of the work."""

    DRAFTING = "方案拟定"
    CONSULTING = "征求意见"
    IN_FORCE = "印发生效"
    RUNNING = "周期运行"
    FIRST = "初评"
    FEEDBACK = "结果反馈"
    REVIEW = "复核"
    WAITING = "待审定"
    SETTLED = "审定"
    ANNOUNCED = "通报"
    FILED = "归档"


OF_SCHEME: Final = (State.DRAFTING, State.CONSULTING, State.IN_FORCE)
"""The states of a scheme's revision; the others are those of a period it is applied to."""
TOLD: Final = frozenset(State) - {*OF_SCHEME, State.RUNNING, State.FIRST}
"""From here on a unit sees its own result."""
FINAL: Final = frozenset({State.SETTLED, State.ANNOUNCED, State.FILED})
"""From here on the result stands: what is found later is a 更正单 beside it."""


class Move(StrEnum):
    """What somebody does to a scheme or an assessment: the buttons."""

    CONSULT = "征求意见"
    TAKE_BACK = "退回修改"
    PUT_IN_FORCE = "印发方案"
    GENERATE = "生成初评"
    FEED_BACK = "反馈各单位"
    TO_REVIEW = "转入复核"
    PROPOSE = "提请审定"
    SEND_BACK = "退回复核"
    SETTLE = "审定"
    ISSUE = "印发"
    FILE = "归档"
    AMEND = "更正单"


class Side(StrEnum):
    """Whose hand it is."""

    OFFICE = "考核员"
    HEAD = "科室负责人"
    UNIT = "被考核单位"


class Asked(StrEnum):
    """What must be given with a move, as its form calls it."""

    VALID_FROM = "生效日期"
    SIGNER = "签批人"
    SIGNED_AT = "签批时间"
    SCAN = "扫描件"
    WHY = "理由"
    TEMPLATE = "模板"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a scheme or an assessment stands.

    `since` and `until` are the first second of its period and the second it ends, `due` the last
    second of 结果反馈; `by` is who brought it to where it is. `open_objections`, `open_items`: how
    many nobody has decided; `scored` says that a result is there.
    """

    state: State
    kind: Kind = Kind.FORMAL
    since: int = 0
    until: int = 0
    due: int | None = None
    by: int | None = None
    scored: bool = False
    open_objections: int = 0
    open_items: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """A move as it is handed in at `now` (seconds). `due` is until when units may object; `given`
    are the words of the form by their `Asked`."""

    move: Move
    person: int
    side: Side
    now: int
    due: int | None = None
    given: dict[str, str] = field(default_factory=dict)


class Plea(StrEnum):
    """Where an objection 异议 stands."""

    RAISED = "待复核"
    UPHELD = "采纳"
    REFUSED = "不采纳"
    WITHDRAWN = "已撤回"


class Say(StrEnum):
    """What somebody does to an objection: the buttons."""

    RAISE = "提出异议"
    UPHOLD = "采纳"
    REFUSE = "不采纳"
    WITHDRAW = "撤回异议"


@dataclass(frozen=True, slots=True)
class Objection:
    """What a unit holds against one line: `points` are those it has, `wanted` those it asks for,
    of at most `most`. `raised_by` is the person; `answer` what was said of it."""

    indicator: str
    words: str
    points: float | None
    wanted: float
    most: float
    raised_by: int
    plea: Plea = Plea.RAISED
    answer: str = ""
    answered_by: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of an objection; `granted` points where it is upheld."""

    say: Say
    person: int
    words: str = ""
    granted: float | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What one reviewer gave an item of people's judgement: a share of its points, 0 to 1."""

    person: int
    share: float


@dataclass(frozen=True, slots=True)
class Item:
    """One line of one unit that people score: two `reviewers`, and a third where those two are
    further apart than the limit."""

    unit: str
    indicator: str
    given: tuple[Given, ...] = ()
