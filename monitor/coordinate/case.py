"""The case's state machine, pure: what follows from a move, and whose clock runs then.

Nothing here reads a clock or a calendar; `now` and the look that 发前复查 stands on are arguments.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from monitor.coordinate import term
from monitor.coordinate.case_moves import TABLE, Act, offered
from monitor.domain.case import Case, Measure, Move, Problem, Side, State, Term
from monitor.domain.errors import Conflict, Forbidden, InputError

S = State


def follow(case: Case, act: Act, now: int) -> Case:
    """The case after an act. Conflict where it cannot follow from here, Forbidden where not by this
    side or person, InputError where something is missing; nothing is changed then."""
    rule = TABLE[act.move]
    if case.state not in rule.states:
        raise Conflict(f"当前为“{case.state}”,不能“{act.move}”", "", "请刷新后再看")
    if act.side not in rule.sides:
        raise Forbidden(f"{act.side}不能“{act.move}”", "", "请由承办方办理")
    if act.move not in offered(case, act.side):
        raise Conflict(f"现在不能“{act.move}”", "", "请刷新后再看")
    if rule.words and not act.words.strip():
        raise InputError(f"“{act.move}”须写明情况", "说明", "请补充后再提交")
    if rule.apart and act.person in {case.submitted_by, case.verified_by}:
        raise Forbidden("不能审核本人核实或提请的整改单", "", "请由其他人办理")
    return _DOES[act.move](case, act, now)


def open_case(problems: tuple[Problem, ...], *, transit: bool) -> Case:
    """A new case; several problems of one account are one case."""
    if not problems:
        raise ValueError("a case has at least one problem")
    return Case(problems=problems, transit=transit)


def _marked(case: Case, act: Act, **values: object) -> tuple[Problem, ...]:
    chosen = range(len(case.problems)) if act.number is None else [act.number]
    if any(not 0 <= each < len(case.problems) for each in chosen):
        raise InputError("没有这一项问题", str(act.number), "请刷新后再看")
    return tuple(
        replace(each, **values) if place in chosen else each  # type: ignore[arg-type]
        for place, each in enumerate(case.problems)
    )


def _confirm(case: Case, act: Act, _now: int) -> Case:
    problems = _marked(case, act, confirmed=True, reason=None)
    return replace(case, problems=problems, verified_by=act.person, deferred=False)


def _dismiss(case: Case, act: Act, _now: int) -> Case:
    """Where no problem is left the case is over; the original stays beside the reason."""
    if act.reason is None:
        raise InputError("请选择不属实的原因", "原因")
    problems = _marked(case, act, confirmed=False, reason=act.reason)
    none_left = all(each.confirmed is False for each in problems)
    after = replace(case, problems=problems, verified_by=act.person, deferred=False)
    return replace(after, state=S.UNFOUNDED) if none_left else after


def _defer(case: Case, _act: Act, _now: int) -> Case:
    return replace(case, deferred=True)


def _merge(case: Case, act: Act, _now: int) -> Case:
    if act.into is None:
        raise InputError("请选择并入哪一件整改单", "并入")
    return replace(case, state=S.MERGED, into=act.into)


def _submit(case: Case, act: Act, _now: int) -> Case:
    if any(each.confirmed is None for each in case.problems):
        raise InputError("还有问题没有核实", "问题", "请逐项点“属实”或“不属实”")
    if act.measure is None:
        raise InputError("请选择处置措施", "措施")
    if not (act.hours or 0 < act.days <= act.most_days):
        raise InputError(f"整改期限应在1至{act.most_days}个工作日之间", "期限")
    return replace(
        case,
        state=S.REVIEW,
        measure=act.measure,
        term=Term(act.days, hours=act.hours),
        submitted_by=act.person,
        checked_at=act.looked_at,
    )


def _assign(case: Case, act: Act, now: int) -> Case:
    """Before it leaves somebody has just looked (发前复查)."""
    looked = act.looked_at
    if looked is None:
        raise InputError("交办前须再看一次账号(发前复查)", "发前复查", "请先巡查该账号,再同意交办")
    after = replace(case, state=S.ASSIGNED, checked_at=looked, assigned_at=now)
    return after if case.transit else _runs(after, now)


def _send_back(case: Case, _act: Act, _now: int) -> Case:
    return replace(case, state=S.UNVERIFIED, measure=None, term=None, submitted_by=None)


def _sign(case: Case, act: Act, now: int) -> Case:
    """A city signs and passes on; a unit signs and sets to work."""
    if act.side is Side.TRANSIT:
        return replace(case, signed=True)
    return _runs(replace(case, state=S.UNDER_WAY, signed=True), now)


def _forward(case: Case, _act: Act, now: int) -> Case:
    return _runs(replace(case, forwarded=True, signed=True), now)


def _explain(case: Case, _act: Act, _now: int) -> Case:
    return case


def _hand_in(case: Case, _act: Act, now: int) -> Case:
    state = S.FIRST_CHECK if case.transit else S.FINAL_CHECK
    return _stands(replace(case, state=state), now)


def _appeal(case: Case, _act: Act, now: int) -> Case:
    return _stands(replace(case, appealed=True), now)


def _uphold(case: Case, act: Act, _now: int) -> Case:
    if act.reason is None:
        raise InputError("请选择不属实的原因", "原因")
    problems = tuple(replace(each, confirmed=False, reason=act.reason) for each in case.problems)
    return replace(case, state=S.UNFOUNDED, problems=problems, appealed=False)


def _reject(case: Case, _act: Act, now: int) -> Case:
    return _runs(replace(case, appealed=False), now)


def _ask_time(case: Case, act: Act, now: int) -> Case:
    if not 0 < act.days <= act.most_days:
        raise InputError(f"延期应在1至{act.most_days}个工作日之间", "延期")
    return _stands(replace(case, asked_days=act.days), now)


def _grant(case: Case, act: Act, now: int) -> Case:
    days = act.days or case.asked_days
    given = replace(case, asked_days=0, extended=True, term=term.longer(_term(case), days))
    return _runs(given, now)


def _deny(case: Case, _act: Act, now: int) -> Case:
    return _runs(replace(case, asked_days=0), now)


def _pass_on(case: Case, _act: Act, _now: int) -> Case:
    return replace(case, state=S.FINAL_CHECK)


def _close(case: Case, act: Act, _now: int) -> Case:
    return replace(case, state=S.CLOSED, looks_again_at=act.again_at)


def _redo(case: Case, _act: Act, now: int) -> Case:
    return _runs(replace(case, state=S.UNDER_WAY, returns=case.returns + 1), now)


def _to_closure(case: Case, _act: Act, now: int) -> Case:
    after = replace(case, state=S.CLOSING, measure=Measure.CLOSE, appealed=False, asked_days=0)
    return _stands(after, now)


def _shut(case: Case, _act: Act, _now: int) -> Case:
    return replace(case, state=S.SHUT)


def _resume(case: Case, _act: Act, now: int) -> Case:
    """The account is not closed after all: it is put right from where the case was."""
    back = replace(case, measure=Measure.PUT_RIGHT)
    if case.assigned_at is None:
        return replace(back, state=S.REVIEW)
    if case.transit and not case.forwarded:
        return replace(back, state=S.ASSIGNED)
    return _runs(replace(back, state=S.UNDER_WAY), now)


def _named(case: Case, _act: Act, _now: int) -> Case:
    """A named account still has to be put right: this is a mark and no state."""
    if case.appealed:
        raise Conflict("复核申请未办结,不能提请通报", "", "请先答复复核申请")
    return replace(case, named=True)


def _talked(case: Case, _act: Act, _now: int) -> Case:
    return replace(case, talked=True)


def _recovered(case: Case, _act: Act, _now: int) -> Case:
    return replace(case, recovered=True)


def _amend(case: Case, act: Act, _now: int) -> Case:
    """A closed case turns out to have been wrong: it is put right, with a letter."""
    return replace(case, state=S.UNFOUNDED, problems=_marked(case, act, confirmed=False))


def _runs(case: Case, now: int) -> Case:
    return replace(case, term=term.start(_term(case), now))


def _stands(case: Case, now: int) -> Case:
    return case if case.term is None else replace(case, term=term.stop(case.term, now))


def _term(case: Case) -> Term:
    if case.term is None:
        raise Conflict("整改期限还没有定", "", "请先提请审核")
    return case.term


_DOES: Final[Mapping[Move, Callable[[Case, Act, int], Case]]] = MappingProxyType(
    {
        Move.CONFIRM: _confirm,
        Move.DISMISS: _dismiss,
        Move.DEFER: _defer,
        Move.MERGE: _merge,
        Move.SUBMIT: _submit,
        Move.ASSIGN: _assign,
        Move.SEND_BACK: _send_back,
        Move.SIGN: _sign,
        Move.FORWARD: _forward,
        Move.EXPLAIN: _explain,
        Move.HAND_IN: _hand_in,
        Move.APPEAL: _appeal,
        Move.UPHOLD: _uphold,
        Move.REJECT: _reject,
        Move.ASK_TIME: _ask_time,
        Move.GRANT: _grant,
        Move.DENY: _deny,
        Move.PASS_ON: _pass_on,
        Move.CLOSE: _close,
        Move.REDO: _redo,
        Move.TO_CLOSURE: _to_closure,
        Move.SHUT: _shut,
        Move.RESUME: _resume,
        Move.NAMED: _named,
        Move.TALKED: _talked,
        Move.REMIND: _explain,
        Move.RECOVERED: _recovered,
        Move.AMEND: _amend,
    }
)
