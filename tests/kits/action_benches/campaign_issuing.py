"""A signed campaign of the place's own office, issued."""

from monitor.actions import campaign_issuing
from monitor.domain.approval import State
from tests.kits.action_benches.campaigns import HOUSE, SENT, a_campaign
from tests.kits.matrix import Act, Desk, bench


@bench(campaign_issuing.issue)
def issue(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        made = a_campaign(tx, desk, desk.unit_id, State.APPROVED)
    return lambda actor: campaign_issuing.issue(desk.store, actor, (made, 1), SENT, HOUSE)
