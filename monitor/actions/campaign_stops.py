"""紧急停发: put in force at once with a reason, seen on every page, lifted by a second person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import telling
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, once
from monitor.actions.telling import House
from monitor.domain.account import PLATFORMS
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.record import audit, campaign_stops, campaigns, units
from monitor.record.campaign_stops import Stop
from monitor.record.store import Store, Writing

SHORTEST: Final = 4
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Stopping:
    """What is to stop: one campaign or (None) all, within a unit, on a platform or ('') on all."""

    campaign_id: int | None
    unit_id: int
    platform: str
    reason: str


@needs(Permission.STOP_CAMPAIGN)
def stop(store: Store, actor: Person, asked: Stopping, sent: Sent, house: House) -> int:
    """Stop it now and tell whom it concerns; the stop's id. InputError without a reason, Forbidden
    beyond one's own units."""
    words = _words(asked.reason, "停发理由")
    if asked.platform and asked.platform not in PLATFORMS:
        raise InputError("没有这个平台", "平台")
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.STOP_CAMPAIGN)

        def work() -> Mapping[str, Any]:
            path = _path(tx, person, asked.unit_id)
            if asked.campaign_id is not None and campaigns.get(tx, asked.campaign_id) is None:
                raise InputError("没有这项协同发声", "停发范围")
            made = Stop(asked.campaign_id, asked.unit_id, path, asked.platform, words, person.id)
            stop_id = campaign_stops.enter_stop(tx, made)
            audit.add(tx, person.id, "紧急停发", "campaign_stop", str(stop_id), asked.platform)
            telling.stopped(tx, house, replace(made, id=stop_id))
            return {"id": stop_id}

        return int(once(tx, person, sent, work)["id"])


@needs(Permission.STOP_CAMPAIGN)
def lift(
    store: Store, actor: Person, which: tuple[int, int], said: str, sent: Sent, house: House
) -> None:
    """Lift a stop `(id, version)` and tell whom it concerned; Forbidden for who put it in force."""
    words = _words(said, "解除理由")
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.STOP_CAMPAIGN)

        def work() -> Mapping[str, Any]:
            found = campaign_stops.get(tx, which[0])
            if found is None or not scopes.covers(reach(person), found.path, ""):
                raise Forbidden("没有这项停发,或不在本人管理范围内", "", "请刷新后重试")
            if found.by in {person.id, tx.acting.behalf}:
                raise Forbidden("停发须由另一人解除", "", "请由本级或上级另一位负责人解除")
            current = found.lifted_at is None and found.version == which[1]
            if not current or not campaign_stops.lift(tx, found, person.id, words):
                raise Conflict("这项停发刚被别人解除", "", "请刷新后再看")
            audit.add(tx, person.id, "解除停发", "campaign_stop", str(found.id), "")
            telling.lifted(tx, house, found, words)
            return {}

        once(tx, person, sent, work)


def _words(text: str, field: str) -> str:
    words = text.strip()
    refuse_marked({field: words})
    if not SHORTEST <= len(words) <= LONGEST:
        raise InputError(f"{field}应为{SHORTEST}至{LONGEST}字", field, "写清停发什么、为什么")
    return words


def _path(tx: Writing, person: Person, unit_id: int) -> str:
    unit = units.by_id(tx, unit_id)
    if unit is None or not scopes.covers(reach(person), unit.path, ""):
        raise Forbidden("没有这个单位,或不在本人管理范围内", "", "请刷新后重试")
    return unit.path
