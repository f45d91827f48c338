"""People as the store keeps them: who may sign in, with which roles, over what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from monitor.access import deputies
from monitor.access.scopes import in_force, roles_of, scope_of
from monitor.domain.errors import Conflict
from monitor.domain.person import Grant, Person, Role
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

PERSON = METADATA.tables["person"]
GRANT = METADATA.tables["grant"]
DEPUTY = METADATA.tables["deputy"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A person beside the password's hash and the row's version; it never leaves the actions."""

    person: Person
    password: str = field(repr=False)
    version: int


def by_login(tx: Reading, login: str, now: int) -> Kept | None:
    """Whoever signs in as `login`, with the grants in force at `now` (UTC seconds)."""
    return _one(tx, PERSON.c.login == login, now)


def by_id(tx: Reading, person_id: int, now: int) -> Kept | None:
    """The person with this id, with the grants in force at `now`."""
    return _one(tx, PERSON.c.id == person_id, now)


def everyone(tx: Reading, now: int) -> list[Person]:
    """All people by login, those who are out included."""
    grants, lent = _grants(tx, None), _lent(tx, None, now)
    rows = tx.conn.execute(select(PERSON).order_by(PERSON.c.login)).mappings()
    return [
        _person(row, deputies.held(grants.get(row["id"], []), lent.get(row["id"], []), now), now)
        for row in rows
    ]


def grants_of(tx: Reading, person_id: int) -> list[Grant]:
    """All grants a person ever had and still has on record, oldest first."""
    return _grants(tx, person_id).get(person_id, [])


def add(tx: Writing, login: str, name: str, password: str) -> int:
    """Enter somebody with the hash of a first password, to be changed; Conflict if the login is."""
    if by_login(tx, login, tx.second) is not None:
        raise Conflict("登录名已被使用", login, "请换一个登录名")
    added = insert(PERSON).values(
        login=login,
        name=name,
        password=password,
        must_change=True,
        active=True,
        version=0,
        recorded_at=tx.stamp,
    )
    return int(tx.conn.execute(added.returning(PERSON.c.id)).scalar_one())


def set_password(tx: Writing, person_id: int, password: str, *, must_change: bool) -> None:
    """Keep another hash."""
    _update(tx, person_id, password=password, must_change=must_change)


def set_active(tx: Writing, person_id: int, *, active: bool) -> None:
    """Let somebody in, or keep him out."""
    _update(tx, person_id, active=active)


def rename(tx: Writing, person_id: int, name: str) -> None:
    """Write a name as it is now."""
    _update(tx, person_id, name=name)


def set_grants(tx: Writing, person_id: int, grants: Sequence[Grant]) -> None:
    """Exactly these grants from now on."""
    _update(tx, person_id)
    tx.conn.execute(delete(GRANT).where(GRANT.c.person_id == person_id))
    for grant in grants:
        tx.conn.execute(
            insert(GRANT).values(
                person_id=person_id,
                role=grant.role.value,
                path=grant.path,
                line=grant.line,
                since=grant.since,
                until=grant.until,
            )
        )


def _update(tx: Writing, person_id: int, **values: object) -> None:
    tx.conn.execute(
        update(PERSON)
        .where(PERSON.c.id == person_id)
        .values(version=PERSON.c.version + 1, recorded_at=tx.stamp, **values)
    )


def _one(tx: Reading, condition: ColumnElement[bool], now: int) -> Kept | None:
    row = tx.conn.execute(select(PERSON).where(condition)).mappings().first()
    if row is None:
        return None
    own = _grants(tx, row["id"]).get(row["id"], [])
    lent = _lent(tx, row["id"], now).get(row["id"], [])
    grants = deputies.held(own, lent, now)
    return Kept(_person(row, grants, now), row["password"], row["version"])


def _grants(tx: Reading, person_id: int | None) -> dict[int, list[Grant]]:
    found = select(GRANT).order_by(GRANT.c.id)
    if person_id is not None:
        found = found.where(GRANT.c.person_id == person_id)
    held: dict[int, list[Grant]] = {}
    for row in tx.conn.execute(found).mappings():
        grant = Grant(Role(row["role"]), row["path"], row["line"], row["since"], row["until"])
        held.setdefault(row["person_id"], []).append(grant)
    return held


def _lent(tx: Reading, deputy_id: int | None, now: int) -> dict[int, list[Grant]]:
    """The own grants of those a deputy stands in for at `now`, by deputy; of people still here."""
    found = (
        select(DEPUTY.c.deputy_id, DEPUTY.c.person_id, GRANT)
        .join(GRANT, GRANT.c.person_id == DEPUTY.c.person_id)
        .join(PERSON, PERSON.c.id == DEPUTY.c.person_id)
        .where(DEPUTY.c.since <= now, DEPUTY.c.until > now, DEPUTY.c.ended_at.is_(None))
        .where(PERSON.c.active)
        .order_by(DEPUTY.c.id, GRANT.c.id)
    )
    if deputy_id is not None:
        found = found.where(DEPUTY.c.deputy_id == deputy_id)
    lent: dict[int, list[Grant]] = {}
    for row in tx.conn.execute(found).mappings():
        grant = Grant(
            Role(row["role"]),
            row["path"],
            row["line"],
            row["since"],
            row["until"],
            row["person_id"],
        )
        lent.setdefault(row["deputy_id"], []).append(grant)
    return lent


def _person(row: RowMapping, grants: Sequence[Grant], now: int) -> Person:
    return Person(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        roles=roles_of(grants, now),
        scope=scope_of(grants, now),
        must_change=bool(row["must_change"]),
        active=bool(row["active"]),
        held=in_force(grants, now),
    )
