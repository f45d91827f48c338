"""Receipt links for a task of a campaign that the place's own office runs."""

from monitor.actions import campaign_links
from monitor.domain.campaign import TaskState
from monitor.record import campaign_tasks as kept
from tests.kits.action_benches.campaign_tasks import a_task
from tests.kits.matrix import Act, Desk, bench


@bench(campaign_links.make)
def make(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_task(tx, desk, desk.unit_id, TaskState.TO_PUBLISH)
        task = kept.get(tx, made)
    assert task is not None
    key, campaign = b"k" * 32, task.campaign_id
    return lambda actor: campaign_links.make(desk.store, actor, key, campaign, (made,))
