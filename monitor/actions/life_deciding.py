"""What follows from signatures on an application: the last one decides it, in its transaction."""

from pathlib import Path
from typing import Final

from monitor.actions import life_closing, life_moving
from monitor.actions.case_moving import House
from monitor.actions.life_moving import Doing
from monitor.coordinate import lifecycle
from monitor.domain.approval import Move as Step
from monitor.domain.approval import State
from monitor.domain.errors import Conflict
from monitor.domain.lifecycle import SIGNED_AS, Field, Move, Side
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Person
from monitor.record import lives
from monitor.record.approvals import Kept, Subject
from monitor.record.store import Reading, Writing

KINDS: Final = frozenset(SIGNED_AS.values())
ON_SCREEN, ON_PAPER = "线上审批第{}号", "线下签批第{}号"
TAKEN_BACK: Final = "申请人撤回"


def over(tx: Reading, subject: Subject) -> bool:
    """Whether a text is an application that was settled since, so that nobody need sign it."""
    return _is(subject) and lives.of_text(tx, subject.id) is None


def follow(tx: Writing, person: Person, kept: Kept, done: tuple[Step, str], data_dir: Path) -> None:
    """Decide the application an approval is of, where what was done `(move, opinion)` decides it.
    Conflict where it was settled another way meanwhile."""
    if not _is(kept.subject):
        return
    account_id, (step, opinion) = lives.of_text(tx, kept.subject.id), done
    state = kept.approval.state
    if account_id is None:
        if step in {Step.SUBMIT, Step.PAPER} or state is State.APPROVED:
            told = "这项申请已另行办结"
            raise Conflict(told, kept.subject.title, "请在账号页查看办理记录")
        return
    found = life_moving.found_at(tx, account_id)
    if state is State.APPROVED and found.life.pending is not None:
        number = (ON_PAPER if kept.approval.paper else ON_SCREEN).format(kept.id)
        grant = lifecycle.GRANTS[found.life.pending]
        doing = Doing(grant, account_id, found.version, {Field.PAPER.value: number})
        life_closing.move(tx, person, found, (Side.ABOVE, doing, ""), House(data_dir))
    elif state is State.REFUSED:
        doing = Doing(Move.REFUSE, account_id, found.version, _why(opinion))
        life_closing.move(tx, person, found, (Side.ABOVE, doing, ""), House(data_dir))
    elif step is Step.WITHDRAW:
        doing = Doing(Move.WITHDRAW, account_id, found.version, _why(TAKEN_BACK))
        life_closing.move(tx, person, found, (Side.UNIT, doing, ""), House(data_dir))


def _is(subject: Subject) -> bool:
    return subject.kind == SUBJECT and subject.sort in KINDS


def _why(text: str) -> dict[str, str]:
    return {Field.WHY.value: life_moving.short(text)}
