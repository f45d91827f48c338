"""The closing report of a campaign that gave an account of the place a task."""

from monitor.actions import campaign_reviewing
from monitor.domain.campaign import TaskState
from monitor.record import campaign_tasks
from tests.kits.action_benches.campaign_tasks import a_task
from tests.kits.action_benches.campaigns import DATA
from tests.kits.matrix import UNITS, Act, Desk, Place, bench


@bench(campaign_reviewing.summary)
def summary(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_task(tx, desk, desk.made.units[UNITS[Place.ABOVE]], TaskState.TO_PUBLISH)
        task = campaign_tasks.get(tx, made)
    assert task is not None
    which = task.campaign_id
    return lambda actor: campaign_reviewing.summary(desk.store, actor, which, DATA)
