"""The moves of 清理排查 as one table: at which stage, by which side, from where, with what.

自查 and 核查 go on side by side, unit by unit; the sample is drawn once they are over, and what
becomes of an account is decided once the sample was looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from monitor.domain import lifecycle
from monitor.domain.account import State as Registered
from monitor.domain.advice import Advice, Advised
from monitor.domain.clearing import (
    NEEDS_NOTE,
    Answer,
    Count,
    Decision,
    Followed,
    Line,
    Move,
    Side,
    Spot,
    Stage,
    State,
)
from monitor.domain.errors import Conflict, Forbidden, InputError

LOOKING: Final = frozenset({Stage.SELF, Stage.CHECK})
LONGEST: Final = 300
ENDING: Final = frozenset(
    {Registered.CLOSING, Registered.ANNOUNCED, Registered.CLOSED, Registered.REMOVED}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A button on a line. `words` must go with it; `apart`: another person than answered it."""

    side: Side
    stages: frozenset[Stage]
    states: frozenset[State]
    words: bool = False
    apart: bool = False


S = State
TABLE: Final[Mapping[Move, Rule]] = MappingProxyType(
    {
        Move.ANSWER: Rule(Side.UNIT, LOOKING, frozenset({S.WAITING, S.ANSWERED, S.RETURNED})),
        Move.CONFIRM: Rule(Side.ABOVE, LOOKING, frozenset({S.ANSWERED}), apart=True),
        Move.SEND_BACK: Rule(Side.ABOVE, LOOKING, frozenset({S.ANSWERED}), words=True),
        Move.SPOT: Rule(Side.OFFICE, frozenset({Stage.SPOT}), frozenset({S.CHECKED}), apart=True),
        Move.DECIDE: Rule(Side.OFFICE, frozenset({Stage.SETTLE}), frozenset(State)),
    }
)
STAGES: Final[Mapping[Move, tuple[Stage, Stage]]] = MappingProxyType(
    {
        Move.TO_CHECK: (Stage.SELF, Stage.CHECK),
        Move.DRAW: (Stage.CHECK, Stage.SPOT),
        Move.TO_SETTLE: (Stage.SPOT, Stage.SETTLE),
        Move.SUM_UP: (Stage.SETTLE, Stage.DONE),
    }
)
"""What moves the whole project on, always by the office."""
PROPOSED: Final[Mapping[Answer, Decision]] = MappingProxyType(
    {
        Answer.CHANGE: Decision.RECTIFY,
        Answer.CLOSE: Decision.CLOSE,
        Answer.MERGE: Decision.MERGE,
        Answer.LOST: Decision.RECTIFY,
    }
)
ADVISED: Final[Mapping[Advice, Decision]] = MappingProxyType(
    {
        Advice.CLOSE: Decision.CLOSE,
        Advice.MERGE: Decision.MERGE,
        Advice.FIND: Decision.RECTIFY,
    }
)


@dataclass(frozen=True, slots=True)
class Act:
    """A move on a line as it is handed in."""

    move: Move
    person: int
    words: str = ""
    answer: Answer | None = None
    spot: Spot | None = None
    decision: Decision | None = None


def step(line: Line, stage: Stage, act: Act) -> Line:
    """The line after a move; Conflict where it cannot be made now, InputError where something is
    missing, Forbidden where another person has to make it."""
    rule = TABLE[act.move]
    if stage not in rule.stages:
        raise Conflict(f"现在是{stage}阶段,不能{act.move}", "", "请刷新后按当前阶段办理")
    if line.state not in rule.states:
        raise Conflict(f"这个账号现为{line.state},不能{act.move}", "", "请刷新后再办")
    if rule.apart and act.person in {line.answered_by}:
        raise Forbidden("不能核对本人填报的内容", "", "请由另一位同事办理")
    words = act.words.strip()
    if rule.words and not words:
        raise InputError("请写明理由", act.move.value)
    if len(words) > LONGEST:
        raise InputError(f"说明超过{LONGEST}字", act.move.value, "请精简后再提交")
    return _AFTER[act.move](line, act, words)


def _answered(line: Line, act: Act, words: str) -> Line:
    if act.answer is None:
        raise InputError("请选择自查情况", "自查情况")
    if act.answer in NEEDS_NOTE and not words:
        raise InputError(f"自查情况为“{act.answer}”的,请写明说明", "说明")
    return replace(line, state=S.ANSWERED, answer=act.answer, note=words, answered_by=act.person)


def _confirmed(line: Line, act: Act, words: str) -> Line:
    del words
    return replace(line, state=S.CHECKED, checked_by=act.person, said="")


def _sent_back(line: Line, act: Act, words: str) -> Line:
    del act
    return replace(line, state=S.RETURNED, said=words, returns=line.returns + 1)


def _spotted(line: Line, act: Act, words: str) -> Line:
    if not line.sampled:
        raise Conflict("这个账号不在样本里", "", "只登记抽中的账号")
    if act.spot is None:
        raise InputError("请选择抽查结果", "抽查结果")
    if act.spot is Spot.DIFFERS and not words:
        raise InputError("抽查不一致的,请写明哪里不一致", "抽查说明")
    return replace(line, spot=act.spot, said=words)


def _decided(line: Line, act: Act, words: str) -> Line:
    if act.decision is None:
        raise InputError("请选择处置意见", "处置意见")
    return replace(line, decision=act.decision, why=words)


_AFTER: Final = {
    Move.ANSWER: _answered,
    Move.CONFIRM: _confirmed,
    Move.SEND_BACK: _sent_back,
    Move.SPOT: _spotted,
    Move.DECIDE: _decided,
}


def advance(stage: Stage, move: Move, count: Count, words: str = "") -> Stage:
    """The stage after a move of the whole project.

    Nothing is drawn while nobody was checked; a sample is looked at whole before anything is
    decided; whoever ends a project with accounts left undecided says why.
    """
    before, after = STAGES[move]
    if stage is not before:
        raise Conflict(f"现在是{stage}阶段,不能{move}", "", "请刷新后按当前阶段办理")
    if move is Move.DRAW and not count.checked:
        raise Conflict("还没有核查通过的账号,无从抽样", "", "请先完成核查")
    if move is Move.TO_SETTLE and count.spotted < count.sampled:
        left = count.sampled - count.spotted
        raise Conflict(f"还有{left}个抽中的账号没有登记结果", "", "请先登记抽查结果")
    if move is Move.SUM_UP and count.decided < count.asked and not words.strip():
        left = count.asked - count.decided
        raise InputError(f"还有{left}个账号没有处置意见", "说明", "确需办结的,请写明理由")
    return after


def propose(line: Line, advised: Advised | None) -> tuple[Decision, str] | None:
    """What the office may decide, and why; None where nobody said anything of the account yet.

    The unit's own word goes before the adviser's, and what the office saw for itself before both.
    """
    if line.spot is Spot.DIFFERS:
        return Decision.RECTIFY, f"抽查不一致:{line.said}"
    if line.answer is not None and line.answer in PROPOSED:
        return PROPOSED[line.answer], f"单位自查:{line.answer}"
    if advised is not None:
        return ADVISED[advised.advice], ";".join(advised.reasons)
    if line.answer is Answer.TRUE:
        return Decision.KEEP, "自查属实"
    return None


def handled(decision: Decision | None, followed: Followed) -> str:
    """How far what was decided has come where such things are always done; '' for nothing yet."""
    if decision is Decision.RECTIFY and followed.case_id is not None:
        return "已登记整改单"
    if decision in (Decision.CLOSE, Decision.MERGE):
        if followed.registered in ENDING:
            return f"账号{followed.registered}"
        if followed.pending == lifecycle.Move.APPLY_CLOSE:
            return "已申请关停"
    return ""
