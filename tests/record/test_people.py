"""People, their grants, their sessions and failed attempts, on both stores."""

import pytest

from monitor.domain.errors import Conflict
from monitor.domain.person import Grant, Role
from monitor.domain.scope import Scope
from monitor.record import people, sessions
from monitor.record.store import Store
from tests.conftest import StandingClock

IDLE = 3600


def enter(store: Store, login: str = "li", *grants: Grant) -> int:
    with store.writing() as tx:
        person_id = people.add(tx, login, "李某(演示)", "hash")
        people.set_grants(tx, person_id, grants)
    return person_id


def begin(store: Store, person_id: int, digest: str = "d", lasting: int = 7200) -> int:
    with store.writing() as tx:
        return sessions.begin(tx, person_id, digest, "csrf", tx.second + lasting)


def alive(store: Store, clock: StandingClock, digest: str = "d") -> bool:
    with store.reading() as tx:
        return sessions.find(tx, digest, int(clock.now.timestamp()), IDLE) is not None


def test_a_person_is_found_by_login_with_roles_and_scope(
    store: Store, clock: StandingClock
) -> None:
    now = int(clock.now.timestamp())
    old = Grant(Role.HEAD, "/1/9/", until=now)
    enter(store, "li", Grant(Role.LIAISON, "/1/2/"), Grant(Role.VIEWER, line="交警"), old)
    with store.reading() as tx:
        kept = people.by_login(tx, "li", now)
        assert kept is not None
        assert people.grants_of(tx, kept.person.id)[2] == old
        assert people.by_login(tx, "LI", now) is None
    assert kept.person.roles == {Role.LIAISON, Role.VIEWER}
    assert kept.person.scope == Scope(frozenset({"/1/2/"}), frozenset({"交警"}))
    assert kept.person.must_change
    assert kept.password == "hash"
    assert "hash" not in repr(kept)


def test_a_login_belongs_to_one_person(store: Store) -> None:
    enter(store)
    with pytest.raises(Conflict, match="登录名已被使用"):
        enter(store)


def test_everyone_is_listed_by_login_with_those_who_are_out(
    store: Store, clock: StandingClock
) -> None:
    second = enter(store, "wang")
    enter(store, "li", Grant(Role.EDITOR, "/"))
    with store.writing() as tx:
        people.set_active(tx, second, active=False)
        people.rename(tx, second, "王某(演示)")
    with store.reading() as tx:
        listed = people.everyone(tx, int(clock.now.timestamp()))
    assert [(each.login, each.name, each.active) for each in listed] == [
        ("li", "李某(演示)", True),
        ("wang", "王某(演示)", False),
    ]
    assert [len(each.roles) for each in listed] == [1, 0]


def test_every_change_of_a_person_is_a_new_version(store: Store) -> None:
    person_id = enter(store)
    with store.writing() as tx:
        people.set_password(tx, person_id, "other", must_change=False)
        people.set_active(tx, person_id, active=True)
        kept = people.by_id(tx, person_id, tx.second)
    assert kept is not None
    assert (kept.version, kept.password, kept.person.must_change) == (3, "other", False)


def test_a_session_lives_until_it_is_over_or_unused(store: Store, clock: StandingClock) -> None:
    session = begin(store, enter(store))
    assert alive(store, clock)
    assert not alive(store, clock, "another")
    clock.move(seconds=IDLE - 1)
    assert alive(store, clock)
    with store.writing() as tx:
        sessions.touch(tx, session)
    clock.move(seconds=IDLE - 1)
    assert alive(store, clock)
    clock.move(seconds=2)
    assert not alive(store, clock)


def test_an_unused_session_is_over_at_the_very_second(store: Store, clock: StandingClock) -> None:
    begin(store, enter(store))
    clock.move(seconds=IDLE)
    assert not alive(store, clock)


def test_a_revoked_session_is_over_at_once(store: Store, clock: StandingClock) -> None:
    person_id = enter(store)
    first = begin(store, person_id)
    begin(store, person_id, "e")
    with store.writing() as tx:
        sessions.revoke(tx, first)
    assert not alive(store, clock)
    assert alive(store, clock, "e")


def test_all_sessions_of_a_person_end_but_the_one_in_use(
    store: Store, clock: StandingClock
) -> None:
    person_id, other = enter(store), enter(store, "wang")
    kept = begin(store, person_id, "a")
    begin(store, person_id, "b")
    begin(store, other, "c")
    with store.writing() as tx:
        sessions.revoke_all(tx, person_id, but=kept)
    assert [alive(store, clock, digest) for digest in "abc"] == [True, False, True]
    with store.writing() as tx:
        sessions.revoke_all(tx, person_id)
    assert [alive(store, clock, digest) for digest in "abc"] == [False, False, True]


def test_who_is_out_has_no_session(store: Store, clock: StandingClock) -> None:
    person_id = enter(store)
    begin(store, person_id)
    with store.writing() as tx:
        people.set_active(tx, person_id, active=False)
    assert not alive(store, clock)


def test_attempts_are_counted_by_login_and_by_address(store: Store, clock: StandingClock) -> None:
    with store.writing() as tx:
        sessions.attempt(tx, "li", "10.0.0.1")
        sessions.attempt(tx, "wang", "10.0.0.1")
        mine = sessions.attempt(tx, "li", "10.0.0.2")
    now = int(clock.now.timestamp())
    with store.reading() as tx:
        found = sessions.attempts(tx, "li", "10.0.0.1", now)
        assert found == sessions.Attempts((now, now), (now, now))
        assert sessions.attempts(tx, "li", "10.0.0.1", now + 1) == sessions.Attempts((), ())
    with store.writing() as tx:
        sessions.forgive(tx, "nobody", mine)
        assert len(sessions.attempts(tx, "li", "x", now).by_login) == 1
        sessions.forgive(tx, "li")
        assert sessions.attempts(tx, "li", "10.0.0.1", now) == sessions.Attempts((), (now,))
