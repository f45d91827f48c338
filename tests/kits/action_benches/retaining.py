"""A hold of the whole house: placed, lifted by somebody else, and the next purge foreseen."""

from monitor.actions import retaining
from monitor.actions.retaining import Covers, Placing
from monitor.actions.sending import Sent
from monitor.domain.retention import Hold
from monitor.record import holds
from monitor.settings import ROOT
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench

DATA = ROOT / "data"
SENT = Sent("retaining", "k")
REASON = "配合纪检核查"


@bench(retaining.place)
def place(desk: Desk) -> Act:
    asked = Placing("", Covers.UNIT, desk.unit, REASON)
    return lambda actor: retaining.place(desk.store, actor, VAULT, DATA, asked, SENT)


@bench(retaining.lift)
def lift(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        key = holds.place(tx, Hold("", Covers.HOUSE), 0, desk.person)
    return lambda actor: retaining.lift(desk.store, actor, VAULT, (key, 0), REASON, SENT)


@bench(retaining.preview)
def preview(desk: Desk) -> Act:
    return lambda actor: retaining.preview(desk.store, actor, DATA)
