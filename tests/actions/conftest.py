"""People who act, already enrolled."""

from collections.abc import Callable, Iterator

import pytest

from monitor.actions import people
from monitor.domain.person import Grant, Person, Role
from monitor.record.store import Store, open_store
from tests.conftest import StandingClock

PASSWORD = "Quiet-Lake-2026"
Enrol = Callable[..., Person]


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """The records are tried on both stores by their own tests: one will do for who acts on them."""
    return sqlite_store


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_store(request: pytest.FixtureRequest, clock: StandingClock) -> Iterator[Store]:
    """Both stores in turn, where two act at once."""
    opened = open_store(request.getfixturevalue(f"{request.param}_url"), clock)
    yield opened
    opened.close()


@pytest.fixture
def enrol(store: Store, clock: StandingClock) -> Enrol:
    """Enter somebody by login and role, and get that person as the desk would."""

    def enter(login: str, role: Role, path: str = "/", *, must_change: bool = False) -> Person:
        new = people.NewPerson(login, "某人", (Grant(role, path),), PASSWORD, must_change)
        people.enrol(store, None, new)
        return people.person_called(store, login, int(clock.now.timestamp()))

    return enter
