"""A matter of the place's account that waits to be confirmed."""

from pathlib import Path

from monitor.actions import proposals
from monitor.actions.proposals import Ruling
from tests.kits.matrix import Act, Desk, bench


@bench(proposals.decide)
def decide(desk: Desk) -> Act:
    ruling = Ruling(desk.made.matters[desk.made.accounts[desk.account]], agree=True)
    return lambda actor: proposals.decide(desk.store, actor, ruling, Path("data"))
