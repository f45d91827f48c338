"""Live receipt links within somebody's reach, of every kind, and the end of one by hand."""

from dataclasses import dataclass

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions.permitting import permit
from monitor.actions.receipt_kind import KINDS
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Unit
from monitor.record import audit, receipt_links, units
from monitor.record.store import Reading, Store


@dataclass(frozen=True, slots=True)
class Live:
    """A link that still opens its form: of what kind, about what, for whom; seconds."""

    link_id: int
    kind: str
    about: str
    unit_name: str
    created_at: int
    expires_at: int


@needs(Permission.OPEN_REPORTS, audited=False)
def live(store: Store, actor: Person, now: int) -> tuple[Live, ...]:
    """Every live link of a unit within reach, the next to expire first."""
    with store.reading() as tx:
        by_id = _reached(tx, actor)
        found = [
            Live(
                each.id,
                each.kind,
                KINDS.get(each.kind).about(tx, each.task_id),
                by_id[each.unit_id].name,
                each.created_at,
                each.expires_at,
            )
            for each in receipt_links.all_live(tx, now)
            if each.unit_id in by_id
            and each.kind in KINDS
            and permissions.may(actor, KINDS.get(each.kind).permission)
        ]
    return tuple(found)


@needs(Permission.OPEN_REPORTS)
def end(store: Store, actor: Person, link_id: int) -> None:
    """End one link at once; InputError where it is none of a unit within reach."""
    with store.writing(durable=True) as tx:
        person = permit(tx, actor, Permission.OPEN_REPORTS)
        by_id = _reached(tx, actor if person is None else person)
        known = {each.id: each for each in receipt_links.all_live(tx, tx.second)}
        link = known.get(link_id)
        if link is None or link.unit_id not in by_id or not _may_end(person, link.kind):
            raise InputError("没有这个有效链接", str(link_id), "可能已过期或已撤回,请刷新后再看")
        receipt_links.end(tx, link_id)
        by = None if person is None else person.id
        audit.add(tx, by, "撤回免登录链接", "receipt_link", str(link_id), "")


def _may_end(person: Person | None, kind: str) -> bool:
    """Whoever gives links of a kind out ends them."""
    if person is None or kind not in KINDS:
        return person is None
    return permissions.may(person, KINDS.get(kind).permission)


def _reached(tx: Reading, actor: Person) -> dict[int, Unit]:
    return {
        each.id: each
        for each in units.all_units(tx)
        if each.id is not None and scopes.covers(actor.scope, each.path, each.line)
    }
