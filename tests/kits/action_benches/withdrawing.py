"""The way out of an officer's consent: a link is made, and ended."""

from datetime import date

from monitor.actions import officers, withdrawing
from monitor.actions.officers import Doing
from monitor.domain.officer import Step
from tests.builders import an_account
from tests.kits.matrix import Act, Desk, bench

KEY = b"k" * 32
SIGNED, UNTIL = date(2026, 11, 1), date(2027, 10, 31)


@bench(withdrawing.make)
def make(desk: Desk) -> Act:
    account = _consented(desk)
    return lambda actor: withdrawing.make(desk.store, actor, KEY, account)


@bench(withdrawing.end)
def end(desk: Desk) -> Act:
    account = _consented(desk)
    withdrawing.make(desk.store, None, KEY, account)
    return lambda actor: withdrawing.end(desk.store, actor, account) == 1


def _consented(desk: Desk) -> int:
    with desk.store.writing() as tx:
        unit = desk.made.units[desk.unit]
        account = an_account(tx, unit, "民警某某(演示)", "douyin", kind="民警个人")
    steps = (Step.APPROVE, Step.CONSENT)
    every = [Doing(account, step, at, SIGNED, UNTIL) for at, step in enumerate(steps)]
    officers.take_all(desk.store, None, every)
    return account
