"""A look at the place's account."""

from monitor.actions import patrol
from monitor.actions.patrol import Told
from tests.kits.matrix import Act, Desk, bench


@bench(patrol.look)
def look(desk: Desk) -> Act:
    told = Told(desk.made.accounts[desk.account], desk.now - 40, newest="1小时前")
    return lambda actor: patrol.look(desk.store, actor, told, "k")
