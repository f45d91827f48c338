"""The approval's state machine, pure: what may follow from where, by whom, and what it does.

A signature holds for the text it was given to: a changed text voids all of them. Nothing here reads
a clock; `now` is an argument, and an approval past its due second is 待改期 before anything else.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from monitor.access import separation
from monitor.coordinate.moves import APART, DECIDES, TABLE, YES, Act
from monitor.domain.approval import Approval, Move, Paper, Signature, State, Step
from monitor.domain.errors import Conflict, Forbidden, InputError

S = State
UNSIGNED: Final = frozenset({S.DRAFT, S.RETURNED, S.WITHDRAWN})
"""Where no signature stands: the text may change and the state stays."""


def settle(approval: Approval, now: int) -> Approval:
    """The approval as time alone has made it: past its due second it waits for another date."""
    lapsed = approval.state is S.UNDER_WAY and approval.due is not None and now >= approval.due
    return replace(approval, state=S.LATE) if lapsed else approval


def ended(approval: Approval) -> Approval:
    """The approval of what was settled another way: nobody signs it any more."""
    return replace(approval, state=S.WITHDRAWN, paper=None, due=None)


def follow(approval: Approval, act: Act, now: int) -> Approval:
    """The approval after an act. Conflict where it cannot follow from here, Forbidden where not by
    this person, InputError where something is missing; nothing is changed then."""
    before = settle(approval, now)
    if (before.state, act.move) not in TABLE:
        raise Conflict(f"当前为“{before.state}”,不能“{act.move}”", "", "请刷新后再看")
    after = _DOES[act.move](before, act, now)
    if after.state not in TABLE[(before.state, act.move)]:
        raise Conflict(f"当前为“{before.state}”,不能“{act.move}”", "", "请刷新后再看")
    return after


def step_of(approval: Approval, act: Act) -> Step | None:
    """The open step an actor may sign: one named for him before one of his role."""
    steps = approval.open_steps
    named = [each for each in steps if each.holder in act.who]
    free = [each for each in steps if each.holder is None and each.role in act.roles]
    return next(iter([*named, *free]), None)


def barred(approval: Approval, act: Act, step: Step) -> str:
    """Why somebody may not sign a step, though it is his role's; '' where he may."""
    distinct = approval.distinct and step.stage in APART
    return separation.fault(approval.drafter, act.who, _signers(approval), distinct=distinct)


def buttons(approval: Approval, act: Act, now: int) -> tuple[Move, ...]:
    """What to offer somebody: the yes of the stage first. The act itself is checked again."""
    here = settle(approval, now)
    step = step_of(here, act)
    found: list[Move] = []
    if step is not None and not barred(here, act, step):
        found = [YES[step.stage], Move.RETURN]
        found += [Move.REFUSE] if step.stage in DECIDES else []
        found.append(Move.HAND_ON)
    if here.state is S.PAPER and not _not_to_confirm(here, act):
        found += [Move.CONFIRM, Move.REJECT]
    if act.person == here.drafter:
        mine = (Move.SUBMIT, Move.PAPER, Move.WITHDRAW)
        found += [move for move in mine if (here.state, move) in TABLE]
    return tuple(found)


def _signers(approval: Approval) -> frozenset[int]:
    """All who decided at a stage that must be different people's, and for whom."""
    signed = [each.signed for each in approval.steps if each.signed and each.stage in APART]
    return frozenset(
        who for each in signed for who in (each.person, each.behalf) if who is not None
    )


def _sign(approval: Approval, act: Act, now: int) -> Approval:
    step = _my_step(approval, act)
    if YES[step.stage] is not act.move:
        raise Conflict(f"{step.stage}环节没有“{act.move}”", "", "请刷新后再看")
    signed = Signature(act.person, now, approval.sha256, act.opinion, act.behalf)
    steps = tuple(replace(each, signed=signed) if each is step else each for each in approval.steps)
    after = replace(approval, steps=steps)
    if after.open_steps:
        return after
    return replace(after, state=_in_time(after, now))


def _in_time(approval: Approval, signed_at: int) -> State:
    """What the last signature leads to: too late for the planned time is 待改期."""
    late = approval.planned is not None and signed_at > approval.planned
    return S.LATE if late else S.APPROVED


def _my_step(approval: Approval, act: Act) -> Step:
    """The step an actor decides now, of the text as it stands."""
    step = step_of(approval, act)
    if step is None:
        raise Forbidden("现在不由您审批", "", "可能已由他人办理,请刷新后再看")
    told = barred(approval, act, step)
    if told:
        raise Forbidden(told, step.stage, "请由其他人办理,或转请他人")
    _same_text(approval, act)
    return step


def _same_text(approval: Approval, act: Act) -> None:
    if act.sha256 != approval.sha256:
        raise Conflict("文稿在您查看之后有修改", "", "请刷新,看过现在的文稿再办理")


def _return(approval: Approval, act: Act, _now: int) -> Approval:
    _my_step(approval, act)
    _needs_opinion(act)
    return replace(approval, state=S.RETURNED)


def _refuse(approval: Approval, act: Act, _now: int) -> Approval:
    step = _my_step(approval, act)
    if step.stage not in DECIDES:
        raise Conflict(f"{step.stage}环节没有“{act.move}”", "", "可以退回修改")
    _needs_opinion(act)
    return replace(approval, state=S.REFUSED)


def _needs_opinion(act: Act) -> None:
    if not act.opinion.strip():
        raise InputError(f"“{act.move}”须写意见", "意见", "请写明原因")


def _hand_on(approval: Approval, act: Act, _now: int) -> Approval:
    """Somebody else of the same role signs in one's place."""
    step = _my_step(approval, act)
    if act.to is None or act.to in act.who or step.role not in act.to_roles:
        raise InputError(f"请选择另一位{step.role}", "转请他人")
    if separation.fault(approval.drafter, {act.to}, (), distinct=False):
        raise InputError("不能转请拟稿人本人", "转请他人")
    handed = replace(step, holder=act.to)
    steps = tuple(handed if each is step else each for each in approval.steps)
    return replace(approval, steps=steps)


def _submit(approval: Approval, act: Act, now: int) -> Approval:
    _own(approval, act)
    _same_text(approval, act)
    if act.due is None or act.due <= now:
        raise ValueError("a submission has a due second ahead of it")
    fresh = replace(
        approval,
        steps=_kept(approval) or act.steps,
        round=approval.round + 1,
        due=act.due,
        distinct=act.distinct,
        confirms=act.confirms,
        paper=None,
        attested_by=act.attested_by.strip(),
    )
    if approval.planned is not None and approval.planned <= now:
        raise InputError("计划发布时间已过", "计划发布时间", "请先改为以后的时间")
    if fresh.steps:
        return replace(fresh, state=S.UNDER_WAY)
    if not fresh.attested_by:
        raise InputError("请填写本单位审核人,并勾选“本单位已按规定审核”", "本单位审核人")
    return replace(fresh, state=S.APPROVED)


def _kept(approval: Approval) -> tuple[Step, ...]:
    """Where all had signed this very text and only the time ran out, the last one signs again."""
    signed = [each.signed for each in approval.steps]
    same = all(each is not None and each.sha256 == approval.sha256 for each in signed)
    if approval.state is not S.LATE or not signed or not same:
        return ()
    last = approval.last_position
    return tuple(
        replace(each, signed=None) if each.position == last else each for each in approval.steps
    )


def _withdraw(approval: Approval, act: Act, _now: int) -> Approval:
    _own(approval, act)
    return replace(approval, state=S.WITHDRAWN, paper=None)


def _own(approval: Approval, act: Act) -> None:
    if act.person != approval.drafter:
        raise Forbidden(f"只有拟稿人可以“{act.move}”", "", "请联系拟稿人办理")


def _amend(approval: Approval, act: Act, _now: int) -> Approval:
    """Another text, or another time. Where only a missed time is moved, signatures stay."""
    _own(approval, act)
    same = act.sha256 == approval.sha256
    if same and approval.state is S.LATE:
        return replace(approval, planned=act.planned)
    if same and act.planned == approval.planned:
        raise InputError("文稿没有变化", "", "修改后再保存")
    voided = replace(approval, sha256=act.sha256, planned=act.planned, steps=(), due=None)
    state = approval.state if approval.state in UNSIGNED else S.DRAFT
    return replace(voided, state=state, paper=None, attested_by="")


def _paper(approval: Approval, act: Act, now: int) -> Approval:
    _own(approval, act)
    _same_text(approval, act)
    paper = act.paper
    if paper is None or not paper.signer.strip():
        raise InputError("请填写签批人", "签批人")
    if paper.signed_at > now:
        raise InputError("签批时间不能在现在之后", "签批时间")
    if not paper.scan:
        raise InputError("请上传签批件的照片或扫描件", "扫描件")
    confirms = act.confirms or approval.confirms
    return replace(approval, state=S.PAPER, paper=paper, confirms=confirms, steps=(), due=None)


def _confirm(approval: Approval, act: Act, _now: int) -> Approval:
    paper = _registered(approval, act)
    confirmed = replace(paper, confirmed_by=act.person)
    return replace(approval, state=_in_time(approval, paper.signed_at), paper=confirmed)


def _reject(approval: Approval, act: Act, _now: int) -> Approval:
    _registered(approval, act)
    _needs_opinion(act)
    return replace(approval, state=S.RETURNED, paper=None)


def _registered(approval: Approval, act: Act) -> Paper:
    """The paper a second person looks at beside the text it was signed for."""
    told = _not_to_confirm(approval, act)
    if told:
        raise Forbidden(told, "", "请由另一位负责人确认")
    _same_text(approval, act)
    if approval.paper is None:
        raise Conflict("没有待确认的线下签批", "", "请刷新后再看")
    return approval.paper


def _not_to_confirm(approval: Approval, act: Act) -> str:
    by = {approval.paper.by} if approval.paper is not None else set()
    told = separation.fault(approval.drafter, act.who, (), distinct=False)
    if told or act.who & by:
        return told or "登记人不能确认自己登记的线下签批"
    if not act.roles & approval.confirms:
        return f"线下签批由{'、'.join(sorted(approval.confirms))}确认"
    return ""


_DOES: Final[Mapping[Move, Callable[[Approval, Act, int], Approval]]] = MappingProxyType(
    {
        Move.SUBMIT: _submit,
        Move.AGREE: _sign,
        Move.AGREE_ON: _sign,
        Move.ENDORSE: _sign,
        Move.RETURN: _return,
        Move.REFUSE: _refuse,
        Move.WITHDRAW: _withdraw,
        Move.HAND_ON: _hand_on,
        Move.PAPER: _paper,
        Move.CONFIRM: _confirm,
        Move.REJECT: _reject,
        Move.AMEND: _amend,
    }
)
