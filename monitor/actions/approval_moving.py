"""Moving an approval inside a transaction: the rows, the move and the audit, in one way."""

from typing import Any

from monitor.actions import approval_terms as terms
from monitor.coordinate import approval as machine
from monitor.coordinate.moves import Act
from monitor.domain.approval import Approval, Move
from monitor.domain.errors import Conflict, InputError
from monitor.domain.person import Person
from monitor.domain.unit import Unit
from monitor.record import approvals, audit
from monitor.record.approvals import Kept, Moved
from monitor.record.store import Reading, Writing


def moved(
    tx: Writing, person: Person, kept: Kept, act: Act, after_subject: approvals.Subject | None
) -> Kept:
    """Follow an act and write it down. What `actions` of a subject call when its text changes."""
    here = settled(tx, kept)
    stage = machine.step_of(here.approval, act)
    after = machine.follow(here.approval, act, tx.second)
    done = Moved(
        act.move,
        person.id,
        stage.stage if stage else None,
        act.behalf,
        act.to,
        act.opinion,
        act.sha256,
    )
    return put(tx, here, after_subject or here.subject, after, done, {})


def settled(tx: Writing, kept: Kept) -> Kept:
    """What time alone has done to it is a move of its own, by nobody."""
    after = machine.settle(kept.approval, tx.second)
    if after == kept.approval:
        return kept
    return put(tx, kept, kept.subject, after, Moved(Move.LAPSE, None), {})


def put(
    tx: Writing,
    kept: Kept,
    subject: approvals.Subject,
    after: Approval,
    done: Moved,
    chain: dict[str, Any],
) -> Kept:
    """Write an approval down on top of the one that was read; Conflict where that is gone."""
    if not approvals.put(tx, kept, subject, after, chain):
        raise Conflict("刚被其他人办理过", subject.title, "请刷新后再看")
    approvals.note(tx, kept.id, kept.approval, after, done)
    audit.add(tx, done.person, done.move.value, "approval", str(kept.id), after.state.value)
    return Kept(kept.id, kept.version + 1, subject, after)


def able(tx: Reading, unit: Unit, act: Act, now: int) -> None:
    """Whoever is named holds the role, and for every other step somebody does."""
    for step in act.steps:
        people = terms.able(tx, unit, step.role, now)
        if step.holder is not None and step.holder not in {each.id for each in people}:
            raise InputError(f"指定的{step.stage}人没有“{step.role}”角色", step.stage)
        if not people:
            raise InputError(
                f"没有人担任“{step.role}”,{step.stage}无人可办",
                unit.name,
                "请管理员先授予角色,或登记线下审批",
            )
