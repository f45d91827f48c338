"""Officers' own accounts: a paper is registered."""

from datetime import date

from monitor.actions import officers
from monitor.actions.officers import Doing
from monitor.domain.officer import Step
from tests.builders import an_account
from tests.kits.matrix import Act, Desk, bench


@bench(officers.take)
def take(desk: Desk) -> Act:
    doing = _approval(desk)
    return lambda actor: officers.take(desk.store, actor, doing)


@bench(officers.take_all)
def take_all(desk: Desk) -> Act:
    doing = _approval(desk)
    return lambda actor: officers.take_all(desk.store, actor, [doing])


def _approval(desk: Desk) -> Doing:
    with desk.store.writing() as tx:
        unit = desk.made.units[desk.unit]
        account = an_account(tx, unit, "民警某某(演示)", "douyin", kind="民警个人")
    return Doing(account, Step.APPROVE, 0, date(2026, 11, 1), date(2027, 10, 31))
