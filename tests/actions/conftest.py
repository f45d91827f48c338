"""People who act, already enrolled."""

from collections.abc import Callable

import pytest

from monitor.actions import people
from monitor.domain.person import Grant, Person, Role
from monitor.record.store import Store
from tests.conftest import StandingClock

PASSWORD = "Quiet-Lake-2026"
Enrol = Callable[..., Person]


@pytest.fixture
def enrol(store: Store, clock: StandingClock) -> Enrol:
    """Enter somebody by login and role, and get that person as the desk would."""

    def enter(login: str, role: Role, path: str = "/", *, must_change: bool = False) -> Person:
        new = people.NewPerson(login, "某人", (Grant(role, path),), PASSWORD, must_change)
        people.enrol(store, None, new)
        return people.person_called(store, login, int(clock.now.timestamp()))

    return enter
