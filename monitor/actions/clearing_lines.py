"""清理排查 account by account: the unit's word, the check above it, the office's look and word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions.clearing import MATTER, ordered
from monitor.actions.permitting import permit, reach
from monitor.actions.sending import Sent, once
from monitor.coordinate import adviser, clearing
from monitor.coordinate.clearing import LONGEST, Act, handled
from monitor.domain.advice import Known
from monitor.domain.classified import refuse_marked
from monitor.domain.clearing import Answer, Decision, Line, Move, Spot
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.record import audit, cases, clearings
from monitor.record.clearings import Kept, KeptLine, Moved
from monitor.record.store import Store, Writing

__all__ = ["LONGEST", "MOST", "answer", "attest", "check", "decide", "handled", "proposed", "spot"]

MOST: Final = 500
Versions = Mapping[int, int]
"""The version that was shown of each line, by its id."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit says of one account."""

    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """A unit's form: what is said of each line, by its id, on top of which versions."""

    clearing_id: int
    said: Mapping[int, Said]
    versions: Versions


@dataclass(frozen=True, slots=True)
class Checking:
    """Lines passed, or given back with a word."""

    clearing_id: int
    versions: Versions
    move: Move
    words: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the office found of one sampled account."""

    clearing_id: int
    line_id: int
    version: int
    spot: Spot
    words: str = ""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What becomes of accounts, and why."""

    clearing_id: int
    versions: Versions
    decision: Decision
    words: str = field(default="")


@needs(Permission.REPORT)
def answer(store: Store, actor: Person, filling: Filling, sent: Sent) -> int:
    """提交自查: the unit's word on its accounts, all of them or none; how many."""
    refuse_marked({f"说明{key}": each.note for key, each in filling.said.items()})
    if set(filling.said) != set(filling.versions):
        raise InputError("表单与台账不符", "自查表", "请刷新后重新填写")

    def act(person: Person | None, key: int) -> Act:
        said = filling.said[key]
        return Act(Move.ANSWER, _id(person), said.note, answer=said.answer)

    doing = (filling.clearing_id, filling.versions, act)
    return _all(store, (actor, Permission.REPORT), doing, sent)


@needs(Permission.CONFIRM)
def check(store: Store, actor: Person | None, checking: Checking, sent: Sent) -> int:
    """核查通过 or 退回重报, by somebody else than answered; how many lines."""
    if checking.move not in {Move.CONFIRM, Move.SEND_BACK}:
        raise InputError("核查只能通过或退回", checking.move.value)
    refuse_marked({"退回理由": checking.words})

    def act(person: Person | None, key: int) -> Act:
        del key
        return Act(checking.move, _id(person), checking.words)

    doing = (checking.clearing_id, checking.versions, act)
    return _all(store, (actor, Permission.CONFIRM), doing, sent)


@needs(Permission.VERIFY)
def spot(store: Store, actor: Person, looked: Looked, sent: Sent) -> int:
    """登记抽查: what the office that ordered the project found of a sampled account."""
    refuse_marked({"抽查说明": looked.words})

    def act(person: Person | None, key: int) -> Act:
        del key
        return Act(Move.SPOT, _id(person), looked.words, spot=looked.spot)

    doing = (looked.clearing_id, {looked.line_id: looked.version}, act)
    return _all(store, (actor, Permission.VERIFY), doing, sent, office=True)


@needs(Permission.CONFIRM)
def decide(store: Store, actor: Person, deciding: Deciding, sent: Sent) -> int:
    """确定处置: what becomes of accounts, by the office that ordered the project; how many.

    Nothing happens to an account by this alone: closing is applied for and problems are registered
    where that is always done.
    """
    refuse_marked({"处置说明": deciding.words})

    def act(person: Person | None, key: int) -> Act:
        del key
        return Act(Move.DECIDE, _id(person), deciding.words, decision=deciding.decision)

    doing = (deciding.clearing_id, deciding.versions, act)
    return _all(store, (actor, Permission.CONFIRM), doing, sent, office=True)


def attest(tx: Writing, kept: Kept, found: Sequence[KeptLine]) -> int:
    """属实 for all of these lines, in the transaction of a receipt that nobody signed in for."""
    if not found:
        return 0
    versions = {each.id: each.version for each in found}
    act = Act(Move.ANSWER, _id(None), "", answer=Answer.TRUE)
    return _moved(tx, kept, found, versions, lambda _key: act)


Doing = tuple[int, Versions, Callable[[Person | None, int], Act]]


def _all(
    store: Store,
    by: tuple[Person | None, Permission],
    doing: Doing,
    sent: Sent,
    *,
    office: bool = False,
) -> int:
    """The same move of several lines in one piece; `office`: the whole area must be in reach."""
    clearing_id, versions, act = doing
    if not 0 < len(versions) <= MOST:
        raise InputError(f"请选择1到{MOST}个账号", "清理排查")
    with store.writing(durable=True) as tx:
        person = permit(tx, *by)

        def work() -> Mapping[str, Any]:
            kept = ordered(tx, person, clearing_id) if office else clearings.get(tx, clearing_id)
            found = clearings.lines(tx, clearing_id, set(versions))
            if kept is None or len(found) != len(versions):
                raise Forbidden("没有这些账号,或不在本人管理范围内", "清理排查", "请刷新后重试")
            _within(tx, person, found)
            return {"done": _moved(tx, kept, found, versions, lambda key: act(person, key))}

        done = work() if person is None else once(tx, person, sent, work)
    return int(done["done"])


def _within(tx: Writing, person: Person | None, found: list[KeptLine]) -> None:
    scope = Scope(reach(person).paths)
    paths = cases.unit_paths(tx, {each.unit_id for each in found}, tx.second)
    if not all(scopes.covers(scope, paths.get(each.unit_id, ""), "") for each in found):
        raise Forbidden("有账号不在本人管理范围内", "清理排查", "请刷新后重试")


def _moved(
    tx: Writing,
    kept: Kept,
    found: Sequence[KeptLine],
    versions: Versions,
    act: Callable[[int], Act],
) -> int:
    moves = []
    for each in found:
        doing = act(each.id)
        after = clearing.step(each.line, kept.stage, doing)
        if each.version != versions[each.id] or not clearings.put(tx, each, after):
            raise Conflict("有账号刚被别人办理过", kept.title, "请刷新后再办")
        moves.append(_told(each, after, doing))
    clearings.note(tx, kept.id, moves)
    (move,) = {each.move for each in moves}
    by = moves[0].person or None
    audit.add(tx, by, f"清理排查·{move}", MATTER, str(kept.id), f"{len(moves)}个账号")
    return len(moves)


def _id(person: Person | None) -> int:
    """Who makes a move; 0 is whoever sits at the machine itself."""
    return 0 if person is None else person.id


def _told(before: KeptLine, after: Line, doing: Act) -> Moved:
    """The move as it is written down: states, or what was found or decided."""
    said = {Move.SPOT: after.spot, Move.DECIDE: after.decision, Move.ANSWER: after.answer}
    told = said.get(doing.move)
    return Moved(
        doing.move,
        before.line.state.value,
        told.value if told is not None else after.state.value,
        doing.person or None,
        doing.words.strip(),
        before.id,
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """What may be decided of an account, and why."""

    decision: Decision
    why: str


def proposed(line: Line, known: Known | None) -> Proposed | None:
    """What to propose of a line, with what the adviser knows; None where nobody said anything."""
    found = clearing.propose(line, adviser.advise(known) if known is not None else None)
    return None if found is None else Proposed(*found)
