"""查看联系方式: one number of a duty, a liaison or an objection, for a purpose, each audited."""

from typing import Final

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions.permitting import permit_person
from monitor.domain.classified import refuse_marked
from monitor.domain.contact import OwnerKind
from monitor.domain.duty import Duty, Liaison
from monitor.domain.errors import Forbidden
from monitor.domain.instants import HOUR
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Label
from monitor.domain.revealing import PURPOSES, Pace, Why, read_pace
from monitor.domain.scope import Scope
from monitor.record import (
    assessed,
    audit,
    contacts,
    objections,
    office_settings,
    reasons,
    rosters,
)
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

__all__ = ["PURPOSES", "Why", "reveal"]

ACTION: Final = "查看联系方式"


@needs(Permission.REVEAL)
def reveal(store: Store, actor: Person, vault: Vault, contact_id: int, why: Why) -> str:
    """The number itself, of somebody within reach; who looked, and why, is written down.

    It is told only where the entry stands in the audit. Forbidden beyond the pace of an hour.
    """
    text = why.text()
    refuse_marked({Label.CAUSE: text})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.REVEAL)
        _keep_pace(tx, person)
        found = contacts.get(tx, contact_id)
        if found is not None and found.owner.kind is OwnerKind.OBJECTION:
            permissions.require(person, Permission.ASSESS)
        if found is None or not _within(person.scope, _path(tx, found.owner.kind, found.owner.id)):
            raise Forbidden("超出本人管理范围", "", "请联系上级办理")
        mark = reasons.keep(tx, vault, Label.CAUSE, text)
        owner = found.owner
        audit.add(tx, person.id, ACTION, owner.kind.value, str(owner.id), str(mark))
        return contacts.plain(tx, vault, contact_id)


def _keep_pace(tx: Writing, person: Person) -> None:
    """The audit itself is what is counted: nothing that was seen can be missing there."""
    kept = office_settings.get(tx, office_settings.REVEALS)
    pace = read_pace(kept.value) if kept is not None else Pace()
    seen = audit.count(tx, person.id, ACTION, tx.second - HOUR)
    if seen >= pace.per_hour:
        raise Forbidden(
            f"一小时内已查看{seen}个联系方式,达到上限",
            "查看联系方式",
            "请稍后再试;需要成批号码的,请由有权限的人员在“导出”页导出",
        )


def _path(tx: Reading, kind: OwnerKind, owner_id: int) -> str:
    """Where a duty, a liaison or the unit of an objection stands; '' for anybody else."""
    if kind is OwnerKind.OBJECTION:
        return _of_objection(tx, owner_id)
    every: list[Duty] | list[Liaison] = []
    if kind is OwnerKind.DUTY:
        every = rosters.duties(tx)
    elif kind is OwnerKind.LIAISON:
        every = rosters.liaisons(tx)
    return next((each.path for each in every if each.id == owner_id), "")


def _of_objection(tx: Reading, objection_id: int) -> str:
    """Only who answers objections calls whom one names."""
    held = objections.get(tx, objection_id)
    rows = [] if held is None else assessed.roster(tx, held.assessment_id)
    return next((each.path for each in rows if held and each.unit_id == held.unit_id), "")


def _within(scope: Scope, path: str) -> bool:
    return path != "" and scopes.covers(Scope(scope.paths), path, "")
