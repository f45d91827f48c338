"""B岗: the lent rights hold for a time, say whose they are, and go no further."""

import pytest

from monitor.access.scopes import united
from monitor.actions import ask, deputies, people
from monitor.actions.deputies import Appointment
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Grant, Person, Role
from monitor.record import audit
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.conftest import NOW, StandingClock
from tests.record.builders import rows

SECOND = int(NOW.timestamp())
DAY = 86_400


def again(store: Store, person: Person, at: int) -> Person:
    return people.person_called(store, person.login, at)


@pytest.fixture
def pair(store: Store, enrol: Enrol) -> tuple[Person, Person]:
    """A section head, and an operator who is to stand in for him."""
    return enrol("head", Role.HEAD), enrol("operator", Role.OPERATOR, "/1/2/")


def lend(store: Store, pair: tuple[Person, Person], days: int = 7) -> int:
    wanted = Appointment(pair[0].id, pair[1].id, SECOND, SECOND + days * DAY)
    return deputies.appoint(store, None, wanted)


def test_a_deputy_has_the_rights_in_that_time_only_and_is_shown_as_one(
    store: Store, pair: tuple[Person, Person], clock: StandingClock
) -> None:
    lend(store, pair)
    now = again(store, pair[1], SECOND)
    assert now.roles == {Role.OPERATOR, Role.HEAD}
    assert now.shown == "某人(B岗代)"
    assert united(each for each in now.held if each.behalf == pair[0].id).paths == {"/"}
    ask.judge_now(store, now, "k")
    assert rows(store, "SELECT actor_id, behalf_id FROM audit ORDER BY seq DESC LIMIT 1") == [
        (pair[1].id, pair[0].id)
    ]
    clock.move(days=7)
    later = again(store, pair[1], SECOND + 7 * DAY)
    assert (later.roles, later.shown) == (frozenset({Role.OPERATOR}), "某人")
    with pytest.raises(Forbidden):
        ask.judge_now(store, now, "k2")
    with store.reading() as tx:
        assert audit.verify(tx)[0]


def test_lent_rights_end_early_and_with_the_person_who_lent_them(
    store: Store, pair: tuple[Person, Person]
) -> None:
    key = lend(store, pair)
    people.disable(store, None, pair[0].id)
    assert again(store, pair[1], SECOND).roles == {Role.OPERATOR}
    people.enable(store, None, pair[0].id)
    deputies.end(store, None, key)
    assert again(store, pair[1], SECOND).roles == {Role.OPERATOR}
    with pytest.raises(Conflict, match="已经结束"):
        deputies.end(store, None, key)


def test_lent_rights_are_not_lent_on(
    store: Store, pair: tuple[Person, Person], enrol: Enrol
) -> None:
    lend(store, pair)
    third = enrol("third", Role.VIEWER, "/1/2/")
    deputies.appoint(store, None, Appointment(pair[1].id, third.id, SECOND, SECOND + DAY))
    assert again(store, third, SECOND).roles == {Role.VIEWER, Role.OPERATOR}


def test_a_keeper_of_the_machine_neither_has_nor_is_a_deputy_in_business(
    store: Store, pair: tuple[Person, Person], enrol: Enrol
) -> None:
    keeper = enrol("keeper", Role.AUDIT_ADMIN)
    for one, other in ((keeper, pair[1]), (pair[0], keeper)):
        with pytest.raises(InputError, match="兼任"):
            deputies.appoint(store, None, Appointment(one.id, other.id, SECOND, SECOND + DAY))
    lend(store, pair)
    people.set_grants(store, None, pair[0].id, (Grant(Role.AUDIT_ADMIN, "/"),))
    assert again(store, pair[1], SECOND).roles == {Role.OPERATOR}


@pytest.mark.parametrize(("since", "until"), [(0, 0), (DAY, 0), (0, 400 * DAY)])
def test_a_time_that_is_none_is_refused(
    store: Store, pair: tuple[Person, Person], since: int, until: int
) -> None:
    wanted = Appointment(pair[0].id, pair[1].id, SECOND + since, SECOND + until)
    with pytest.raises(InputError, match="起止"):
        deputies.appoint(store, None, wanted)


def test_twice_is_once_and_an_overlap_is_told(store: Store, pair: tuple[Person, Person]) -> None:
    assert lend(store, pair) == lend(store, pair)
    with pytest.raises(Conflict, match="重叠"):
        lend(store, pair, days=9)


def test_nobody_lends_himself_what_he_has_not(
    store: Store, pair: tuple[Person, Person], enrol: Enrol
) -> None:
    editor = enrol("editor", Role.EDITOR)
    with pytest.raises(Forbidden, match="自己"):
        deputies.appoint(store, editor, Appointment(pair[0].id, editor.id, SECOND, SECOND + DAY))
    city = enrol("city", Role.PREFECTURE_ADMIN, "/1/2/")
    with pytest.raises(Forbidden, match="范围"):
        deputies.appoint(store, city, Appointment(pair[0].id, pair[1].id, SECOND, SECOND + DAY))


def test_two_who_edit_one_person_are_told(store: Store, pair: tuple[Person, Person]) -> None:
    version = rows(store, f"SELECT version FROM person WHERE id = {pair[1].id}")[0][0]
    grants = (Grant(Role.UNIT_LIAISON, "/1/2/"),)
    people.set_grants(store, None, pair[1].id, grants, version)
    with pytest.raises(Conflict, match="他人修改"):
        people.set_grants(store, None, pair[1].id, (), version)
    assert again(store, pair[1], SECOND).roles == {Role.UNIT_LIAISON}


def test_a_right_to_come_counts_and_a_person_without_any_is_the_province_s_matter(
    store: Store, enrol: Enrol
) -> None:
    city = enrol("city", Role.PREFECTURE_ADMIN, "/1/2/")
    later = Grant(Role.HEAD, "/", since=SECOND + DAY)
    soon, _ = people.enrol(store, None, people.NewPerson("soon", "某人", (later,)))
    nobody, _ = people.enrol(store, None, people.NewPerson("nobody", "某人"))
    for each in (soon, nobody):
        with pytest.raises(Forbidden):
            people.reset_password(store, city, each)
