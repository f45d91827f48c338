"""Reminding 提醒, pure: which step of a clock has come, and in whose hands a case then lies."""

from collections.abc import Iterable, Sequence

from monitor.access import permissions, scopes
from monitor.coordinate.term import ahead
from monitor.domain.calendar import Calendar
from monitor.domain.case import Case, Side, State
from monitor.domain.case_rules import Audience, Step
from monitor.domain.person import Permission, Person

DECIDED: frozenset[State] = frozenset({State.REVIEW, State.ASSIGNED, State.UNDER_WAY})
"""States in which the desk's section head is waited for; in the others its editor is."""


def come(steps: Sequence[Step], due_at: int, now: int, calendar: Calendar) -> Step | None:
    """The last step whose day has come; None where none has. What was slept through is let go."""
    day = -ahead(due_at, now, calendar)
    reached = [each for each in steps if each.day <= day]
    return reached[-1] if reached else None


def clock(case: Case, held_since: int) -> int:
    """When the time began that runs now (seconds): another clock tells its steps anew."""
    if case.holder is Side.UNIT and case.term is not None and case.term.running:
        return case.term.ran[-1][0]
    return held_since


def sides(case: Case, audience: Iterable[Audience]) -> tuple[Side, ...]:
    """The parties a step speaks to; without a city between, the desk hears what it would."""
    between = Side.TRANSIT if case.transit else Side.DESK
    meant = {Audience.HOLDER: case.holder, Audience.TRANSIT: between, Audience.DESK: Side.DESK}
    return tuple(dict.fromkeys(meant[each] for each in audience))


def hands(people: Iterable[Person], case: Case, side: Side, path: str) -> tuple[Person, ...]:
    """Who may do what a party has to do next, where it stands at `path`. A desk's people are those
    of that very office: the province is not told of every city's own cases."""
    right = {Side.TRANSIT: Permission.TRANSIT_CASE, Side.UNIT: Permission.RECTIFY}.get(side)
    if right is None:
        right = Permission.ASSIGN_CASE if case.state in DECIDED else Permission.VERIFY
    return tuple(each for each in people if path and _reaches(each, right, side, path))


def _reaches(person: Person, right: Permission, side: Side, path: str) -> bool:
    if not permissions.may(person, right):
        return False
    reach = permissions.reach(person, right)
    if side is Side.UNIT:
        return scopes.covers(reach, path, "")
    return not reach.paths.isdisjoint(scopes.of_office(path))
