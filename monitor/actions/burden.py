"""基层负担: nothing is issued beyond the week's cap unless a section head allowed it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, free, needs
from monitor.actions.permitting import permit_house, permit_person
from monitor.actions.sending import Sent, once, overtaken
from monitor.domain.burden import MOST, Sort, read_caps, refusal
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label
from monitor.domain.scope import Scope
from monitor.record import audit, burdens, office_settings, reasons, units
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

GROUND: Final = Field(Label.GROUND, 4, 200, "写清为什么这周必须再下达")


@dataclass(frozen=True, slots=True)
class Allowing:
    """So many more of one sort this week, for a unit and all below it, and why."""

    sort: Sort
    unit_id: int
    extra: int
    reason: str


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps in force and their version (0: as they come)."""

    caps: Mapping[Sort, int]
    version: int


def keep_within(
    tx: Writing, sort: Sort, unit_ids: Collection[int], matters: Collection[str] | None = None
) -> None:
    """Call it after issuing, in the same transaction: CapReached, which undoes it all, where one of
    these units (for 催办: one of these matters) has more than cap and allowances this week.

    In the trial period it is counted and shown only: the first week of an office sends the ledger's
    forms out and asks for the first reports.
    """
    if office_settings.trial_until(tx, tx.second) is not None:
        return
    caps = burdens.caps(tx)
    if sort not in caps or not unit_ids:
        return
    over = tuple(
        each
        for each in burdens.of_units(tx, sort, unit_ids)
        if each.over(caps) and (matters is None or each.matter in matters)
    )
    if over:
        raise refusal(over, caps)


@needs(Permission.EXCEED)
def allow(store: Store, actor: Person, vault: Vault, asked: Allowing, sent: Sent) -> int:
    """准予超限, by a section head for units within his reach; the id under which it is audited."""
    words = _reason(asked)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXCEED)
        path = _path(tx, person, asked.unit_id)

        def work() -> Mapping[str, Any]:
            where = (asked.unit_id, path)
            why = reasons.keep(tx, vault, GROUND.label, words)
            key = burdens.allow(tx, asked.sort, where, asked.extra, person.id, why.id)
            audit.add(tx, person.id, "准予超限", "burden_allowance", str(key), str(why))
            return {"id": key}

        return int(once(tx, person, sent, work)["id"])


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def set_caps(store: Store, actor: Person, caps: Mapping[str, int], sent: Sent) -> None:
    """Other caps from now on; Overtaken where somebody set some meanwhile."""
    wanted = read_caps(caps)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.SET_UP, "上限由省厅设定")

        def work() -> Mapping[str, Any]:
            stands = standing(tx)
            overtaken(sent, "基层负担上限", _said(wanted), _said(stands.caps), stands.version)
            value = {each.value: number for each, number in wanted.items()}
            office_settings.put(tx, office_settings.BURDEN, value, by)
            audit.add(tx, by, "设置基层负担上限", "setting", office_settings.BURDEN, "")
            return {}

        once(tx, actor, sent, work)


@free("the caps are no secret: whoever is refused is told them")
def caps_of(store: Store) -> Caps:
    """The caps as they are now, for the form that sets them."""
    with store.reading() as tx:
        return standing(tx)


def standing(tx: Reading) -> Caps:
    """The caps in force with their version."""
    kept = office_settings.get(tx, office_settings.BURDEN)
    return Caps(burdens.caps(tx), kept.version if kept is not None else 0)


def _said(caps: Mapping[Sort, int]) -> dict[str, str]:
    return {each.value: str(number) for each, number in caps.items()}


def _reason(asked: Allowing) -> str:
    words = GROUND.checked(asked.reason)
    if not 0 < asked.extra <= MOST:
        raise InputError("增加次数应为整数", str(asked.extra), f"填1至{MOST}")
    if asked.sort is Sort.CASE:
        raise InputError("整改不设上限,不需要准予", asked.sort.value)
    return words


def _path(tx: Reading, person: Person, unit_id: int) -> str:
    unit = units.by_id(tx, unit_id)
    if unit is None or not scopes.covers(Scope(person.scope.paths), unit.path, ""):
        raise Forbidden("没有这个单位,或不在本人管理范围内", "", "请刷新后重试")
    return unit.path
