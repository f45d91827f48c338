"""Sessions and failed attempts: a browser that signed in, and those that could not."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from monitor.domain.person import Place, Seat, Session
from monitor.record import people
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

SESSION = METADATA.tables["session"]
ATTEMPT = METADATA.tables["attempt"]


@dataclass(frozen=True, slots=True)
class Attempts:
    """Seconds (UTC) at which signing in failed, by login and by address."""

    by_login: tuple[int, ...]
    by_address: tuple[int, ...]


def begin(
    tx: Writing,
    person_id: int,
    token_sha256: str,
    csrf: str,
    expires_at: int,
    place: Place | None = None,
) -> int:
    """Open a session; the token itself is never kept."""
    where = place or Place()
    added = insert(SESSION).values(
        token_sha256=token_sha256,
        person_id=person_id,
        csrf=csrf,
        created_at=tx.second,
        seen_at=tx.second,
        expires_at=expires_at,
        address=where.address,
        device=where.device,
    )
    return int(tx.conn.execute(added.returning(SESSION.c.id)).scalar_one())


def find(tx: Reading, token_sha256: str, now: int, idle: int) -> Session | None:
    """The live session of a token: not revoked, not over, seen within `idle` seconds, its person
    still active. None otherwise: the caller need not know why."""
    row = (
        tx.conn.execute(
            select(SESSION).where(
                SESSION.c.token_sha256 == token_sha256,
                SESSION.c.revoked_at.is_(None),
                SESSION.c.expires_at > now,
                SESSION.c.seen_at > now - idle,
            )
        )
        .mappings()
        .first()
    )
    kept = people.by_id(tx, row["person_id"], now) if row is not None else None
    if row is None or kept is None or not kept.person.active:
        return None
    until = min(row["expires_at"], row["seen_at"] + idle)
    return Session(row["id"], kept.person, until, row["csrf"], row["seen_at"])


def seats(tx: Reading, person_id: int, now: int, idle: int) -> list[Seat]:
    """The open sessions of a person, the one last used first."""
    rows = tx.conn.execute(
        select(SESSION)
        .where(
            SESSION.c.person_id == person_id,
            SESSION.c.revoked_at.is_(None),
            SESSION.c.expires_at > now,
            SESSION.c.seen_at > now - idle,
        )
        .order_by(SESSION.c.seen_at.desc(), SESSION.c.id.desc())
    )
    return [
        Seat(row.id, Place(row.address, row.device), row.created_at, row.seen_at) for row in rows
    ]


def place_of(tx: Reading, session_id: int) -> Place:
    """Where a session was opened; blank where it is not on record."""
    found = select(SESSION.c.address, SESSION.c.device).where(SESSION.c.id == session_id)
    row = tx.conn.execute(found).first()
    return Place(row.address, row.device) if row is not None else Place()


def touch(tx: Writing, session_id: int) -> None:
    """Somebody is at the desk."""
    tx.conn.execute(update(SESSION).where(SESSION.c.id == session_id).values(seen_at=tx.second))


def revoke(tx: Writing, session_id: int) -> None:
    """End one session; ended ones keep their first end."""
    _revoke(tx, SESSION.c.id == session_id)


def revoke_own(tx: Writing, person_id: int, session_id: int) -> bool:
    """End one session of this person; False where it is somebody else's, or over already."""
    return bool(_revoke(tx, SESSION.c.id == session_id, SESSION.c.person_id == person_id))


def revoke_all(tx: Writing, person_id: int, but: int | None = None) -> None:
    """End all sessions of a person, except perhaps the one in use."""
    _revoke(tx, SESSION.c.person_id == person_id, SESSION.c.id != (but or 0))


def attempts(tx: Reading, login: str, address: str, since: int) -> Attempts:
    """Failures since a second, of this login and from this address."""
    rows = tx.conn.execute(
        select(ATTEMPT.c.login, ATTEMPT.c.address, ATTEMPT.c.at).where(
            ATTEMPT.c.at >= since, or_(ATTEMPT.c.login == login, ATTEMPT.c.address == address)
        )
    ).all()
    return Attempts(
        tuple(row.at for row in rows if row.login == login),
        tuple(row.at for row in rows if row.address == address),
    )


def attempt(tx: Writing, login: str, address: str) -> int:
    """Count a try as failed before it is checked, so that many at once cannot slip through."""
    added = insert(ATTEMPT).values(login=login, address=address, at=tx.second)
    return int(tx.conn.execute(added.returning(ATTEMPT.c.id)).scalar_one())


def forgive(tx: Writing, login: str, attempt_id: int | None = None) -> None:
    """Forget what was counted against a login, and one try, after the right password."""
    tx.conn.execute(
        delete(ATTEMPT).where(or_(ATTEMPT.c.login == login, ATTEMPT.c.id == (attempt_id or 0)))
    )


def _revoke(tx: Writing, *conditions: ColumnElement[bool]) -> int:
    done = tx.conn.execute(
        update(SESSION)
        .where(SESSION.c.revoked_at.is_(None), *conditions)
        .values(revoked_at=tx.second)
    )
    return done.rowcount
