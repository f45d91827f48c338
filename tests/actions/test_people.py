"""Managing people: within one's own scope, no more than one has, every step on record."""

import pytest

from monitor.access import passwords
from monitor.actions import people, sign_in
from monitor.actions.people import NewPerson
from monitor.actions.sending import Sent
from monitor.actions.sign_in import Lasting
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Grant, Person, Role
from monitor.record.store import Store
from tests.actions.conftest import PASSWORD, Enrol
from tests.conftest import StandingClock

EDITOR = (Grant(Role.EDITOR, "/"),)
CITY = "/1/2/"


def entered(store: Store, login: str, password: str = PASSWORD) -> sign_in.Entered:
    return sign_in.sign_in(store, login, password, "10.0.0.1", Lasting())


def alive(store: Store, clock: StandingClock, token: str) -> bool:
    return sign_in.session_of(store, token, int(clock.now.timestamp()), Lasting()) is not None


def test_a_new_person_gets_a_first_password_to_be_changed(store: Store) -> None:
    _, password = people.enrol(store, None, NewPerson("Wuhan.Liwei", "李某(演示)", EDITOR))
    session = entered(store, "wuhan.liwei", password).session
    assert session.person.must_change
    assert session.person.roles == {Role.EDITOR}


def test_first_passwords_are_good_ones_and_never_the_same() -> None:
    made = {people.first_password() for _ in range(50)}
    assert len(made) == 50
    assert not any(passwords.fault(each, "somebody") for each in made)
    assert not any(sign in each for each in made for sign in "0O1lIi")


def test_the_same_form_twice_is_one_person_and_the_slip_shown_last_is_the_one_that_holds(
    store: Store, enrol: Enrol
) -> None:
    actor = enrol("admin", Role.EDITOR)
    new, sent = NewPerson("li", "李某(演示)", (Grant(Role.VIEWER, "/"),)), Sent("person-new", "k")
    first, lost = people.enrol(store, actor, new, sent)
    again, password = people.enrol(store, actor, new, sent)
    assert (again, lost != password) == (first, True)
    with pytest.raises(InputError, match="不正确"):
        entered(store, "li", lost)
    session = entered(store, "li", password).session
    sign_in.change_password(store, session, password, f"{PASSWORD}-own", Lasting())
    with pytest.raises(Conflict, match="已登录使用"):
        people.enrol(store, actor, new, sent)
    assert entered(store, "li", f"{PASSWORD}-own").session.person.id == first


@pytest.mark.parametrize("login", ["", "   ", "李某", "a b", "x" * 65, "a/b", "a'b"])
def test_a_login_is_plain_letters(store: Store, login: str) -> None:
    with pytest.raises(InputError, match="登录名只能用"):
        people.enrol(store, None, NewPerson(login, "某人"))


def test_a_login_is_given_once(store: Store, enrol: Enrol) -> None:
    enrol("li", Role.EDITOR)
    with pytest.raises(Conflict, match="已被使用"):
        people.enrol(store, None, NewPerson("LI", "某人"))


def test_a_weak_first_password_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="长度"):
        people.enrol(store, None, NewPerson("li", "某人", EDITOR, "short"))


def test_keepers_of_the_machine_hold_no_second_role(store: Store) -> None:
    both = (Grant(Role.SYSTEM_ADMIN, "/"), Grant(Role.AUDIT_ADMIN, "/"))
    with pytest.raises(InputError, match="同一人"):
        people.enrol(store, None, NewPerson("li", "某人", both))


def test_who_may_not_manage_people_does_not(store: Store, enrol: Enrol) -> None:
    viewer, other = enrol("viewer", Role.VIEWER), enrol("other", Role.VIEWER)
    tries = (
        lambda: people.enrol(store, viewer, NewPerson("new", "某人")),
        lambda: people.reset_password(store, viewer, other.id),
        lambda: people.disable(store, viewer, other.id),
        lambda: people.enable(store, viewer, other.id),
        lambda: people.set_grants(store, viewer, other.id, EDITOR),
    )
    for attempt in tries:
        with pytest.raises(Forbidden, match="管理人员"):
            attempt()


def test_an_editor_of_a_city_manages_that_city_and_nothing_beside(
    store: Store, enrol: Enrol
) -> None:
    city = enrol("city", Role.EDITOR, CITY)
    people.enrol(store, city, NewPerson("new", "某人", (Grant(Role.OPERATOR, "/1/2/7/"),)))
    for path in ("/", "/1/", "/1/3/", "/1/20/"):
        with pytest.raises(Forbidden, match="管理范围"):
            people.enrol(store, city, NewPerson("more", "某人", (Grant(Role.OPERATOR, path),)))
    with pytest.raises(Forbidden, match="管理范围"):
        people.reset_password(store, city, enrol("province", Role.VIEWER).id)


def test_nobody_raises_himself(store: Store, enrol: Enrol) -> None:
    editor = enrol("editor", Role.EDITOR)
    keeper = enrol("keeper", Role.SYSTEM_ADMIN)
    with pytest.raises(Forbidden, match="自己的角色"):
        people.set_grants(store, editor, editor.id, EDITOR)
    for attempt in (
        lambda: people.reset_password(store, editor, keeper.id),
        lambda: people.enrol(
            store, editor, NewPerson("new", "某人", (Grant(Role.SYSTEM_ADMIN, "/"),))
        ),
    ):
        with pytest.raises(Forbidden, match="管理范围"):
            attempt()


def test_a_reset_password_ends_the_sessions_and_must_be_changed(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    editor, other = enrol("editor", Role.EDITOR), enrol("other", Role.VIEWER)
    token = entered(store, "other").token
    password = people.reset_password(store, editor, other.id)
    assert not alive(store, clock, token)
    with pytest.raises(InputError):
        entered(store, "other")
    assert entered(store, "other", password).session.person.must_change


def test_who_is_put_out_is_out_at_once_and_may_come_back(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    editor, other = enrol("editor", Role.EDITOR), enrol("other", Role.VIEWER)
    token = entered(store, "other").token
    people.disable(store, editor, other.id)
    assert not alive(store, clock, token)
    people.enable(store, editor, other.id)
    assert not alive(store, clock, token)
    entered(store, "other")
    with pytest.raises(Forbidden, match="不能停用自己"):
        people.disable(store, editor, editor.id)


def test_an_actor_who_was_put_out_meanwhile_may_nothing(store: Store, enrol: Enrol) -> None:
    editor, other = enrol("editor", Role.EDITOR), enrol("other", Role.VIEWER)
    people.disable(store, None, editor.id)
    with pytest.raises(Forbidden):
        people.disable(store, editor, other.id)


def test_new_roles_are_seen_at_the_next_step_of_an_open_session(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    other = enrol("other", Role.VIEWER)
    token = entered(store, "other").token
    people.set_grants(store, None, other.id, (Grant(Role.HEAD, CITY),))
    session = sign_in.session_of(store, token, int(clock.now.timestamp()), Lasting())
    assert session is not None
    seen: Person = session.person
    assert (seen.roles, seen.scope.paths) == (frozenset({Role.HEAD}), frozenset({CITY}))


def test_somebody_who_is_not_there_cannot_be_managed(store: Store) -> None:
    with pytest.raises(InputError, match="没有这个人员"):
        people.disable(store, None, 99)
    with pytest.raises(InputError, match="没有这个登录名"):
        people.person_called(store, "nobody", 0)
