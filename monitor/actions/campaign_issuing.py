"""下达: a signed campaign gets its number, and every account it aims at gets its task, at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from monitor.access.declared import needs
from monitor.actions import burden, campaign_terms, interpreting_gate, telling
from monitor.actions.permitting import permit_person, unit_called
from monitor.actions.sending import Sent, once
from monitor.actions.telling import House
from monitor.coordinate import campaign as machine
from monitor.domain.burden import Sort
from monitor.domain.campaign import Move, Order, TaskState
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit
from monitor.record import audit, campaign_tasks, campaigns, units
from monitor.record.campaign_tasks import Laying
from monitor.record.campaigns import Kept
from monitor.record.screens import campaign_targets
from monitor.record.screens.campaign_targets import Wanted
from monitor.record.store import Store, Writing


@needs(Permission.CAMPAIGN)
def issue(
    store: Store,
    actor: Person,
    which: tuple[int, int],
    sent: Sent,
    house: House,
    said: str = "",
) -> Mapping[str, Any]:
    """Issue a campaign `(id, version)`: `{"number", "tasks", "told"}`. Whom it aims at is frozen
    now, and each of their people is told once, of all tasks that are his. `said` is why an
    interpretation comes later than its document.

    Conflict where it was not signed as it stands, is stopped, or would burden units beyond the
    week's cap; InputError where it is too late or aims at nobody. Nothing is written then.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)
        return once(tx, person, sent, lambda: _issued(tx, person, which, house, said))


def _issued(
    tx: Writing, person: Person, which: tuple[int, int], house: House, said: str
) -> Mapping[str, Any]:
    kept = campaign_terms.mine(tx, person, *which)
    desk = units.by_id(tx, kept.desk_id)
    if desk is None:
        raise Forbidden(*campaign_terms.ABSENT)
    after = machine.moved(
        kept.state,
        Move.ISSUE,
        approved=campaign_terms.approved(tx, kept),
        stopped=campaign_terms.stopped(tx, kept, desk),
    )
    if kept.due_at <= tx.second:
        raise InputError("截止时间已过", "截止时间", "请改期后重新送审")
    words = interpreting_gate.reason(tx, kept, said, house.data_dir)
    if not campaigns.issue(tx, kept, person.id):
        raise Conflict("这项协同发声刚被别人办理过", kept.content.title, "请刷新后再办")
    made = _tasks(tx, kept, desk, house.data_dir)
    campaigns.note(tx, kept, Move.ISSUE, after, (person.id, words))
    numbered = campaigns.get(tx, kept.id)
    number = "" if numbered is None else numbered.number
    audit.add(tx, person.id, "协同·下达", "campaign", str(kept.id), f"{number};{made}个账号")
    told = telling.issued(tx, house, kept.id)
    return {"number": number, "tasks": made, "told": told}


def _tasks(tx: Writing, kept: Kept, desk: Unit, data_dir: Path) -> int:
    rule = campaign_terms.rules(data_dir).kinds[kept.content.kind]
    if kept.content.amends is not None:
        made = campaign_tasks.lay_out_amending(tx, kept, kept.content.amends, kept.due_at)
    else:
        start = max(tx.second, kept.content.embargo or 0)
        state = TaskState.TO_SIGN if rule.signs else TaskState.TO_PUBLISH
        laying = Laying(state, start, kept.due_at, _lead(tx, kept, desk))
        chosen = campaign_targets.chosen(
            tx, Scope(frozenset({desk.path})), tx.second, Wanted(kept.content.aim, desk.path)
        )
        made = campaign_tasks.lay_out(tx, kept, chosen, laying)
        if laying.lead and made and not campaign_tasks.leading(tx, kept.id):
            raise InputError("没有可以首发的账号", "发布对象", "请调整发布对象或首发方式")
    if not made:
        raise InputError("没有符合条件的账号", "发布对象", "请调整发布对象")
    if rule.capped:
        burden.keep_within(tx, Sort.TASK, campaign_tasks.units(tx, kept.id))
    return made


def _lead(tx: Writing, kept: Kept, desk: Unit) -> str:
    """Under which path the first to publish stand; '' where nobody leads."""
    if kept.content.order is Order.PROVINCE:
        return desk.path
    if kept.content.order is Order.PLACE:
        return unit_called(tx, kept.content.first).path
    return ""
