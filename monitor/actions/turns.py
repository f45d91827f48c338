"""巡查分工: whose turn it is to look at which part of the tree; given, given anew, taken back."""

from dataclasses import dataclass
from typing import Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions.permitting import permit_person, reach
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit
from monitor.record import audit, people, turns, units
from monitor.record.store import Reading, Store

MOST: Final = 10
LONGEST: Final = 92 * DAY


@dataclass(frozen=True, slots=True)
class Sharing:
    """A unit's sub-tree shared among people, in the order given, until a second."""

    unit_id: int
    person_ids: tuple[int, ...]
    until: int


@needs(Permission.ASSIGN)
def give(store: Store, actor: Person, sharing: Sharing) -> int:
    """Share it out, in place of whoever had it; how many turns. InputError where nobody is named,
    somebody may not look there, or the time is none."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.ASSIGN)
        unit = _unit(tx, person, sharing.unit_id)
        if not 0 < len(set(sharing.person_ids)) == len(sharing.person_ids) <= MOST:
            raise InputError(f"请选择1至{MOST}个不同的人", "人员")
        if not tx.second < sharing.until <= tx.second + LONGEST:
            raise InputError("截止日期应在今天以后的三个月内", "截止日期")
        for person_id in sharing.person_ids:
            kept = people.by_id(tx, person_id, tx.second)
            if not turns.may_patrol(None if kept is None else kept.person, unit.path):
                raise InputError("所选人员不能巡查这个单位", "人员", "请先为其指定角色和范围")
        given = turns.give(tx, sharing.unit_id, sharing.person_ids, sharing.until, person.id)
        audit.add(tx, person.id, "巡查分工", "unit", str(sharing.unit_id), f"{len(given)}人分看")
    return len(given)


@needs(Permission.ASSIGN)
def take_back(store: Store, actor: Person, unit_id: int) -> int:
    """Give a unit's accounts back to the pool; how many turns ended."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.ASSIGN)
        _unit(tx, person, unit_id)
        ended = turns.end(tx, unit_id)
        audit.add(tx, person.id, "收回巡查分工", "unit", str(unit_id), "")
    return ended


def _unit(tx: Reading, person: Person, unit_id: int) -> Unit:
    found = units.by_id(tx, unit_id)
    if found is None or not scopes.within(Scope(frozenset({found.path})), reach(person)):
        raise Forbidden("没有这个单位,或不在本人管理范围内", "", "请刷新后重试")
    return found
