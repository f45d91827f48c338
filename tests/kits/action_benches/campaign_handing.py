"""A text to hand on that speaks of the place, and a reminder of its account's task."""

from monitor.actions import campaign_handing
from monitor.domain.campaign import TaskState
from monitor.record import campaign_tasks as kept_tasks
from monitor.record import campaigns as kept
from tests.builders import put
from tests.kits.action_benches.campaign_tasks import a_task
from tests.kits.action_benches.campaigns import SENT, a_campaign
from tests.kits.matrix import UNITS, Act, Desk, Place, bench


@bench(campaign_handing.handed)
def handed(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = kept.get(tx, a_campaign(tx, desk, desk.unit_id))
        assert made is not None
        kept.issue(tx, made, desk.person)
        row = {"campaign_id": made.id, "what": "下达", "channel": "", "text": "请发布"}
        row |= {"paths": [desk.path], "tasks": 1, "told_at": tx.second}
        message = put(tx, "campaign_letter", recorded_at=tx.stamp, **row)
    return lambda actor: campaign_handing.handed(desk.store, actor, message, SENT)


@bench(campaign_handing.urged)
def urged(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_task(tx, desk, desk.made.units[UNITS[Place.ABOVE]], TaskState.MISSED)
        task = kept_tasks.get(tx, made)
        assert task is not None
        kept_tasks.follow_the_first(tx, task.campaign_id)
    campaign = task.campaign_id
    return lambda actor: campaign_handing.urged(desk.store, actor, (campaign, ""), SENT)
