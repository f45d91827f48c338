"""An office that exports: data of its own to write into, and people with their roles."""

from dataclasses import replace
from pathlib import Path

from monitor.actions import people
from monitor.domain.person import Grant, Person, Role
from monitor.record.store import Store
from monitor.runs import setup
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import some_parts


def own_data(store: Store, clock: StandingClock, folder: Path) -> Parts:
    """The parts on a store, with the shipped data and a local folder that is the test's."""
    ready = setup.ready(some_parts(store, clock))
    for each in ready.data_dir.iterdir():
        if each.name != "local":
            (folder / each.name).symlink_to(each)
    return replace(ready, data_dir=folder)


def enrol(parts: Parts, login: str, role: Role, path: str) -> Person:
    """Somebody with one role, who may sign in."""
    new = people.NewPerson(login, f"{login}某", (Grant(role, path),), must_change=False)
    people.enrol(parts.store, None, new)
    return people.person_called(parts.store, login, int(parts.now().timestamp()))
