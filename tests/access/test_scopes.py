"""条块结合: sub-trees united with lines, at one instant."""

from monitor.access import scopes
from monitor.domain.person import Grant, Role
from monitor.domain.scope import EVERYTHING, NOTHING, Scope

NOW = 1_790_000_000


def test_grants_in_force_add_up() -> None:
    grants = [
        Grant(Role.LIAISON, "/1/2/"),
        Grant(Role.VIEWER, line="交警"),
        Grant(Role.HEAD, "/1/9/", since=NOW - 10, until=NOW),
        Grant(Role.EDITOR, "/1/8/", since=NOW + 1),
    ]
    assert scopes.scope_of(grants, NOW) == Scope(frozenset({"/1/2/"}), frozenset({"交警"}))
    assert scopes.roles_of(grants, NOW) == {Role.LIAISON, Role.VIEWER}


def test_a_deputy_is_in_from_the_first_second_and_out_at_the_last() -> None:
    grant = Grant(Role.HEAD, "/1/", since=NOW, until=NOW + 60)
    assert [bool(scopes.in_force([grant], at)) for at in (NOW - 1, NOW, NOW + 59, NOW + 60)] == [
        False,
        True,
        True,
        False,
    ]


def test_no_grant_sees_nothing() -> None:
    assert scopes.scope_of([], NOW) == NOTHING
    assert not scopes.covers(NOTHING, "/1/2/", "")
    assert not scopes.covers(Scope(lines=frozenset({"交警"})), "/1/2/", "")


def test_a_unit_is_covered_by_its_place_or_its_line() -> None:
    scope = Scope(frozenset({"/1/2/"}), frozenset({"交警"}))
    assert scopes.covers(scope, "/1/2/", "")
    assert scopes.covers(scope, "/1/2/5/", "户政")
    assert scopes.covers(scope, "/1/3/", "交警")
    assert not scopes.covers(scope, "/1/20/", "")
    assert not scopes.covers(scope, "/1/", "户政")


def test_nobody_gives_away_what_he_has_not() -> None:
    city = Scope(frozenset({"/1/2/"}), frozenset({"交警"}))
    assert scopes.within(Scope(frozenset({"/1/2/5/"})), city)
    assert scopes.within(city, city)
    assert scopes.within(NOTHING, city)
    assert not scopes.within(EVERYTHING, city)
    assert not scopes.within(Scope(lines=frozenset({"户政"})), city)
    assert not scopes.within(Scope(frozenset({"/1/20/"})), city)


def test_those_above_a_unit_are_named_the_nearest_first() -> None:
    assert scopes.upward("/1/5/12/") == ["/1/5/12/", "/1/5/", "/1/", "/"]
    assert scopes.of_office("/1/5/") == {"/1/5/"}
    assert scopes.of_office("/1/") == {"/1/", "/"}
