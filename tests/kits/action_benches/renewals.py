"""What is said of authorisations that run out, with one of the place among them."""

from monitor.actions import renewal_text
from monitor.domain.instants import DAY
from monitor.record import credentials
from tests.builders import an_account
from tests.kits.matrix import Act, Desk, bench


@bench(renewal_text.group)
def group(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        account = an_account(tx, desk.unit_id, f"{desk.unit}微博", "weibo")
        credentials.put(tx, "weibo", account, b"x", desk.now + 5 * DAY)
    return lambda actor: f"“{desk.unit}微博”" in renewal_text.group(desk.store, actor)
