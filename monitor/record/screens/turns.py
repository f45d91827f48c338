"""巡查分工 on screen: who has which part and how long it takes, who may be asked, and for what."""

from dataclasses import dataclass

from sqlalchemy import select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.patrol import SECONDS_EACH
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.domain.unit import Level
from monitor.record import people, turns
from monitor.record.screens import patrol
from monitor.record.screens.scoping import UNIT_REV, present, within
from monitor.record.store import Reading
from monitor.record.turns import Turn

SHARED = (Level.PROVINCE, Level.PREFECTURE, Level.BRANCH, Level.COUNTY)
MOST = 200


@dataclass(frozen=True, slots=True)
class Shared:
    """One turn, and how many accounts its person has to look at now in all turns together."""

    turn: Turn
    waiting: int

    @property
    def seconds(self) -> int:
        """What they cost."""
        return self.waiting * SECONDS_EACH


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who may look; `paths` is how far."""

    person_id: int
    name: str
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit whose sub-tree may be shared out."""

    unit_id: int
    name: str
    path: str


@shown(Permission.PATROL)
def shared(tx: Reading, scope: Scope, now: int) -> tuple[Shared, ...]:
    """The turns in force within a scope, by unit and part; at most 200."""
    found = [
        each for each in turns.live(tx, now) if scopes.within(Scope(frozenset({each.path})), scope)
    ][:MOST]
    waiting = {
        person: patrol.queue(tx, scope, now, patrol.Asked(whose=person), limit=0).total
        for person in {each.person_id for each in found}
    }
    return tuple(Shared(each, waiting[each.person_id]) for each in found)


@shown(Permission.PATROL)
def has_turn(tx: Reading, scope: Scope, now: int, person_id: int) -> bool:
    """Whether somebody has a turn within a scope now."""
    return any(
        each.person_id == person_id and scopes.within(Scope(frozenset({each.path})), scope)
        for each in turns.live(tx, now)
    )


@shown(Permission.ASSIGN)
def candidates(tx: Reading, scope: Scope, now: int) -> tuple[Somebody, ...]:
    """People who may look at something within a scope, by name."""
    places_here = places(tx, scope, now)
    found = []
    for each in people.everyone(tx, now):
        paths = frozenset(p.path for p in places_here if turns.may_patrol(each, p.path))
        if paths:
            found.append(Somebody(each.id, each.name, paths))
    return tuple(sorted(found, key=lambda each: (each.name, each.person_id))[:MOST])


@shown(Permission.ASSIGN)
def places(tx: Reading, scope: Scope, now: int) -> tuple[Place, ...]:
    """The bureaus and branches within a scope, by their place in the tree; at most 200."""
    rows = tx.conn.execute(
        select(UNIT_REV.c.unit_id, UNIT_REV.c.name, UNIT_REV.c.path)
        .where(
            present(UNIT_REV, "unit_id", now),
            within(tx, Scope(paths=scope.paths), UNIT_REV.c.path, ()),
            UNIT_REV.c.level.in_([each.value for each in SHARED]),
        )
        .order_by(UNIT_REV.c.path)
        .limit(MOST)
    )
    return tuple(Place(*row) for row in rows)
