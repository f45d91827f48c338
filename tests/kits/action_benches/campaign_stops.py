"""紧急停发 within the place's unit: put in force, and lifted by somebody else."""

from monitor.actions import campaign_stops
from monitor.actions.campaign_stops import Stopping
from monitor.actions.sending import Sent
from monitor.record import campaign_stops as kept
from monitor.record.campaign_stops import Stop
from tests.kits.action_benches.campaigns import HOUSE
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("stop", "k")


@bench(campaign_stops.stop)
def stop(desk: Desk) -> Act:
    asked = Stopping(None, desk.unit_id, "", "内容有误,先停发")
    return lambda actor: campaign_stops.stop(desk.store, actor, asked, SENT, HOUSE)


@bench(campaign_stops.lift)
def lift(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        stop = Stop(None, desk.unit_id, desk.path, "", "内容有误,先停发", desk.person)
        made = kept.enter_stop(tx, stop)
    return lambda actor: campaign_stops.lift(
        desk.store, actor, (made, 0), "已核实无误", SENT, HOUSE
    )
