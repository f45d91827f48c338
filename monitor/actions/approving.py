"""Approving: what each button does, in one transaction: right, transition, rows, audit, key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import free
from monitor.actions import approval_moving, life_deciding, sending
from monitor.actions import approval_terms as terms
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent
from monitor.coordinate import approval as machine
from monitor.coordinate import chains
from monitor.coordinate.moves import Act
from monitor.domain.approval import Move, Paper, Stage
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person, Role
from monitor.domain.unit import Unit
from monitor.record import approvals, photos, units
from monitor.record.approvals import Kept, Moved
from monitor.record.store import Reading, Store, Writing

WRITERS: Final = frozenset({Move.SUBMIT, Move.PAPER, Move.WITHDRAW, Move.AMEND})
"""What the writer does; everything else is approving."""
CHAINS: Final = "谁可以办理由审批流程和轮到的环节决定,在同一事务中核对;另须有“拟稿”或“审批”权限"
SCANS: Final = "scans"
LONGEST_OPINION: Final = 500


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed on paper: by whom, when (seconds), and the scan."""

    signer: str
    signed_at: int
    scan: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Doing:
    """A button as it was pressed. `seen` is the hash of the text on the screen; `invited` the
    people asked to sign a stage; `attested_by` the unit's own reviewer; `to` whom it is handed."""

    move: Move
    seen: str
    opinion: str = ""
    to: int | None = None
    invited: Mapping[Stage, Sequence[int]] = field(default_factory=dict)
    attested_by: str = ""
    paper: Signed | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be asked: id and name."""

    person_id: int
    name: str


@free(CHAINS)
def do(
    store: Store, actor: Person, approval_id: int, doing: Doing, sent: Sent, data_dir: Path
) -> Mapping[str, Any]:
    """Press a button; `{"state": ...}` as it then is. The same form twice is one doing.

    Conflict where it cannot follow from here, Forbidden where not by this person, InputError where
    something is missing; nothing is written then.
    """
    scan = _scan(doing, data_dir)
    with store.writing(durable=True) as tx:
        needed = Permission.DRAFT if doing.move in WRITERS else Permission.APPROVE
        person = permit_person(tx, actor, needed)
        return sending.once(
            tx, person, sent, lambda: _done(tx, person, approval_id, doing, (scan, data_dir))
        )


@free(CHAINS)
def buttons(store: Store, actor: Person, approval_id: int, now: int) -> tuple[Move, ...]:
    """What to offer somebody on an approval's page."""
    with store.reading() as tx:
        kept, unit = _found(tx, approval_id)
        if life_deciding.over(tx, kept.subject):
            return ()
        found: dict[Move, None] = {}
        for way in terms.ways(tx, actor.id, unit, now):
            act = Act(Move.AGREE, actor.id, roles=way.roles, behalf=way.behalf)
            found |= dict.fromkeys(machine.buttons(kept.approval, act, now))
        return tuple(found)


@free(CHAINS)
def others(store: Store, actor: Person, approval_id: int, now: int) -> tuple[Choice, ...]:
    """To whom somebody may hand his signature on: people of the same role, the writer left out."""
    with store.reading() as tx:
        kept, unit = _found(tx, approval_id)
        act = _best(tx, kept, unit, Act(Move.HAND_ON, actor.id), now)
        step = machine.step_of(machine.settle(kept.approval, now), act)
        if step is None:
            return ()
        barred = {actor.id, kept.approval.drafter}
        return _choices(terms.able(tx, unit, step.role, now), barred)


@free(CHAINS)
def invitable(
    store: Store, actor: Person, unit_id: int, wanted: tuple[str, Path], now: int
) -> dict[Stage, tuple[Choice, ...]]:
    """By stage, whom the writer of a text of a (kind, data folder) may ask to sign it."""
    kind, data_dir = wanted
    with store.reading() as tx:
        unit = _unit(tx, unit_id)
        chain = terms.chain_of(data_dir, terms.LEVELS[unit.level], kind)
        return {
            each.stage: _choices(terms.able(tx, unit, each.role, now), {actor.id})
            for each in chain.steps
            if each.invited
        }


@free(CHAINS)
def attested(store: Store, unit_id: int, kind: str, data_dir: Path) -> bool:
    """Whether the unit itself says who checked its texts (县级单位)."""
    with store.reading() as tx:
        unit = _unit(tx, unit_id)
    return terms.chain_of(data_dir, terms.LEVELS[unit.level], kind).attested


def _done(
    tx: Writing, person: Person, approval_id: int, doing: Doing, given: tuple[str, Path]
) -> Mapping[str, Any]:
    scan, data_dir = given
    found, unit = _found(tx, approval_id)
    kept = approval_moving.settled(tx, found)
    act, chain = _act(tx, person, kept, unit, doing, data_dir)
    if doing.paper is not None:
        told = doing.paper
        paper = Paper(told.signer.strip(), told.signed_at, scan, person.id, kept.approval.sha256)
        act = replace(act, paper=paper)
    step = machine.step_of(kept.approval, act)
    after = machine.follow(kept.approval, act, tx.second)
    stage = step.stage if step is not None and doing.move not in WRITERS else None
    done = Moved(doing.move, person.id, stage, act.behalf, act.to, act.opinion, doing.seen)
    now = approval_moving.put(tx, kept, kept.subject, after, done, chain)
    life_deciding.follow(tx, person, now, (doing.move, act.opinion), data_dir)
    return {"state": after.state.value}


def _act(
    tx: Writing, person: Person, kept: Kept, unit: Unit, doing: Doing, data_dir: Path
) -> tuple[Act, dict[str, Any]]:
    """The act as the state machine takes it, and the columns of a chain laid out anew."""
    opinion = doing.opinion.strip()
    if len(opinion) > LONGEST_OPINION:
        raise InputError(f"意见超过{LONGEST_OPINION}字", "意见")
    refuse_marked({"意见": opinion})
    bare = Act(doing.move, person.id, doing.seen, opinion, to=doing.to)
    bare = replace(bare, to_roles=_roles_of(tx, doing.to, unit))
    act = _best(tx, kept, unit, bare, tx.second)
    tx.acting.behalf = act.behalf
    if doing.move not in {Move.SUBMIT, Move.PAPER}:
        return act, {}
    chain = terms.chain_of(data_dir, kept.subject.level, kept.subject.sort)
    due = terms.due(data_dir, chain, tx.second)
    act = replace(
        act,
        steps=chains.laid_out(chain, doing.invited) if doing.move is Move.SUBMIT else (),
        due=due.at,
        distinct=chain.distinct,
        confirms=chain.confirms,
        attested_by=doing.attested_by if chain.attested else "",
    )
    approval_moving.able(tx, unit, act, tx.second)
    columns = {"chain": chain.name, "chain_version": chain.version, "provisional": due.provisional}
    return act, columns


def _best(tx: Reading, kept: Kept, unit: Unit, act: Act, now: int) -> Act:
    """The act in the first way in which the person may do it, else in his own."""
    every = [
        replace(act, roles=way.roles, behalf=way.behalf)
        for way in terms.ways(tx, act.person, unit, now)
    ]
    able = (each for each in every if act.move in machine.buttons(kept.approval, each, now))
    return next(able, every[0])


def _found(tx: Reading, approval_id: int) -> tuple[Kept, Unit]:
    kept = approvals.get(tx, approval_id)
    if kept is None:
        raise InputError("没有这项审批", str(approval_id), "请从列表重新打开")
    return kept, _unit(tx, kept.subject.unit_id)


def _unit(tx: Reading, unit_id: int) -> Unit:
    return next(each for each in units.all_units(tx) if each.id == unit_id)


def _roles_of(tx: Writing, person_id: int | None, unit: Unit) -> frozenset[Role]:
    if person_id is None:
        return frozenset()
    return terms.roles_over(tx, person_id, unit, tx.second)


def _choices(people: Sequence[Person], barred: set[int]) -> tuple[Choice, ...]:
    return tuple(Choice(each.id, each.name) for each in people if each.id not in barred)


def _scan(doing: Doing, data_dir: Path) -> str:
    """The scan is stored under its hash before the transaction: a file is no part of it."""
    if doing.paper is None or not doing.paper.scan:
        return ""
    return photos.keep_scan(data_dir / "local" / SCANS, doing.paper.scan)
