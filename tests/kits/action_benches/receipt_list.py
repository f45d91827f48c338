"""A live link of the place's unit."""

from monitor.actions import receipt_list
from monitor.domain.receipt import REPORT
from monitor.record import receipt_links
from tests.kits.matrix import Act, Desk, bench


def a_link(desk: Desk) -> int:
    """A link to the place's report of this week."""
    with desk.store.writing() as tx:
        task = receipt_links.ask(tx, "2026-W48", {desk.unit_id: tx.second + 60}, None)
        where = (REPORT, task[desk.unit_id].id, desk.unit_id)
        return receipt_links.add(tx, where, "0" * 64, tx.second + 600, None)


@bench(receipt_list.live)
def live(desk: Desk) -> Act:
    link = a_link(desk)
    return lambda actor: any(
        each.link_id == link for each in receipt_list.live(desk.store, actor, desk.now)
    )


@bench(receipt_list.end)
def end(desk: Desk) -> Act:
    link = a_link(desk)
    return lambda actor: receipt_list.end(desk.store, actor, link)
