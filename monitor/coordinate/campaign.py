"""The state machines of a campaign and of its tasks, pure: what follows from a move.

Nothing here reads a clock; `now` is an argument. The time of a publication is the platform's own,
never that of a report.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from monitor.coordinate.campaign_moves import (
    APPROVALS,
    CAMPAIGNS,
    STAGES,
    TASKS,
    Act,
)
from monitor.domain.approval import Stage
from monitor.domain.approval import State as Signed
from monitor.domain.campaign import Hand, Move, Source, State, Task, TaskMove, TaskState
from monitor.domain.errors import Conflict, Forbidden, InputError

T, M = TaskState, TaskMove


def shown(
    kept: State, approval: Signed, stage: Stage | None, *, stopped: bool = False, late: bool = False
) -> State:
    """Where a campaign stands: as its row keeps it, as its approval says before it is issued, or
    紧急停发 while a stop covers all of it. A deadline that ran out before it was issued makes what
    was signed wait for another (`late`)."""
    if kept is State.DRAFT:
        waits = STAGES.get(stage) if stage is not None else None
        found = waits or APPROVALS.get(approval, State.REVIEW)
        return State.LATE if late and found is State.TO_ISSUE else found
    return State.STOPPED if stopped and kept is State.UNDER_WAY else kept


def moved(kept: State, move: Move, *, approved: bool = False, stopped: bool = False) -> State:
    """Where a move leads; Conflict where it cannot follow from here."""
    states, after = CAMPAIGNS[move]
    if kept not in states:
        raise Conflict(f"当前为“{kept}”,不能“{move}”", "", "请刷新后再看")
    if move is Move.ISSUE and stopped:
        raise Conflict("正在紧急停发,不能下达", "", "解除停发后再办")
    if move is Move.ISSUE and not approved:
        raise Conflict("还没有签发,不能下达", "", "请先送审,签发后再办")
    return after


def follow(task: Task, act: Act, hand: Hand, now: int) -> Task:
    """The task after an act. Conflict where it cannot follow from here, Forbidden where not by this
    hand, InputError where something is missing; nothing is changed then."""
    rule = TASKS[act.move]
    if task.state not in rule.states:
        raise Conflict(f"当前为“{task.state}”,不能“{act.move}”", "", "请刷新后再看")
    if hand is not rule.hand:
        raise Forbidden(f"“{act.move}”由{rule.hand}办理", "", "请联系承办处室")
    if rule.words and not act.words.strip():
        raise InputError(f"“{act.move}”须写明情况", "说明", "请补充后再提交")
    return _DOES[act.move](task, act, now)


def resting(task: Task, now: int) -> TaskState:
    """Where a task stands of which nothing was published."""
    return T.TO_PUBLISH if now <= task.due else T.MISSED


def in_time(published: int, due: int) -> TaskState:
    """已核验, or 超时补发 where it came after the deadline."""
    return T.VERIFIED if published <= due else T.LATE


def _sign(task: Task, _act: Act, now: int) -> Task:
    return replace(task, state=T.TO_PUBLISH, signed_at=now)


def _report(task: Task, act: Act, now: int) -> Task:
    """A unit's own word: 自报 until somebody or something else saw it. It signs, too."""
    if not act.url:
        raise InputError("请填写发布后的链接", "链接", "从平台复制作品的分享链接")
    signed = task.signed_at if task.signed_at is not None else now
    return replace(task, state=T.REPORTED, url=act.url, source=Source.SELF, signed_at=signed)


def _tell(task: Task, _act: Act, now: int) -> Task:
    """Its word without a link, as some platforms give none: detection or a person looks for it."""
    signed = task.signed_at if task.signed_at is not None else now
    return replace(task, state=T.REPORTED, source=Source.SELF, signed_at=signed)


def _ask_out(task: Task, _act: Act, _now: int) -> Task:
    return replace(task, state=T.ASKS_OUT)


def _grant(task: Task, _act: Act, _now: int) -> Task:
    return replace(task, state=T.EXCUSED)


def _deny(task: Task, _act: Act, now: int) -> Task:
    return replace(task, state=resting(task, now))


def _verify(task: Task, act: Act, now: int) -> Task:
    """A person looked: the time is what the platform shows."""
    published = act.published if act.published is not None else task.published
    if published is None:
        raise InputError("请填写平台显示的发布时间", "发布时间", "打开链接,照页面所示填写")
    if published > now:
        raise InputError("发布时间不能在现在之后", "发布时间")
    state, url = in_time(published, task.due), act.url or task.url
    return replace(task, state=state, published=published, url=url, source=Source.PERSON)


def _reject(task: Task, _act: Act, now: int) -> Task:
    return replace(task, state=resting(task, now), url="", source=None, published=None)


def _to_correct(task: Task, _act: Act, _now: int) -> Task:
    return replace(task, state=T.TO_CORRECT, put_right_at=None)


def _corrected(task: Task, act: Act, now: int) -> Task:
    if not act.url:
        raise InputError("请填写更正后的链接", "链接", "从平台复制更正后作品的分享链接")
    return replace(task, state=T.CORRECTED, url=act.url, put_right_at=now)


def _retracted(task: Task, _act: Act, now: int) -> Task:
    return replace(task, state=T.RETRACTED, put_right_at=now)


def _seen(task: Task, act: Act, state: TaskState) -> Task:
    if act.published is None:
        raise ValueError("what the machine saw has a publishing time")
    return replace(
        task,
        state=state,
        published=act.published,
        url=act.url or task.url,
        source=Source.MACHINE,
        score=act.score,
        places=act.places,
        found=act.found,
        passage=act.passage,
    )


def _found(task: Task, act: Act, _now: int) -> Task:
    return _seen(task, act, in_time(act.published or 0, task.due))


def _differs(task: Task, act: Act, _now: int) -> Task:
    return _seen(task, act, T.DIFFERS)


def _doubt(task: Task, act: Act, _now: int) -> Task:
    return _seen(task, act, T.REPORTED)


def _missed(task: Task, _act: Act, _now: int) -> Task:
    return replace(task, state=T.MISSED)


def _unknown(task: Task, _act: Act, _now: int) -> Task:
    return replace(task, state=T.UNKNOWN)


_DOES: Final[Mapping[TaskMove, Callable[[Task, Act, int], Task]]] = MappingProxyType(
    {
        M.SIGN: _sign,
        M.REPORT: _report,
        M.TELL: _tell,
        M.ASK_OUT: _ask_out,
        M.GRANT: _grant,
        M.DENY: _deny,
        M.VERIFY: _verify,
        M.REJECT: _reject,
        M.TO_CORRECT: _to_correct,
        M.CORRECTED: _corrected,
        M.RETRACTED: _retracted,
        M.FOUND: _found,
        M.DOUBT: _doubt,
        M.DIFFERS: _differs,
        M.MISSED: _missed,
        M.UNKNOWN: _unknown,
    }
)
