"""Signing in and out: what the entrance of the desk may ask, and the session behind a cookie."""

import secrets
from dataclasses import dataclass, field
from typing import Final

from monitor.access import lockout, passwords, tokens
from monitor.access.declared import free
from monitor.access.redirects import safe_path
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import HOUR, MINUTE
from monitor.domain.person import Person, Place, Session
from monitor.record import audit, people, sessions
from monitor.record.store import Store, Writing

__all__ = [
    "Entered",
    "Lasting",
    "change_password",
    "form_holds",
    "form_token",
    "safe_path",
    "same",
    "session_of",
    "sign_in",
    "sign_out",
    "stay",
]

form_token = tokens.form_token
form_holds = tokens.form_holds
same = tokens.same
WRONG: Final = "登录名或口令不正确"
LONGEST_LOGIN: Final = 64


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts: without use, and at most (seconds)."""

    idle: int = 60 * MINUTE
    most: int = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Entered:
    """A new session with its token: the only time the token is known."""

    token: str = field(repr=False)
    session: Session


@free("nobody is known yet")
def sign_in(
    store: Store, login: str, password: str, place: Place | str, lasting: Lasting
) -> Entered:
    """Open a session for the right password.

    InputError says that login or password is wrong, never which; Forbidden how long to wait. The
    try is counted before the password is checked: a thousand at once are a thousand tries.
    """
    login = login.strip().lower()[:LONGEST_LOGIN]
    where = Place(place) if isinstance(place, str) else place
    with store.writing() as tx:
        kept, attempt_id = _admit(tx, login, where.address)
    known = kept is not None and kept.person.active
    right = passwords.verify(kept.password if kept and known else None, password)
    if kept is None or not right:
        _failed(store, kept)
        raise InputError(WRONG)
    renewed = passwords.hash_password(password) if passwords.outdated(kept.password) else ""
    with store.writing(durable=True) as tx:
        _still_in(tx, kept)
        if renewed:
            people.set_password(tx, kept.person.id, renewed, must_change=kept.person.must_change)
        sessions.forgive(tx, kept.person.login, attempt_id)
        audit.add(tx, kept.person.id, "登录", "person", str(kept.person.id), "")
        return begin(tx, kept.person.id, lasting, where)


def _failed(store: Store, kept: people.Kept | None) -> None:
    """Put a failure on record: whose login it was where it is somebody's, never what was typed."""
    whose = "" if kept is None else str(kept.person.id)
    with store.writing() as tx:
        audit.add(tx, None, "登录失败", "person", whose, "")


@free("the cookie is the right to one session")
def session_of(store: Store, token: str | None, now: int, lasting: Lasting) -> Session | None:
    """The live session of a cookie's token; None where there is none any more."""
    if not token:
        return None
    with store.reading() as tx:
        return sessions.find(tx, tokens.digest(token), now, lasting.idle)


@free("the session is his own")
def stay(store: Store, session: Session, now: int) -> None:
    """Note that the person is at work; written once a minute at most."""
    if now - session.seen_at < MINUTE:
        return
    with store.writing() as tx:
        sessions.touch(tx, session.id)


@free("the session is his own")
def sign_out(store: Store, session: Session) -> None:
    """End this session."""
    with store.writing(durable=True) as tx:
        sessions.revoke(tx, session.id)
        audit.add(tx, session.person.id, "退出登录", "person", str(session.person.id), "")


@free("the session is his own")
def change_password(
    store: Store, session: Session, old: str, new: str, lasting: Lasting
) -> Entered:
    """Change one's own password; every other session ends, this one goes on under a new token."""
    person = session.person
    with store.writing() as tx:
        kept, attempt_id = _admit(tx, person.login, f"session:{session.id}")
    if kept is None or not passwords.verify(kept.password, old):
        raise InputError("原口令不正确")
    fault = passwords.fault(new, person.login, person.name) or (
        "新口令不能与原口令相同" if old == new else ""
    )
    hashed = "" if fault else passwords.hash_password(new)
    with store.writing(durable=True) as tx:
        sessions.forgive(tx, person.login, attempt_id)
        if not fault:
            place = sessions.place_of(tx, session.id)
            _replace(tx, person, hashed)
            entered = begin(tx, person.id, lasting, place)
    if fault:
        raise InputError(fault)
    return entered


def _replace(tx: Writing, person: Person, hashed: str) -> None:
    people.set_password(tx, person.id, hashed, must_change=False)
    sessions.revoke_all(tx, person.id)
    audit.add(tx, person.id, "修改口令", "person", str(person.id), "")


def _admit(tx: Writing, login: str, address: str) -> tuple[people.Kept | None, int]:
    tried = sessions.attempts(tx, login, address, tx.second - lockout.WINDOW)
    seconds = lockout.wait(tried.by_login, tried.by_address, tx.second)
    if seconds:
        raise Forbidden(lockout.say(seconds))
    return people.by_login(tx, login, tx.second), sessions.attempt(tx, login, address)


def _still_in(tx: Writing, kept: people.Kept) -> None:
    """Under the lock again: the person may have been put out, or reset, while argon2 worked."""
    still = people.by_id(tx, kept.person.id, tx.second)
    if still is None or not still.person.active or still.version != kept.version:
        raise InputError(WRONG)


@free("a part of signing in, in its transaction")
def begin(tx: Writing, person_id: int, lasting: Lasting, place: Place) -> Entered:
    """A new session under a new token: no token is ever taken from a browser."""
    token = secrets.token_urlsafe(32)
    digest = tokens.digest(token)
    csrf, until = secrets.token_urlsafe(24), tx.second + lasting.most
    sessions.begin(tx, person_id, digest, csrf, until, place)
    session = sessions.find(tx, digest, tx.second, lasting.idle)
    if session is None:
        raise InputError(WRONG)
    return Entered(token, session)
