"""The number of a liaison of the place."""

from monitor.actions import revealing
from monitor.actions.revealing import Why
from monitor.domain.contact import OwnerKind
from monitor.record import contacts
from tests.builders import VAULT
from tests.kits.action_benches.rosters import a_liaison
from tests.kits.matrix import Act, Desk, bench


@bench(revealing.reveal)
def reveal(desk: Desk) -> Act:
    liaison = a_liaison(desk)
    with desk.store.reading() as tx:
        [contact] = contacts.of_many(tx, OwnerKind.LIAISON, [liaison])[liaison]
    why = Why("核实停更原因", "电话核实")
    return lambda actor: revealing.reveal(desk.store, actor, VAULT, contact.id, why)
