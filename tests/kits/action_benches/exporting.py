"""An export of one's own; the same key in somebody else's hand is another export."""

from monitor.actions import exporting
from monitor.actions.exporting import Wanted
from monitor.actions.sending import Sent
from monitor.domain.person import Person
from monitor.record import jobs
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench


@bench(exporting.export_now)
def export_now(desk: Desk) -> Act:
    wanted = Wanted("problems", ".xlsx", "通报附件")

    def act(actor: Person) -> bool:
        with desk.store.writing() as tx:
            key = f"{desk.person}:export:k"
            theirs = jobs.ask(tx, exporting.EXPORT, {}, key, desk.person)
        mine = exporting.export_now(desk.store, actor, VAULT, wanted, Sent("export", "k"))
        return desk.own or mine == theirs

    return act
