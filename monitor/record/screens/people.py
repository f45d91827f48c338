"""人员: who may sign in, with which roles over what, and who stands in for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from monitor.access.declared import shown
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import UNIT, UNIT_REV, below, present, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

PERSON: Final = METADATA.tables["person"]
GRANT: Final = METADATA.tables["grant"]
DEPUTY: Final = METADATA.tables["deputy"]
SESSION: Final = METADATA.tables["session"]
WHOLE: Final = "全省"
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class PeopleWanted:
    """What the list is asked for: a text in login or name, a role, a state; empty: any."""

    text: str = ""
    role: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """One role and how far it reaches, in words; in [since, until) seconds."""

    role: str
    path: str
    line: str
    where: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One appointment of a deputy: for whom, by whom, in [since, until) seconds."""

    deputy_row: int
    person_id: int
    person_name: str
    deputy_id: int
    deputy_name: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list; `seen_at` is the last time at the desk, None: never."""

    person_id: int
    login: str
    name: str
    active: bool
    must_change: bool
    version: int
    seen_at: int | None
    grants: tuple[Granted, ...] = ()
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class PeopleList:
    """One page of the list, and how many there are in all."""

    total: int
    rows: tuple[PersonLine, ...] = ()


@shown(Permission.SEE_PEOPLE)
def listing(
    tx: Reading, scope: Scope, now: int, wanted: PeopleWanted, *, limit: int = 50, offset: int = 0
) -> PeopleList:
    """People all of whose rights lie within the scope, by login, those who are out at the end."""
    conditions = [_within(tx, scope, now), *_narrowed(wanted, now)]
    total = tx.conn.execute(
        select(func.count()).select_from(PERSON).where(*conditions)
    ).scalar_one()
    seen = (
        select(func.max(SESSION.c.seen_at))
        .where(SESSION.c.person_id == PERSON.c.id)
        .scalar_subquery()
    )
    rows = (
        tx.conn.execute(
            select(PERSON, seen.label("last_seen"))
            .where(*conditions)
            .order_by(PERSON.c.active.desc(), PERSON.c.login)
            .limit(min(limit, MOST))
            .offset(offset)
        )
        .mappings()
        .all()
    )
    ids = [row["id"] for row in rows]
    granted, deputies = _granted(tx, ids, now), _standing_in(tx, ids, now)
    return PeopleList(
        int(total),
        tuple(_line(row, granted.get(row["id"], ()), deputy=row["id"] in deputies) for row in rows),
    )


@shown(Permission.SEE_PEOPLE)
def person(tx: Reading, scope: Scope, now: int, person_id: int) -> PersonLine | None:
    """One person, or None where there is none within the scope."""
    here = and_(PERSON.c.id == person_id, _within(tx, scope, now))
    row = tx.conn.execute(select(PERSON).where(here)).mappings().first()
    if row is None:
        return None
    granted, deputies = _granted(tx, [person_id], now), _standing_in(tx, [person_id], now)
    return _line(
        {**row, "last_seen": None}, granted.get(person_id, ()), deputy=person_id in deputies
    )


@shown(Permission.SEE_PEOPLE)
def deputies(tx: Reading, scope: Scope, now: int) -> tuple[Standing, ...]:
    """Appointments in force or to come of people within the scope, the earliest first."""
    deputy = PERSON.alias()
    rows = tx.conn.execute(
        select(
            DEPUTY.c.id,
            DEPUTY.c.person_id,
            PERSON.c.name,
            DEPUTY.c.deputy_id,
            deputy.c.name.label("deputy_name"),
            DEPUTY.c.since,
            DEPUTY.c.until,
        )
        .join(PERSON, PERSON.c.id == DEPUTY.c.person_id)
        .join(deputy, deputy.c.id == DEPUTY.c.deputy_id)
        .where(DEPUTY.c.until > now, DEPUTY.c.ended_at.is_(None), _within(tx, scope, now))
        .order_by(DEPUTY.c.since, DEPUTY.c.id)
        .limit(MOST)
    )
    return tuple(Standing(*row) for row in rows)


@shown(Permission.SEE_PEOPLE)
def places(tx: Reading, scope: Scope, now: int) -> dict[str, str]:
    """Path -> name of the units somebody may be given within the scope, the tree's order."""
    rows = tx.conn.execute(
        select(UNIT_REV.c.path, UNIT_REV.c.name)
        .join(UNIT, UNIT.c.id == UNIT_REV.c.unit_id)
        .where(present(UNIT_REV, "unit_id", now), within(tx, scope, UNIT_REV.c.path, ()))
        .order_by(UNIT.c.code)
    )
    whole = {"/": WHOLE} if "/" in scope.paths else {}
    return whole | {row.path: row.name for row in rows}


def reaches(tx: Reading, scope: Scope) -> ColumnElement[bool]:
    """A grant with something inside the scope."""
    return within(tx, scope, GRANT.c.path, (GRANT.c.line,))


def _within(tx: Reading, scope: Scope, now: int) -> ColumnElement[bool]:
    """People all of whose rights, those to come too, lie in the scope; the whole house sees all."""
    if "/" in scope.paths:
        return PERSON.c.id.is_not(None)
    mine = GRANT.c.person_id == PERSON.c.id
    branches = [below(tx, GRANT.c.path, root) for root in sorted(scope.paths)]
    path_out = and_(GRANT.c.path != "", not_(or_(*branches)) if branches else GRANT.c.path != "")
    line_out = and_(GRANT.c.line != "", GRANT.c.line.not_in(sorted(scope.lines)))
    outside = exists().where(mine, GRANT.c.until > now, or_(path_out, line_out))
    return and_(exists().where(mine, reaches(tx, scope)), not_(outside))


def _narrowed(wanted: PeopleWanted, now: int) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        found.append(or_(*(each.contains(wanted.text, autoescape=True) for each in _TEXTS)))
    if wanted.role:
        holds = (GRANT.c.person_id == PERSON.c.id, GRANT.c.role == wanted.role)
        found.append(exists().where(*holds, GRANT.c.until > now))
    states = {"active": PERSON.c.active, "out": not_(PERSON.c.active), "new": PERSON.c.must_change}
    return [*found, *([states[wanted.state]] if wanted.state in states else [])]


_TEXTS: Final = (PERSON.c.login, PERSON.c.name)


def _granted(tx: Reading, ids: Sequence[int], now: int) -> dict[int, tuple[Granted, ...]]:
    """Rights not over yet, by person."""
    rows = tx.conn.execute(
        select(GRANT, UNIT_REV.c.name.label("unit_name"))
        .outerjoin(
            UNIT_REV, and_(UNIT_REV.c.path == GRANT.c.path, UNIT_REV.c.superseded_at == OPEN)
        )
        .where(GRANT.c.person_id.in_(ids), GRANT.c.until > now)
        .order_by(GRANT.c.id)
    ).mappings()
    found: dict[int, tuple[Granted, ...]] = {}
    for row in rows:
        unit = WHOLE if row["path"] == "/" else row["unit_name"] or row["path"]
        where = " + ".join(each for each in (unit, row["line"] and f"{row['line']}条线") if each)
        told = (row["role"], row["path"], row["line"], where, row["since"], row["until"])
        found[row["person_id"]] = (*found.get(row["person_id"], ()), Granted(*told))
    return found


def _standing_in(tx: Reading, ids: Sequence[int], now: int) -> set[int]:
    """Who of these is a deputy at `now`."""
    rows = tx.conn.execute(
        select(DEPUTY.c.deputy_id).where(
            DEPUTY.c.deputy_id.in_(ids),
            DEPUTY.c.since <= now,
            DEPUTY.c.until > now,
            DEPUTY.c.ended_at.is_(None),
        )
    )
    return set(rows.scalars())


def _line(row: Mapping[Any, Any], granted: Sequence[Granted], *, deputy: bool) -> PersonLine:
    return PersonLine(
        row["id"],
        row["login"],
        row["name"],
        bool(row["active"]),
        bool(row["must_change"]),
        row["version"],
        row["last_seen"],
        tuple(granted),
        deputy,
    )
