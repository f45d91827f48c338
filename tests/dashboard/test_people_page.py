"""One person's page: who manages people ends all of somebody's sessions and lifts a lock."""

import pytest

from dashboard.page import Visit
from monitor.actions import people
from monitor.domain.person import Grant, Person, Role, Session
from monitor.domain.scope import EVERYTHING
from monitor.record import sessions
from monitor.record.store import Store
from tests.dashboard.test_views import SECOND, draw

PASSWORD = "Quiet-Lake-2026"


def enrol(store: Store, login: str, role: Role) -> int:
    new = people.NewPerson(login, "周某(演示)", (Grant(role, "/"),), PASSWORD, False)
    return people.enrol(store, None, new)[0]


def visit_of(store: Store, login: str, role: Role) -> Visit:
    person = Person(enrol(store, login, role), login, "管某(演示)", frozenset({role}), EVERYTHING)
    return Visit(Session(1, person, SECOND + 3600, "x"), store, SECOND, "湖北省公安厅", demo=False)


@pytest.mark.parametrize("label", ["全部退出", "解除锁定"])
def test_who_manages_people_finds_the_button_and_it_works(sqlite_store: Store, label: str) -> None:
    somebody = enrol(sqlite_store, "li", Role.EDITOR)
    with sqlite_store.writing(durable=True) as tx:
        for number in range(9):
            sessions.attempt(tx, "li", f"10.0.0.{number}")
        sessions.begin(tx, somebody, "a" * 64, "x", tx.second + 3600)
    keeper = visit_of(sqlite_store, "keeper", Role.SECURITY_ADMIN)
    test = draw("people", keeper, id=str(somebody))
    assert not test.exception
    next(each for each in test.button if each.label == label).click().run()
    assert not test.exception
    assert not test.warning
    with sqlite_store.reading() as tx:
        left = len(sessions.attempts(tx, "li", "10.9.9.9", 0).by_login)
        open_ones = sessions.seats(tx, somebody, SECOND, 3600)
    assert (left == 0) is (label == "解除锁定")
    assert (open_ones == []) is (label == "全部退出")
