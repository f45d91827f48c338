"""What a case needs beside its machine: who runs it, who may do what with it, and its clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from monitor.access import permissions, scopes
from monitor.actions.approval_terms import calendar
from monitor.collect import shelf
from monitor.coordinate import case_rules, term
from monitor.coordinate.case_moves import offered
from monitor.coordinate.deadline import after_working_days
from monitor.coordinate.term import Left
from monitor.domain.case import Case, Move, Side
from monitor.domain.case_rules import CaseRules
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Level, Unit

__all__ = [
    "Left",
    "Paths",
    "ahead",
    "appeal_until",
    "begun",
    "buttons",
    "due_at",
    "left",
    "office",
    "permission",
    "recent",
    "rules",
    "turn_due",
]
SHEET: Final = "cases.yaml"

DECIDING: Final = frozenset(
    {
        *(Move.ASSIGN, Move.SEND_BACK, Move.UPHOLD, Move.REJECT, Move.GRANT, Move.DENY),
        *(Move.NAMED, Move.AMEND, Move.RESUME),
    }
)
"""What the section head does; the rest of the desk's moves are the editor's."""
SAMPLE_MOVE: Final = {
    Side.TRANSIT: Permission.TRANSIT_CASE,
    Side.UNIT: Permission.RECTIFY,
}


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the parties of a case stand in the tree; `transit` is '' without a city between."""

    desk: str
    unit: str
    transit: str = ""

    def of(self, side: Side) -> str:
        """The path of one party; '' where the case has none."""
        return {Side.DESK: self.desk, Side.UNIT: self.unit}.get(side, self.transit)


@dataclass(frozen=True, slots=True)
class Office:
    """The unit that runs a case, and the city it goes through."""

    desk_id: int
    transit_id: int | None


def office(person: Person, unit: Unit, units: Iterable[Unit]) -> Office:
    """Who runs a case of a unit that a person opens: the highest unit of his above it. Forbidden
    where the unit is none of his."""
    roots = sorted((each for each in person.scope.paths if unit.path.startswith(each)), key=len)
    if not roots:
        raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新后重试")
    chain = [int(each) for each in unit.path.strip("/").split("/")]
    desk = chain[0] if roots[0] == "/" else int(roots[0].strip("/").rpartition("/")[2])
    between = chain[chain.index(desk) + 1 : -1]
    levels = {each.id: each.level for each in units}
    cities = [each for each in between if levels.get(each) is Level.PREFECTURE]
    return Office(desk, cities[0] if cities else None)


def permission(move: Move, side: Side) -> Permission:
    """The right a move needs on a side."""
    if side in SAMPLE_MOVE:
        return SAMPLE_MOVE[side]
    return Permission.ASSIGN_CASE if move in DECIDING else Permission.VERIFY


def buttons(person: Person, case: Case, paths: Paths) -> tuple[tuple[Move, Side], ...]:
    """What a person may be offered on a case, with the side he would act on."""
    return tuple(
        (move, side)
        for side in (Side.DESK, Side.TRANSIT, Side.UNIT)
        if paths.of(side)
        for move in offered(case, side)
        if covers(person, move, side, paths.of(side))
    )


def covers(person: Person, move: Move, side: Side, path: str) -> bool:
    """Whether the right to a move reaches the party it is made for."""
    reach = permissions.reach(person, permission(move, side))
    return bool(path) and scopes.covers(reach, path, "")


def left(data_dir: Path, case: Case, now: int) -> Left | None:
    """Working days that are left to the unit, and until when; None before a term was set."""
    return None if case.term is None else term.left(case.term, now, calendar(data_dir))


def due_at(data_dir: Path, case: Case, now: int) -> int | None:
    """The last second of the unit's time; None while the clock stands."""
    found = left(data_dir, case, now)
    return None if found is None or found.due is None else found.due.at


def begun(data_dir: Path, case: Case, now: int) -> int | None:
    """The last second of the unit's time if it began now: what a notice names while a city has yet
    to pass the case on."""
    if case.term is None:
        return None
    found = term.left(term.start(case.term, now), now, calendar(data_dir))
    return None if found.due is None else found.due.at


def recent(data_dir: Path, looked: int | None, now: int) -> int | None:
    """A look, where it is as new as the office asks before anything leaves (发前复查)."""
    days = rules(data_dir).fresh_days
    if looked is None or after_working_days(looked, days, calendar(data_dir)).at < now:
        return None
    return looked


def turn_due(data_dir: Path, case: Case, held_since: int) -> int | None:
    """The last second in which whoever holds a case should have passed it on; None for the unit,
    whose time is the term, and where the office set none."""
    days = rules(data_dir).turns.get((case.state, case.holder))
    if days is None:
        return None
    return after_working_days(held_since, days, calendar(data_dir)).at


def ahead(data_dir: Path, due: int, now: int) -> int:
    """Working days until a due second (0: today), below 0 so many over it."""
    return term.ahead(due, now, calendar(data_dir))


def appeal_until(data_dir: Path, case: Case) -> int | None:
    """The last second in which the unit may appeal; None before it holds the case."""
    if case.term is None or not case.term.ran:
        return None
    days = rules(data_dir).appeal_days
    return after_working_days(case.term.ran[0][0], days, calendar(data_dir)).at


@lru_cache(maxsize=4)
def rules(data_dir: Path) -> CaseRules:
    """What the office laid down for cases, from its data sheet."""
    page = shelf.read(data_dir / SHEET)
    return case_rules.parse(page.mapping, SHEET, shelf.lines(page.text))
