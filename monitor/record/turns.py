"""Turns 巡查分工: who looks at which part of the tree until when; who has left has none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from monitor.access import permissions, scopes
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.record import people
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

PATROL = Permission.PATROL
TURN = METADATA.tables["patrol_turn"]
UNIT_REV = METADATA.tables["unit_rev"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's part of one sub-tree, [since, until) in seconds."""

    id: int
    person_id: int
    person_name: str
    unit_id: int
    unit_name: str
    path: str
    part: int
    parts: int
    until: int


def live(tx: Reading, now: int) -> list[Turn]:
    """The turns in force, by unit; one of somebody who left or may not look there is none."""
    rows = tx.conn.execute(
        select(TURN, UNIT_REV.c.path, UNIT_REV.c.name.label("unit_name"))
        .join(UNIT_REV, UNIT_REV.c.unit_id == TURN.c.unit_id)
        .where(
            TURN.c.ended_at.is_(None),
            TURN.c.since <= now,
            TURN.c.until > now,
            UNIT_REV.c.superseded_at == OPEN,
        )
        .order_by(UNIT_REV.c.path, UNIT_REV.c.valid_from, TURN.c.part, TURN.c.id)
    ).mappings()
    newest: dict[int, Any] = {row["id"]: row for row in rows}
    if not newest:
        return []
    here = {each.id: each for each in people.everyone(tx, now)}
    return [
        _turn(row, here[row["person_id"]])
        for row in newest.values()
        if may_patrol(here.get(row["person_id"]), row["path"])
    ]


def may_patrol(person: Person | None, path: str) -> bool:
    """Whether somebody is here and may look at a whole sub-tree."""
    if person is None or not person.active:
        return False
    return scopes.within(
        Scope(frozenset({path})), permissions.reach(replace(person, must_change=False), PATROL)
    )


def give(
    tx: Writing, unit_id: int, person_ids: Sequence[int], until: int, given_by: int | None
) -> list[int]:
    """Share a unit's sub-tree among these people from now on, in place of whoever had it."""
    tx.conn.execute(
        update(TURN)
        .where(TURN.c.unit_id == unit_id, TURN.c.ended_at.is_(None))
        .values(ended_at=tx.stamp)
    )
    return [
        enter(
            tx,
            TURN,
            person_id=person_id,
            unit_id=unit_id,
            part=part,
            parts=len(person_ids),
            since=tx.second,
            until=until,
            given_by=given_by,
            recorded_at=tx.stamp,
        )
        for part, person_id in enumerate(person_ids, 1)
    ]


def end(tx: Writing, unit_id: int) -> int:
    """Give a unit's accounts back to the pool; how many turns ended."""
    done = tx.conn.execute(
        update(TURN)
        .where(TURN.c.unit_id == unit_id, TURN.c.ended_at.is_(None))
        .values(ended_at=tx.stamp)
    )
    return int(done.rowcount)


def _turn(row: Any, person: Person) -> Turn:
    own = ("id", "person_id", "unit_id", "unit_name", "path", "part", "parts", "until")
    return Turn(person_name=person.name, **{name: row[name] for name in own})
