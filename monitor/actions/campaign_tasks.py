"""Tasks of 协同发声: what a unit answers, and what who runs the campaign decides of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import campaign_terms, telling
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, once
from monitor.actions.telling import House
from monitor.coordinate.campaign import follow
from monitor.coordinate.campaign_moves import Act
from monitor.domain import receipt
from monitor.domain.campaign import Hand, State, TaskMove
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import Answer
from monitor.record import audit, campaign_tasks, campaigns, units
from monitor.record.campaign_tasks import KeptTask
from monitor.record.store import Store, Writing

MOST: Final = 200
ABSENT: Final = ("没有这项协同任务,或不在本人管理范围内", "", "请刷新后重试")
LIVE: Final = frozenset({State.UNDER_WAY, State.ENDED})
"""While a campaign stands there, its tasks move."""
TOLD: Final = frozenset({TaskMove.GRANT, TaskMove.DENY, TaskMove.REJECT, TaskMove.TO_CORRECT})
"""Decisions after which a unit has something to do, or nothing any more."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One button on tasks `(id, version)`, and what goes with it; `published` is the second the
    platform shows."""

    move: TaskMove
    tasks: tuple[tuple[int, int], ...]
    said: str = ""
    url: str = ""
    published: int | None = None


@needs(Permission.CAMPAIGN_TASK)
def answer(store: Store, actor: Person, doing: Doing, sent: Sent) -> tuple[int, ...]:
    """What a unit does: 签收, 填链接, 申请免发, 已更正, 已撤稿. The ids of all the tasks, or none.

    Forbidden for a task that is not of the actor's units, Conflict where one moved on meanwhile.
    """
    act = _act(doing)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN_TASK)

        def work() -> Mapping[str, Any]:
            for which in doing.tasks:
                move(tx, of_unit(tx, person, which), act, Hand.UNIT, person.id)
            return {"ids": [task_id for task_id, _ in doing.tasks]}

        return tuple(once(tx, person, sent, work)["ids"])


@needs(Permission.CAMPAIGN)
def decide(store: Store, actor: Person, doing: Doing, sent: Sent, house: House) -> tuple[int, ...]:
    """What who runs the campaign decides: 准予免发, 不予准许, 核验通过, 核验不符, 要求更正. The ids
    of all the tasks, or none. What asks something of the unit again, or no more, it is told."""
    act = _act(doing)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            for which in doing.tasks:
                kept = _known(tx, which)
                campaign_terms.mine(tx, person, kept.campaign_id)
                move(tx, kept, act, Hand.DESK, person.id)
            if act.move in TOLD:
                ids = [task_id for task_id, _ in doing.tasks]
                telling.changed(tx, house, ids, act.move.value, act.words)
            return {"ids": [task_id for task_id, _ in doing.tasks]}

        return tuple(once(tx, person, sent, work)["ids"])


def move(tx: Writing, kept: KeptTask, act: Act, hand: Hand, by: int | None) -> None:
    """Make one move of one task inside a transaction: the row, the move, the audit."""
    campaign = campaigns.get(tx, kept.campaign_id)
    if campaign is None or campaign.state not in LIVE:
        raise Conflict("这项协同发声已经结束", "", "请联系承办处室")
    after = follow(kept.task, act, hand, tx.second)
    if not campaign_tasks.put(tx, kept, after):
        raise Conflict("这项任务刚被别人办理过", "", "请刷新后再办")
    campaign_tasks.note(tx, kept, after, (act.move, hand), (by, act.words))
    if kept.leads and after.published is not None:
        campaign_tasks.follow_the_first(tx, kept.campaign_id)
    audit.add(tx, by, f"协同任务·{act.move}", "campaign_task", str(kept.id), after.state.value)


def _act(doing: Doing) -> Act:
    if not 0 < len(doing.tasks) <= MOST:
        raise InputError(f"请选择1至{MOST}项任务", "任务")
    said = receipt.checked(Answer(doing.url, doing.said))
    return Act(doing.move, said.note, said.url, doing.published)


def _known(tx: Writing, which: tuple[int, int]) -> KeptTask:
    kept = campaign_tasks.get(tx, which[0])
    if kept is None:
        raise Forbidden(*ABSENT)
    if kept.version != which[1]:
        raise Conflict("这项任务刚被别人办理过", "", "请刷新后再办")
    return kept


def of_unit(tx: Writing, person: Person, which: tuple[int, int]) -> KeptTask:
    """A task of the actor's units as he saw it; Forbidden where it is none of them."""
    kept = campaign_tasks.get(tx, which[0])
    unit = None if kept is None else units.by_id(tx, kept.unit_id)
    if unit is None or not scopes.covers(reach(person), unit.path, unit.line):
        raise Forbidden(*ABSENT)
    return _known(tx, which)
