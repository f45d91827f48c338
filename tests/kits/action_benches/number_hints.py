"""What a person says of numbers to look at."""

from monitor.actions import number_hints
from monitor.domain.words import Decision
from tests.builders import put
from tests.kits.matrix import Act, Desk, bench


@bench(number_hints.decide)
def decide(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        row = {"account_id": account, "as_of": desk.now, "rate": 0.01, "found_at": desk.now}
        put(tx, "number_hint", **row, told=[["涨粉", "一"], ["互动比例", "二"]], decision="")
    return lambda actor: number_hints.decide(desk.store, actor, account, Decision.SEEN)
