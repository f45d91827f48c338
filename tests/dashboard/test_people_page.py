"""One person's page: who manages people ends all of somebody's sessions and lifts a lock."""

import pytest

from dashboard.page import Visit
from monitor.actions import people
from monitor.domain.person import Grant, Person, Role, Session
from monitor.domain.scope import EVERYTHING, NOTHING
from monitor.record import people as keeping
from monitor.record import sessions
from monitor.record.screens.people import deputies
from monitor.record.store import Store
from tests.dashboard.test_views import SECOND, draw

PASSWORD = "Quiet-Lake-2026"
MANY = 260


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


@pytest.fixture
def crowded(sqlite_store: Store) -> Store:
    """More people than a drop-down shows."""
    with sqlite_store.writing() as tx:
        for number in range(MANY):
            key = keeping.add(tx, f"p{number:03}", f"甲{number:03}", "-")
            keeping.set_grants(tx, key, [Grant(Role.VIEWER, "/")])
    return sqlite_store


def test_a_deputy_is_found_among_more_people_than_a_list_shows(crowded: Store) -> None:
    keeper = visit_of(crowded, "keeper", Role.EDITOR)
    test = draw("people", keeper, tab="deputies", a="p250", b="甲251")
    assert [each.options for each in test.selectbox] == [["甲250(p250)"], ["甲251(p251)"]]
    next(each for each in test.button if each.label == "设置B岗").click().run()
    assert not test.exception
    assert not test.warning
    with crowded.reading() as tx:
        found = deputies(tx, EVERYTHING, SECOND)
    assert [(each.person_name, each.deputy_name) for each in found] == [("甲250", "甲251")]


def test_a_list_that_is_cut_says_so_and_nobody_found_appoints_nobody(crowded: Store) -> None:
    keeper = visit_of(crowded, "keeper", Role.EDITOR)
    test = draw("people", keeper, tab="deputies", b="没有这个人")
    assert [len(each.options) for each in test.selectbox] == [100, 0]
    told = [each.value for each in test.caption]
    assert any(f"共{MANY + 1:,}人，下面只列前100人" in each for each in told)
    assert any("没有找到" in each for each in told)
    next(each for each in test.button if each.label == "设置B岗").click().run()
    assert [each.value for each in test.warning] == ["请先找到A岗和B岗：输入姓名或登录名的一部分。"]
    with crowded.reading() as tx:
        assert deputies(tx, EVERYTHING, SECOND) == ()


@pytest.mark.parametrize("tab", ["list", "deputies", "leavers", "new"])
def test_each_part_says_what_is_missing_where_nobody_is_in_reach(
    sqlite_store: Store, tab: str
) -> None:
    person = Person(9, "x", "某人(演示)", frozenset({Role.EDITOR}), NOTHING)
    nowhere = Visit(Session(1, person, SECOND + 9, "x"), sqlite_store, SECOND, "厅", demo=False)
    test = draw("people", nowhere, tab=tab)
    assert not test.exception
    assert not test.selectbox
