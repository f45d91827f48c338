"""Renewing 续授权, pure: who is told that an authorisation runs out."""

from collections.abc import Iterable

from monitor.access import scopes
from monitor.domain.person import Grant, Person, Role
from monitor.domain.runway import Ending


def hears(people: Iterable[Person], ending: Ending) -> tuple[Person, ...]:
    """The account's operators, the administrator of its city, and the system's administrators; of
    an application's own keys those of the system alone."""
    return tuple(
        each
        for each in people
        if each.active and any(_concerns(grant, ending) for grant in each.held)
    )


def _concerns(grant: Grant, ending: Ending) -> bool:
    reach = scopes.united([grant])
    if grant.role is Role.SYSTEM_ADMIN:
        return scopes.covers(reach, ending.path or "/", "")
    if not ending.path:
        return False
    return grant.role in {Role.OPERATOR, Role.PREFECTURE_ADMIN} and scopes.covers(
        reach, ending.path, ""
    )
