"""A task of the place's account: answered by its unit, decided by the office that runs it."""

from monitor.actions import campaign_tasks
from monitor.actions.campaign_tasks import Doing
from monitor.domain.campaign import TaskMove, TaskState
from monitor.record import campaigns as kept
from monitor.record.store import Writing
from tests.builders import put
from tests.kits.action_benches.campaigns import HOUSE, SENT, a_campaign
from tests.kits.matrix import UNITS, Act, Desk, Place, bench


def a_task(tx: Writing, desk: Desk, unit_id: int, state: TaskState) -> int:
    """A task of the place's account in a campaign that a unit runs and has issued; its id."""
    made = kept.get(tx, a_campaign(tx, desk, unit_id))
    assert made is not None
    kept.issue(tx, made, desk.person)
    row = {"campaign_id": made.id, "account_id": desk.made.accounts[desk.account]}
    row |= {"unit_id": desk.unit_id, "due_at": made.due_at, "state": state.value, "leads": False}
    row |= {"marks": "", "url": "", "source": "", "places": [], "version": 0}
    return put(tx, "campaign_task", recorded_at=tx.stamp, **row)


@bench(campaign_tasks.answer)
def answer(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        root = desk.made.units[UNITS[Place.ABOVE]]
        made = a_task(tx, desk, root, TaskState.TO_PUBLISH)
    doing = Doing(TaskMove.REPORT, ((made, 0),), url="https://example.cn/s/a")
    return lambda actor: campaign_tasks.answer(desk.store, actor, doing, SENT)


@bench(campaign_tasks.decide)
def decide(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_task(tx, desk, desk.unit_id, TaskState.ASKS_OUT)
    doing = Doing(TaskMove.GRANT, ((made, 0),))
    return lambda actor: campaign_tasks.decide(desk.store, actor, doing, SENT, HOUSE)
