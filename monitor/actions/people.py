"""People: enrol, set roles, reset a password, let in and keep out. Each is one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.access import passwords, permissions, scopes
from monitor.access.declared import free, needs
from monitor.actions import sending
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Grant, Permission, Person, Role
from monitor.domain.scope import EVERYTHING
from monitor.record import audit, contacts, people, sessions, sign_ons
from monitor.record.contacts import Given
from monitor.record.store import Store, Writing
from monitor.record.vault import Vault

__all__ = [
    "NewPerson",
    "disable",
    "enable",
    "enrol",
    "enrol_all",
    "is_login",
    "let_in_again",
    "may",
    "reset_password",
    "set_grants",
    "set_mail",
    "sign_out_everywhere",
]

may = permissions.may
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz"
CAPITALS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS: Final = "23456789"
"""Without the signs that are mistaken for one another on a printed slip."""
LONGEST_LOGIN: Final = 64


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be enrolled. `password` '' lets the machine make a first one.

    `must_change` False is for a password the person chose alone, say at the machine itself.
    """

    login: str
    name: str
    grants: tuple[Grant, ...] = ()
    password: str = field(default="", repr=False)
    must_change: bool = True


@dataclass(frozen=True, slots=True)
class _Checked:
    """Somebody whose login and password are in order, the password hashed."""

    login: str
    new: NewPerson
    password: str = field(repr=False)
    hashed: str = field(repr=False)


@needs(Permission.MANAGE_PEOPLE)
def enrol(
    store: Store, actor: Person | None, new: NewPerson, sent: Sent | None = None
) -> tuple[int, str]:
    """Enter a person: the id, and the first password, to be changed at the first sign-in.

    `actor` None is whoever runs the command line on the machine itself. The same form `sent` again
    enters nobody again; the password told then is the one that holds, for the first may never have
    been seen. InputError or Conflict say what is wrong with the login, the roles or the password.
    """
    if actor is None or sent is None:
        return enrol_all(store, actor, [new])[0]
    checked = _checked(new)
    with store.writing(durable=True) as tx:
        before = sending.done(tx, str(actor.id), sent)
        if before is not None:
            return _told_again(tx, actor, int(before["person_id"]), checked), checked.password
        made = sending.once(tx, actor, sent, lambda: {"person_id": _enter(tx, actor, checked)})
    return int(made["person_id"]), checked.password


def _told_again(tx: Writing, actor: Person, person_id: int, each: _Checked) -> int:
    """Another first password for whoever was entered by the same form and has not signed in."""
    person = _known(tx, person_id)
    _permit(tx, actor, person, ())
    if not person.must_change:
        raise Conflict(
            "该人员已登录使用,初始口令不再显示", person.login, "确需重置的请到人员页办理"
        )
    people.set_password(tx, person_id, each.hashed, must_change=True)
    _note(tx, actor, "重发初始口令", person_id)
    return person_id


@needs(Permission.MANAGE_PEOPLE)
def enrol_all(
    store: Store, actor: Person | None, everybody: Sequence[NewPerson]
) -> list[tuple[int, str]]:
    """Enter people all together or not at all; id and first password of each, in order."""
    # Hashing is slow on purpose: done before the write lock is taken.
    checked = [_checked(new) for new in everybody]
    with store.writing(durable=True) as tx:
        return [(_enter(tx, actor, each), each.password) for each in checked]


def _checked(new: NewPerson) -> _Checked:
    login = _login(new.login)
    password = new.password or first_password()
    fault = passwords.fault(password, login, new.name) if new.password else ""
    if fault:
        raise InputError(fault, login)
    return _Checked(login, new, password, passwords.hash_password(password))


def _enter(tx: Writing, actor: Person | None, each: _Checked) -> int:
    _permit(tx, actor, None, each.new.grants)
    person_id = people.add(tx, each.login, each.new.name.strip(), each.hashed)
    if not each.new.must_change:
        people.set_password(tx, person_id, each.hashed, must_change=False)
    people.set_grants(tx, person_id, each.new.grants)
    _note(tx, actor, "新增人员", person_id)
    return person_id


@needs(Permission.MANAGE_PEOPLE)
def set_grants(
    store: Store,
    actor: Person | None,
    person_id: int,
    grants: Sequence[Grant],
    version: int | None = None,
) -> None:
    """Exactly these roles and scopes from now on; open sessions see them at their next step.

    `version` is that of the row looked at: Conflict where somebody changed the person since.
    """
    if actor is not None and actor.id == person_id:
        raise Forbidden("不能调整自己的角色", "", "请由另一位管理员办理")
    with store.writing(durable=True) as tx:
        kept = _kept(tx, person_id)
        if version is not None and kept.version != version:
            raise Conflict("该人员刚被他人修改,未保存", kept.person.login, "请刷新,看过再改")
        _permit(tx, actor, kept.person, grants)
        people.set_grants(tx, person_id, grants)
        _note(tx, actor, "调整角色", person_id)


@needs(Permission.MANAGE_PEOPLE)
def set_mail(store: Store, vault: Vault, actor: Person | None, person_id: int, mail: str) -> None:
    """Where the week of somebody's unit is sent; '' sends it nowhere. InputError where unfit."""
    given = Given(Owner(OwnerKind.PERSON, person_id), ContactKind.MAIL, mail)
    with store.writing(durable=True) as tx:
        _permit(tx, actor, _known(tx, person_id), ())
        contacts.put(tx, vault, [given])
        _note(tx, actor, "登记邮箱", person_id)


@needs(Permission.MANAGE_PEOPLE)
def reset_password(store: Store, actor: Person | None, person_id: int) -> str:
    """A new first password for somebody; all of that person's sessions end.

    Who he is at the sign-on service is forgotten, too: the next to come from there with his login
    is linked anew.
    """
    password = first_password()
    hashed = passwords.hash_password(password)
    with store.writing(durable=True) as tx:
        person = _known(tx, person_id)
        _permit(tx, actor, person, ())
        people.set_password(tx, person_id, hashed, must_change=True)
        sessions.revoke_all(tx, person_id)
        sessions.forgive(tx, person.login)
        sign_ons.unlink(tx, person_id)
        _note(tx, actor, "重置口令", person_id)
    return password


@needs(Permission.MANAGE_PEOPLE)
def disable(store: Store, actor: Person | None, person_id: int) -> None:
    """Keep somebody out; all of that person's sessions end within seconds."""
    if actor is not None and actor.id == person_id:
        raise Forbidden("不能停用自己", "", "请由另一位管理员办理")
    with store.writing(durable=True) as tx:
        _permit(tx, actor, _known(tx, person_id), ())
        people.set_active(tx, person_id, active=False)
        sessions.revoke_all(tx, person_id)
        _note(tx, actor, "停用人员", person_id)


@needs(Permission.MANAGE_PEOPLE)
def sign_out_everywhere(store: Store, actor: Person | None, person_id: int) -> None:
    """End all sessions of somebody, say of a lost phone, and let the password stand."""
    with store.writing(durable=True) as tx:
        _permit(tx, actor, _known(tx, person_id), ())
        sessions.revoke_all(tx, person_id)
        _note(tx, actor, "强制退出", person_id)


@needs(Permission.MANAGE_PEOPLE)
def let_in_again(store: Store, actor: Person | None, person_id: int) -> None:
    """Forget the failed tries of somebody who was made to wait."""
    with store.writing(durable=True) as tx:
        person = _known(tx, person_id)
        _permit(tx, actor, person, ())
        sessions.forgive(tx, person.login)
        _note(tx, actor, "解除登录等待", person_id)


@needs(Permission.MANAGE_PEOPLE)
def enable(store: Store, actor: Person | None, person_id: int) -> None:
    """Let somebody in again."""
    with store.writing(durable=True) as tx:
        _permit(tx, actor, _known(tx, person_id), ())
        people.set_active(tx, person_id, active=True)
        _note(tx, actor, "启用人员", person_id)


@free("asked at the command line, on the machine itself")
def person_called(store: Store, login: str, now: int) -> Person:
    """Whoever signs in as `login`; InputError where nobody does."""
    with store.reading() as tx:
        kept = people.by_login(tx, login.strip().lower(), now)
    if kept is None:
        raise InputError("没有这个登录名", login, "请核对登录名")
    return kept.person


def first_password() -> str:
    """A password for a printed slip: three kinds of signs, none that is mistaken for another."""
    kinds = (CAPITALS, LETTERS, LETTERS, LETTERS, DIGITS, DIGITS)
    return "-".join("".join(secrets.choice(kind) for kind in kinds) for _ in range(2))


def is_login(text: str) -> bool:
    """Whether somebody can be entered under this login."""
    plain = text.isascii() and all(char.isalnum() or char in "._-" for char in text)
    return plain and 0 < len(text) <= LONGEST_LOGIN


def _login(text: str) -> str:
    login = text.strip().lower()
    if not is_login(login):
        raise InputError("登录名只能用字母、数字、点、横线", text, "例如 wuhan.liwei")
    return login


def managed(tx: Writing, actor: Person | None, person_id: int) -> int | None:
    """The id of an actor who may manage a person, as things stand now; None at the command line."""
    _permit(tx, actor, _known(tx, person_id), ())
    return actor.id if actor else None


def _kept(tx: Writing, person_id: int) -> people.Kept:
    kept = people.by_id(tx, person_id, tx.second)
    if kept is None:
        raise InputError("没有这个人员", str(person_id), "请刷新后重试")
    return kept


def _known(tx: Writing, person_id: int) -> Person:
    return _kept(tx, person_id).person


def _permit(
    tx: Writing, actor: Person | None, person: Person | None, grants: Sequence[Grant]
) -> None:
    """One manages people within one's own scope, and gives away no more than one has."""
    fault = permissions.excluded(grant.role for grant in grants)
    if fault:
        raise InputError(fault)
    if actor is None:
        return
    acting = permit_person(tx, actor, Permission.MANAGE_PEOPLE)
    rights = list(grants)
    if person is not None:
        # Rights to come count too, lent ones do not: they are another's, and end by themselves.
        rights += [each for each in people.grants_of(tx, person.id) if each.until > tx.second]
        if not rights and not scopes.within(EVERYTHING, acting.scope):
            raise Forbidden("该人员尚无角色,由省厅管理员办理", "", "请联系上级管理员办理")
    within = scopes.within(scopes.united(rights), acting.scope)
    if not within or not permissions.outranks(_gives(acting), {each.role for each in rights}):
        raise Forbidden("超出本人管理范围", "", "请联系上级管理员办理")


def _gives(acting: Person) -> frozenset[Role]:
    """The roles by which somebody manages people; a lent one is as good as an own."""
    return frozenset(each for each in acting.roles if each in permissions.GIVES)


def _note(tx: Writing, actor: Person | None, action: str, person_id: int) -> None:
    audit.add(tx, actor.id if actor else None, action, "person", str(person_id), "")
