"""Replies of a group 粘贴接龙: read line by line, and what a person confirmed entered at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import campaign_tasks
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, once
from monitor.coordinate import pasted_replies
from monitor.coordinate.campaign_moves import Act
from monitor.domain import receipt
from monitor.domain.campaign import ABSENT, Hand, TaskMove, TaskState
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.pasted import Asked, Named, Said
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import Answer
from monitor.record import units
from monitor.record.screens import campaign_board
from monitor.record.screens.campaign_board import TaskLine, Wanted
from monitor.record.store import Reading, Store, Writing

LONGEST: Final = pasted_replies.LONGEST
MOST: Final = 500
"""So many tasks are entered at once."""
FIELD: Final = "粘贴的内容"
SOURCE: Final = "群内回复"
"""The words beside the move: what somebody wrote in a group is not kept."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A pasted text line by line, and the tasks its claims speak of, by their ids."""

    said: tuple[Said, ...]
    tasks: Mapping[int, TaskLine]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person confirmed of a task `(id, version)`: it is out, with its link or ''."""

    task: tuple[int, int]
    url: str = ""


@needs(Permission.CAMPAIGN_TASK, audited=False)
def understand(store: Store, actor: Person, campaign_id: int, text: str, now: int) -> Understood:
    """What a pasted text says of a campaign's tasks within the actor's units; nothing is changed.

    Forbidden where he has none, InputError where the text is too long or bears a mark of secrecy.
    """
    if not text.strip():
        raise InputError("请粘贴群里的接龙或回复", FIELD)
    if len(text) > LONGEST:
        raise InputError(f"超过{LONGEST:,}字", FIELD, "请分几次粘贴")
    refuse_marked({FIELD: text})
    with store.reading() as tx:
        tasks = tasks_of(tx, actor, campaign_id, now)
        known = [
            Named(each.id or 0, each.name, each.path)
            for each in units.all_units(tx)
            if scopes.covers(reach(actor), each.path, each.line)
        ]
    said = pasted_replies.read(text, known, [asked_of(each) for each in tasks.values()])
    return Understood(said, tasks)


@needs(Permission.CAMPAIGN_TASK)
def confirm(
    store: Store, actor: Person, campaign_id: int, entries: Sequence[Confirmed], sent: Sent
) -> tuple[int, ...]:
    """Enter what was confirmed, marked 自报 until it was seen: the ids of all the tasks, or none.

    Forbidden for a task that is not of the actor's units, Conflict where one moved on meanwhile.
    """
    one_each = _one_each(entries)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN_TASK)

        def work() -> Mapping[str, Any]:
            for entry in one_each:
                _enter(tx, person, campaign_id, entry)
            return {"ids": [entry.task[0] for entry in one_each]}

        return tuple(once(tx, person, sent, work)["ids"])


def _enter(tx: Writing, person: Person, campaign_id: int, entry: Confirmed) -> None:
    kept = campaign_tasks.of_unit(tx, person, entry.task)
    if kept.campaign_id != campaign_id:
        raise Forbidden(*campaign_tasks.ABSENT)
    url = receipt.checked(Answer(entry.url)).url
    act = Act(TaskMove.REPORT if url else TaskMove.TELL, SOURCE, url)
    campaign_tasks.move(tx, kept, act, Hand.UNIT, person.id)


def _one_each(entries: Sequence[Confirmed]) -> tuple[Confirmed, ...]:
    """One entry a task: the one with a link goes before the one without."""
    found: dict[int, Confirmed] = {}
    for entry in entries:
        before = found.setdefault(entry.task[0], entry)
        if before.url and entry.url and before.url != entry.url:
            raise InputError("同一个账号选了两条链接", "确认登记", "请只留一条")
        if entry.url:
            found[entry.task[0]] = entry
    if not 0 < len(found) <= MOST:
        raise InputError(f"请确认1至{MOST}个账号", "确认登记")
    return tuple(found.values())


def tasks_of(tx: Reading, actor: Person, campaign_id: int, now: int) -> dict[int, TaskLine]:
    """A campaign's tasks within reach, by id; Forbidden where there is none."""
    found = campaign_board.tasks(tx, reach(actor), now, Wanted(campaign=campaign_id))
    if not found or not campaign_id:
        raise Forbidden(*campaign_tasks.ABSENT)
    return {each.kept.id: each for each in found}


def asked_of(line: TaskLine) -> Asked:
    """A task that has a link already, or is done with, is not entered again."""
    task = line.kept.task
    able = task.state in ABSENT or (task.state is TaskState.REPORTED and not task.url)
    return Asked(line.kept.id, line.kept.unit_id, line.name, line.platform, able)
