"""巡查表 on screen: what a returned form would enter is shown first, then it is taken in."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions.patrol import JUDGE, grade_of, limit
from monitor.actions.permitting import permit_person
from monitor.collect import patrol_sheet, returned_kind
from monitor.collect.files.grid import Limits
from monitor.collect.returned_kind import Returning
from monitor.domain.account import Account
from monitor.domain.instants import to_second
from monitor.domain.loading import RowProblem
from monitor.domain.person import Permission, Person
from monitor.record import accounts, audit, jobs, units
from monitor.record.patrol_returns import AT_ONCE, Desk, Known, Returned
from monitor.record.staging import chunks
from monitor.record.store import Reading, Store

__all__ = ["Checked", "Returning", "check", "recognise", "take"]

LARGEST: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a returned form would enter: lines that can be taken, blank ones, refusals."""

    name: str
    good: int
    blank: int
    problems: tuple[RowProblem, ...]


def recognise(content: bytes, name: str) -> Returning:
    """Which of our forms a file is that somebody handed back; none where it is another file."""
    return returned_kind.kind(content, name)


@needs(Permission.PATROL, audited=False)
def check(
    store: Store, actor: Person, content: bytes, name: str, largest: int = LARGEST
) -> Checked:
    """Read a returned form against the person's accounts; nothing is saved. InputError where it is
    no such form."""
    read = patrol_sheet.read(content, name, to_second(store.clock()), Limits(bytes=largest))
    problems = list(read.problems)
    good = 0
    with store.reading() as tx:
        desk = _desk(tx, actor, content)
        for line in read.lines:
            found = desk.look(tx, line)
            if isinstance(found, RowProblem):
                problems.append(found)
            else:
                good += 1
    return Checked(name, good, read.blank, tuple(problems))


@needs(Permission.PATROL)
def take(
    store: Store, actor: Person, content: bytes, name: str, largest: int = LARGEST
) -> Returned:
    """Take a returned form in, line by line; refused ones by row and column, the same file twice
    once. What a line is worth follows from who hands it in."""
    read = patrol_sheet.read(content, name, to_second(store.clock()), Limits(bytes=largest))
    done = Returned(blank=read.blank, problems=list(read.problems))
    for part in chunks(read.lines, AT_ONCE):
        with store.writing(durable=True) as tx:
            desk = _desk(tx, permit_person(tx, actor, Permission.PATROL), content)
            for line in part:
                desk.take(tx, line, done)
    with store.writing(durable=True) as tx:
        by = permit_person(tx, actor, Permission.PATROL)
        audit.add(tx, by.id, "导入巡查表", "table", "patrol", f"{done.stored}个账号")
        if done.stored and not jobs.waiting(tx, JUDGE):
            jobs.ask(tx, JUDGE, {}, f"patrol-file:{tx.stamp}", by.id)
    return done


def _desk(tx: Reading, actor: Person, content: bytes) -> Desk:
    """The person's own accounts, and what his word about each is worth."""
    known = {each.id: each for each in units.all_units(tx)}
    mine: list[Account] = []
    paths: dict[int | None, str] = {}
    for each in accounts.all_accounts(tx):
        unit = known.get(each.unit_id)
        if unit is None:
            continue
        if scopes.covers(actor.scope, unit.path, unit.line) or each.line in actor.scope.lines:
            mine.append(each)
            paths[each.id] = unit.path
    return Desk(
        sha256(content).hexdigest(),
        lambda account: grade_of(actor, paths[account.id]),
        limit(tx),
        Known(mine),
        actor.id,
    )
