"""What the office laid down for approvals: chains and calendars, read from their data sheets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from monitor.access import scopes
from monitor.collect import shelf
from monitor.coordinate import chains, deadline
from monitor.coordinate.deadline import Deadline
from monitor.domain.approval import Chain
from monitor.domain.calendar import Calendar
from monitor.domain.person import Grant, Person, Role
from monitor.domain.unit import Level, Unit
from monitor.record import people
from monitor.record.store import Reading

LEVELS: Final[Mapping[Level, str]] = {
    Level.PROVINCE: "省厅",
    Level.DEPARTMENT: "省厅",
    Level.PREFECTURE: "市州局",
    Level.BRANCH: "市州局",
    Level.COUNTY: "县级局",
    Level.TEAM: "县级局",
    Level.STATION: "县级局",
}
"""By whose chain a unit's texts are approved."""


@dataclass(frozen=True, slots=True)
class Way:
    """The roles somebody acts with, and for whom where they are lent."""

    roles: frozenset[Role]
    behalf: int | None = None


def chain_of(data_dir: Path, level: str, kind: str) -> Chain:
    """The chain of a kind of text at a level; InputError where the office laid none down."""
    return chains.chain_for(_chains(data_dir), level, kind)


def chain_if(data_dir: Path, level: str, kind: str) -> Chain | None:
    """The chain of a kind of text at a level; None where the office laid none down."""
    known = (each for each in _chains(data_dir) if each.level == level and kind in each.kinds)
    return next(known, None)


def due(data_dir: Path, chain: Chain, now: int) -> Deadline:
    """When an approval submitted at `now` (seconds) expires."""
    if chain.hours:
        return deadline.after_hours(now, chain.hours)
    return deadline.after_working_days(now, chain.working_days, calendar(data_dir))


def ways(tx: Reading, person_id: int, unit: Unit, now: int) -> tuple[Way, ...]:
    """In which ways somebody may act over a unit at `now`: for himself, then as a deputy (B岗)."""
    grants = _in_force(tx, person_id, now)
    whom = dict.fromkeys([None, *(each.behalf for each in grants)])
    return tuple(
        Way(_held((each for each in grants if each.behalf == behalf), unit, now), behalf)
        for behalf in whom
    )


def roles_over(tx: Reading, person_id: int, unit: Unit, now: int) -> frozenset[Role]:
    """All roles somebody holds over a unit at `now`, lent ones too."""
    return _held(_in_force(tx, person_id, now), unit, now)


def able(tx: Reading, unit: Unit, role: Role, now: int) -> list[Person]:
    """Everybody who may sign for a role over a unit, by name."""
    found = [
        each
        for each in people.everyone(tx, now)
        if each.active and role in _held(each.held, unit, now)
    ]
    return sorted(found, key=lambda each: each.name)


def _in_force(tx: Reading, person_id: int, now: int) -> tuple[Grant, ...]:
    """What somebody holds at `now`, lent rights too."""
    kept = people.by_id(tx, person_id, now)
    return () if kept is None else kept.person.held


def _held(grants: Iterable[Grant], unit: Unit, now: int) -> frozenset[Role]:
    return frozenset(
        grant.role
        for grant in scopes.in_force(grants, now)
        if (grant.path and unit.path.startswith(grant.path))
        or (grant.line and grant.line == unit.line)
    )


@lru_cache(maxsize=4)
def _chains(data_dir: Path) -> tuple[Chain, ...]:
    return tuple(
        chain
        for path in sorted((data_dir / "approvals").glob("*.yaml"))
        for chain in chains.parse(shelf.read(path).mapping, path.name)
    )


@lru_cache(maxsize=4)
def calendar(data_dir: Path) -> Calendar:
    """The working days of all years that were announced."""
    paths = sorted((data_dir / "calendars").glob("*.yaml"))
    years = [deadline.parse(shelf.read(path).mapping, path.name) for path in paths]
    return Calendar({each.year: each for each in years})
