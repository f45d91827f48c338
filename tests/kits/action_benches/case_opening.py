"""A case opened of what fails of the place's account, and of what a person tells."""

from monitor.actions import case_opening
from monitor.actions.case_moving import House
from monitor.actions.case_opening import Registered, Verdict
from monitor.actions.sending import Sent
from monitor.domain.case import Source
from monitor.settings import ROOT
from tests.builders import a_finding
from tests.kits.matrix import Act, Desk, bench

HOUSE = House(ROOT / "data")
SENT = Sent("case", "k")


@bench(case_opening.open_found)
def open_found(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        a_finding(
            tx, account, desk.made.rulebooks["hubei-default"], "未备案", sentence="未见备案号"
        )
    return lambda actor: case_opening.open_found(
        desk.store, actor, (account,), Verdict(), SENT, HOUSE
    )


@bench(case_opening.register)
def register(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    told = Registered(account, Source.CITIZENS, "表述错误", "地名写错")
    return lambda actor: case_opening.register(desk.store, actor, told, SENT, HOUSE)
