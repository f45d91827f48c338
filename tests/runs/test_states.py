"""States that hold from a day on, and the day the registry began."""

from datetime import date

import pytest

from monitor.domain.account import Account, State
from monitor.domain.errors import InputError
from monitor.domain.instants import day_start
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, facts, runlog, units
from monitor.record.store import Store
from monitor.runs import states
from tests.conftest import StandingClock
from tests.service.parts import some_parts

UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
CLOSED_ON = date(2026, 9, 1)


def test_a_closure_holds_from_its_day_and_not_before(store: Store, clock: StandingClock) -> None:
    parts = some_parts(store, clock)
    assert states.first_day(parts) is None
    with store.writing() as tx:
        units.save(tx, [UNIT])
        accounts.save(tx, [Account("douyin", "江陵公安(演示)", UNIT.code, uid="dy1")])
    states.change(parts, {("douyin", "dy1"): (State.CLOSED, CLOSED_ON)}, "登记")
    with store.reading() as tx:
        known_at = runlog.known_now(tx, 0)
        [found] = facts.measure(tx, day_start(date(2026, 11, 20)), known_at)
    before, since = found.standings
    assert (before.state, before.valid_until) == (State.ACTIVE, day_start(CLOSED_ON))
    assert (since.state, since.valid_from) == (State.CLOSED, day_start(CLOSED_ON))
    assert states.first_day(parts) == date(2026, 11, 23)


def test_a_state_of_an_account_nobody_knows_is_refused(store: Store, clock: StandingClock) -> None:
    parts = some_parts(store, clock)
    with pytest.raises(InputError, match="dy9"):
        states.change(parts, {("douyin", "dy9"): (State.CLOSED, CLOSED_ON)}, "登记")
