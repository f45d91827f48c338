"""协同·告知: what a person says of a message that did not surely arrive: it did, or once more."""

from collections.abc import Mapping
from typing import Any, Final

from monitor.access.declared import needs
from monitor.actions import campaign_terms
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent, once
from monitor.domain.campaign import State
from monitor.domain.errors import Conflict, Forbidden
from monitor.domain.notice import What
from monitor.domain.person import Permission, Person
from monitor.record import audit, campaign_stops, notice_letters, outbox, units
from monitor.record.campaigns import Kept
from monitor.record.store import Store, Writing

ABSENT: Final = ("没有这条消息,或不在本人管理范围内", "", "请刷新后重试")
ALWAYS: Final = frozenset({What.STOPPED, What.CANCELLED, What.CHANGED})
"""Told whatever became of the campaign meanwhile."""


@needs(Permission.CAMPAIGN)
def arrived(store: Store, actor: Person, message_id: int, sent: Sent) -> None:
    """已送达: somebody saw it in the group. Conflict where the message is settled already."""
    _settle(store, actor, message_id, sent, arrived=True)


@needs(Permission.CAMPAIGN)
def again(store: Store, actor: Person, message_id: int, sent: Sent) -> None:
    """重发: it leaves once more. Conflict where the message is settled already, or the campaign is
    over or stopped."""
    _settle(store, actor, message_id, sent, arrived=False)


def _settle(store: Store, actor: Person, message_id: int, sent: Sent, *, arrived: bool) -> None:
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            found = notice_letters.message(tx, message_id)
            if found is None:
                raise Forbidden(*ABSENT)
            kept = campaign_terms.mine(tx, person, found.campaign_id)
            if not arrived and found.what not in ALWAYS:
                _goes_on(tx, kept)
            if not outbox.settle(tx, found.outbox_id, arrived=arrived):
                raise Conflict("这条消息刚被别人处理过", "", "请刷新后再看")
            name = "已送达" if arrived else "重发"
            audit.add(tx, person.id, f"协同告知·{name}", "campaign_letter", str(message_id), "")
            return {}

        once(tx, person, sent, work)


def _goes_on(tx: Writing, kept: Kept) -> None:
    desk = units.by_id(tx, kept.desk_id)
    stops = campaign_stops.in_force(tx)
    path = "" if desk is None else desk.path
    held = any(campaign_stops.covers_campaign(each, kept.id, path) for each in stops)
    if held or kept.state is not State.UNDER_WAY:
        raise Conflict("这项协同发声已结束或正在停发", kept.content.title, "不再重发")
