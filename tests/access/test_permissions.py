"""One table says who may do what; whoever is not in it may nothing."""

from itertools import combinations

import pytest

from monitor.access import permissions
from monitor.domain.errors import Forbidden
from monitor.domain.person import Grant, Permission, Person, Role
from monitor.domain.scope import EVERYTHING, Scope

BUSINESS = {
    Permission.SEE_HOME,
    Permission.SEE_ACCOUNTS,
    Permission.SEE_HEALTH,
    Permission.EXPORT,
    Permission.ASK_JUDGE,
}


def person(*roles: Role, active: bool = True, must_change: bool = False) -> Person:
    return Person(1, "x", "x", frozenset(roles), must_change=must_change, active=active)


def test_every_role_stands_in_the_table() -> None:
    assert set(permissions.TABLE) == set(Role)


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_given_to_somebody(permission: Permission) -> None:
    assert any(permission in given for given in permissions.TABLE.values())


@pytest.mark.parametrize("role", sorted(permissions.KEEPERS))
def test_a_keeper_of_the_machine_has_no_business_rights(role: Role) -> None:
    assert not permissions.TABLE[role] & BUSINESS


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(permissions.KEEPERS), 2)))
def test_the_three_keepers_are_three_people(one: Role, other: Role) -> None:
    assert "同一人" in permissions.excluded({one, other})
    assert "业务" in permissions.excluded({one, Role.EDITOR})
    assert permissions.excluded({one}) == ""
    assert permissions.excluded({Role.EDITOR, Role.HEAD}) == ""


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(permissions.may(person(), permission) for permission in Permission)


@pytest.mark.parametrize("state", [{"active": False}, {"must_change": True}])
def test_who_is_out_or_must_change_the_password_may_do_nothing(state: dict[str, bool]) -> None:
    somebody = person(*Role, **state)
    assert not any(permissions.may(somebody, permission) for permission in Permission)


def test_a_refusal_names_what_is_missing() -> None:
    permissions.require(person(Role.EDITOR), Permission.ASK_COLLECT)
    with pytest.raises(Forbidden, match="立即采集"):
        permissions.require(person(Role.VIEWER), Permission.ASK_COLLECT)


def test_a_role_reaches_as_far_as_its_own_grant_and_no_further() -> None:
    held = (Grant(Role.VIEWER, "/"), Grant(Role.PREFECTURE_ADMIN, "/1/2/"))
    roles = frozenset({Role.VIEWER, Role.PREFECTURE_ADMIN})
    both = Person(1, "x", "x", roles, EVERYTHING, held=held)
    assert permissions.reach(both, Permission.MANAGE_PEOPLE) == Scope(frozenset({"/1/2/"}))
    assert permissions.reach(both, Permission.SEE_HOME).paths == {"/", "/1/2/"}
    assert permissions.reach(both, Permission.SEE_AUDIT).empty


def test_what_a_deputy_does_with_a_lent_right_is_done_on_behalf() -> None:
    held = (Grant(Role.OPERATOR, "/1/2/5/"), Grant(Role.HEAD, "/", behalf=7))
    deputy = Person(1, "x", "张某", frozenset({Role.OPERATOR, Role.HEAD}), EVERYTHING, held=held)
    assert permissions.behalf(deputy, Permission.APPROVE) == 7
    assert permissions.behalf(deputy, Permission.REPORT) is None
    assert deputy.shown == "张某(B岗代)"
    own = Person(1, "x", "张某", held=(Grant(Role.HEAD, "/"), *held[1:]))
    assert permissions.behalf(own, Permission.APPROVE) is None


@pytest.mark.parametrize("role", sorted(set(Role) - permissions.CITY_GIVES))
def test_a_city_administrator_gives_out_what_works_below_a_city(role: Role) -> None:
    assert permissions.outranks({Role.PREFECTURE_ADMIN}, permissions.CITY_GIVES)
    assert not permissions.outranks({Role.PREFECTURE_ADMIN}, {role})


@pytest.mark.parametrize("role", sorted(set(Role) - permissions.KEEPERS))
def test_an_editor_manages_colleagues_and_no_keeper(role: Role) -> None:
    assert permissions.outranks({Role.EDITOR}, {role})
    assert not permissions.outranks({Role.EDITOR}, {role, Role.SYSTEM_ADMIN})
    assert permissions.outranks({Role.SYSTEM_ADMIN}, {role})


def test_nobody_gives_out_more_than_he_has() -> None:
    assert not permissions.outranks({Role.VIEWER}, {Role.EDITOR})
