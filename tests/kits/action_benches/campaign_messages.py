"""A message by a robot of which nobody knows whether it arrived, of the place's own campaign."""

from monitor.actions import campaign_messages
from monitor.record import campaigns as kept
from tests.builders import put
from tests.kits.action_benches.campaigns import SENT, a_campaign
from tests.kits.matrix import Act, Desk, bench


def a_message(desk: Desk) -> int:
    with desk.store.writing() as tx:
        made = kept.get(tx, a_campaign(tx, desk, desk.unit_id))
        assert made is not None
        kept.issue(tx, made, desk.person)
        letter = {"channel": "wecom", "dedupe_key": "k", "recipient": "robot:1", "body": b""}
        box = put(tx, "outbox", **letter, state="未知", once=True, next_at=0, recorded_at=tx.stamp)
        row = {"campaign_id": made.id, "what": "下达", "channel": "wecom", "outbox_id": box}
        row |= {"paths": [desk.path], "tasks": 1, "text": "", "told_at": tx.second}
        return put(tx, "campaign_letter", recorded_at=tx.stamp, **row)


@bench(campaign_messages.arrived)
def arrived(desk: Desk) -> Act:
    made = a_message(desk)
    return lambda actor: campaign_messages.arrived(desk.store, actor, made, SENT)


@bench(campaign_messages.again)
def again(desk: Desk) -> Act:
    made = a_message(desk)
    return lambda actor: campaign_messages.again(desk.store, actor, made, SENT)
