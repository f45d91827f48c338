"""Cases with a past: one of the place's account is entered."""

from monitor.actions import case_past
from monitor.actions.case_past import Told
from monitor.domain.case import Problem, Source
from monitor.domain.instants import DAY
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench


@bench(case_past.take_all)
def take_all(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    problem = Problem("未备案", "未见备案号")
    told = Told(account, Source.SELF, desk.now - DAY, None, registered=problem)
    return lambda actor: case_past.take_all(desk.store, actor, [told], ROOT / "data")
