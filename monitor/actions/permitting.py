"""Who acts on the registry, as things stand now, and how far: asked in the acting transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from monitor.access import permissions, scopes
from monitor.access.declared import told_to
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import to_second
from monitor.domain.person import Permission, Person
from monitor.domain.scope import EVERYTHING, Scope
from monitor.domain.unit import Level, Unit
from monitor.record import people, units
from monitor.record.store import Reading, Writing

__all__ = [
    "extent",
    "highest",
    "office",
    "permit",
    "permit_house",
    "permit_person",
    "reach",
    "told_to",
    "unit_called",
]

OFFICES: Final = frozenset({Level.PROVINCE, Level.DEPARTMENT, Level.PREFECTURE})


def permit(tx: Writing, actor: Person | None, *needed: Permission) -> Person | None:
    """The actor as the records know it now, his scope as far as one of `needed` holds.

    None is whoever runs the command line itself. The transaction's audit entries say on whose
    behalf it is where only a deputy's right reaches that far.
    """
    return None if actor is None else permit_person(tx, actor, *needed)


def permit_person(tx: Writing, actor: Person, *needed: Permission) -> Person:
    """As `permit`, for what nobody does at the command line."""
    kept = people.by_id(tx, actor.id, tx.second)
    if kept is None:
        raise Forbidden("登录已失效", "", "请重新登录")
    permissions.require(kept.person, *needed)
    tx.acting.behalf = permissions.behalf(kept.person, *needed)
    return replace(kept.person, scope=permissions.reach(kept.person, *needed))


def permit_house(tx: Writing, actor: Person | None, needed: Permission, remedy: str) -> int | None:
    """The id of an actor who may do it for the whole house; None at the command line."""
    person = permit(tx, actor, needed)
    if person is None:
        return None
    if not scopes.within(EVERYTHING, person.scope):
        raise Forbidden("超出本人管理范围", "", remedy)
    return person.id


def reach(actor: Person | None) -> Scope:
    """How far somebody may act; Forbidden where that is nowhere."""
    scope = EVERYTHING if actor is None else actor.scope
    if scope.empty:
        raise Forbidden("尚未划定管理范围", "", "请联系本级管理员")
    return scope


def extent(tx: Reading, actor: Person | None, unit_code: str) -> Scope:
    """The sub-tree of a unit, where it lies within reach; with '' all that is within reach."""
    scope = reach(actor)
    if not unit_code:
        return scope
    wanted = Scope(frozenset({unit_called(tx, unit_code).path}))
    if not scopes.within(wanted, scope):
        raise Forbidden("超出本人管理范围", unit_code, "请联系上级办理")
    return wanted


def highest(tx: Reading, actor: Person | None) -> Unit | None:
    """The highest unit within reach: the one somebody writes for; None where no unit is."""
    scope = reach(actor)
    inside = [each for each in units.all_units(tx) if scopes.covers(scope, each.path, each.line)]
    return min(inside, key=lambda each: (each.path.count("/"), each.code), default=None)


def office(tx: Reading, person: Person, what: str) -> Unit:
    """The office a person drafts for, the highest unit of his; Forbidden where that is a county's:
    `what` is drafted by a department or a city."""
    top, named = highest(tx, person), reach(person).paths
    if top is None or top.level not in OFFICES or top.path not in named | {f"/{top.id}/"}:
        raise Forbidden(f"{what}由省厅或市州局拟写", "", "如需办理,请联系上级宣传部门")
    return top


def unit_called(tx: Reading, code: str) -> Unit:
    """The unit with an organ code; InputError where there is none."""
    found = units.by_code(tx, code)
    if found is None:
        raise InputError(f"没有机构代码为“{code}”的单位", remedy="请先导入单位")
    return found


def permit_reading(
    tx: Reading, actor: Person, needed: Permission, now: datetime
) -> tuple[Person, int]:
    """The actor as the records know it at `now`, and that second: for what only reads."""
    second = to_second(now)
    kept = people.by_id(tx, actor.id, second)
    if kept is None:
        raise Forbidden("登录已失效", "", "请重新登录")
    permissions.require(kept.person, needed)
    return kept.person, second
