"""Papers of officers' accounts: registered by who may, and what left is nowhere any more."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.actions import officers
from monitor.actions.officers import Doing
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.officer import Joining, Standing, Step
from monitor.domain.person import Role
from monitor.domain.scope import EVERYTHING
from monitor.record.registered import registered
from monitor.record.screens import account, scoping
from monitor.record.screens import officers as register
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.conftest import NOW, StandingClock
from tests.filled import Filled, fill_store

SECOND = int(NOW.timestamp())
NAME = "民警个人示例(演示)"
SIGNED, UNTIL = date(2026, 11, 1), date(2027, 10, 31)
PDF = b"%PDF-1.4 scan"


@pytest.fixture
def made(store: Store) -> Filled:
    return fill_store(store)


def joined(store: Store, made: Filled, until: date = UNTIL) -> int:
    key = made.accounts[NAME]
    steps = (Step.APPROVE, Step.CONSENT, Step.JOIN)
    every = [Doing(key, step, n, SIGNED, until) for n, step in enumerate(steps)]
    officers.take_all(store, None, every)
    return key


def seen(store: Store, key: int, now: int = SECOND) -> tuple[bool, bool, bool]:
    """Whether the account's page, the exports and the register have it."""
    with store.reading() as tx:
        listed = {each.account.id for each in registered(tx, EVERYTHING, now, 1 << 61)}
        kept = {each.account_id for each in register.officers(tx, EVERYTHING, now)}
        page = account.identity(tx, EVERYTHING, now, key) is not None
        assert page == scoping.may_see(tx, EVERYTHING, now, key)
    return page, key in listed, key in kept


def test_without_papers_an_account_stands_in_the_register_and_nowhere_else(
    store: Store, made: Filled
) -> None:
    assert seen(store, made.accounts[NAME]) == (False, False, True)


@pytest.mark.parametrize("step", [Step.LEAVE, Step.MOVE, Step.RETIRE])
def test_who_leaves_is_gone_at_once(store: Store, made: Filled, step: Step) -> None:
    key = joined(store, made)
    assert seen(store, key) == (True, True, True)
    officers.take(store, None, Doing(key, step, 3))
    assert seen(store, key) == (False, False, True)
    assert seen(store, key, SECOND - 86_400) == (False, False, True)


def test_a_paper_that_ran_out_hides_the_account_and_a_new_one_brings_it_back(
    store: Store, clock: StandingClock, made: Filled
) -> None:
    key = joined(store, made, date(2026, 11, 30))
    clock.now += timedelta(days=10)
    later = int(clock.now.timestamp())
    assert seen(store, key, later) == (False, False, True)
    renewed = [
        Doing(key, Step.APPROVE, 3, SIGNED, UNTIL),
        Doing(key, Step.CONSENT, 4, SIGNED, UNTIL),
    ]
    officers.take_all(store, None, renewed)
    assert seen(store, key, later) == (True, True, True)


def test_a_liaison_of_the_unit_registers_with_a_scan_and_others_do_not(
    store: Store, made: Filled, enrol: Enrol, tmp_path: Path
) -> None:
    key = made.accounts[NAME]
    doing = Doing(key, Step.APPROVE, 0, SIGNED, UNTIL, PDF)
    far = enrol("far", Role.UNIT_LIAISON, made.paths["武汉市公安局"])
    for nobody in (far, enrol("see", Role.VIEWER), enrol("head", Role.OPERATOR)):
        with pytest.raises(Forbidden):
            officers.take(store, nobody, doing, tmp_path)
    near = enrol("near", Role.UNIT_LIAISON, made.paths["江陵县公安局"])
    done = officers.take(store, near, doing, tmp_path)
    assert (done.standing, done.version) == (Standing.APPROVED, 1)
    assert [path.read_bytes() for path in tmp_path.rglob("*.pdf")] == [PDF]
    with store.reading() as tx:
        (row,) = register.officers(tx, EVERYTHING, SECOND)
    assert row.scans == 1


def test_two_hands_at_once_and_unfit_papers_are_told(store: Store, made: Filled) -> None:
    key = made.accounts[NAME]
    with pytest.raises(InputError, match="签署日期"):
        officers.take(store, None, Doing(key, Step.APPROVE, 0))
    with pytest.raises(InputError, match="今天之后"):
        officers.take(store, None, Doing(key, Step.APPROVE, 0, date(2026, 12, 1), UNTIL))
    with pytest.raises(InputError, match="3年之内"):
        officers.take(store, None, Doing(key, Step.APPROVE, 0, SIGNED, date(2030, 1, 1)))
    with pytest.raises(Conflict, match="不能确认加入"):
        officers.take(store, None, Doing(key, Step.JOIN, 0))
    officers.take(store, None, Doing(key, Step.APPROVE, 0, SIGNED, UNTIL))
    with pytest.raises(Conflict, match="其他人"):
        officers.take(store, None, Doing(key, Step.LEAVE, 0))
    assert Joining().valid(SECOND) is False


def test_an_official_account_has_no_such_papers(store: Store, made: Filled) -> None:
    official = made.accounts["江陵交警(演示)"]
    with pytest.raises(Forbidden, match="民警个人账号"):
        officers.take(store, None, Doing(official, Step.LEAVE, 0))
