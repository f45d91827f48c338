"""Contacts: phones and mails of people, units and accounts, sealed; lists see the masked form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, select, text

from monitor.domain.contact import Contact, ContactKind, Owner, OwnerKind, masked, normalised
from monitor.domain.errors import InputError
from monitor.record.staging import chunks
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

CONTACT = METADATA.tables["contact"]
ASKED_AT_ONCE: Final = 500
PUT: Final = text(
    "INSERT INTO contact (owner_kind, owner_id, kind, sealed, masked, lookup, recorded_at)"
    " VALUES (:owner_kind, :owner_id, :kind, :sealed, :masked, :lookup, :recorded_at)"
    " ON CONFLICT (owner_kind, owner_id, kind) DO UPDATE SET sealed = excluded.sealed,"
    " masked = excluded.masked, lookup = excluded.lookup, recorded_at = excluded.recorded_at"
)


@dataclass(frozen=True, slots=True)
class Given:
    """A contact as it was typed; it is normalised, sealed and forgotten."""

    owner: Owner
    kind: ContactKind
    value: str = field(repr=False)


def purpose(owner_kind: str, owner_id: int, kind: str) -> str:
    """What a contact is sealed for: it opens for this owner and kind only."""
    return f"contact:{owner_kind}:{owner_id}:{kind}"


def put(tx: Writing, vault: Vault, given: Sequence[Given]) -> None:
    """Keep contacts, one of each kind per owner, replacing older ones; a blank one is removed.

    InputError, which repeats no digit, where one is unfit; nothing is kept then.
    """
    rows = [_row(tx, vault, each) for each in given if each.value.strip()]
    for each in given:
        if not each.value.strip():
            remove(tx, each.owner, each.kind)
    for part in chunks(rows):
        tx.conn.execute(PUT, list(part))


def _row(tx: Writing, vault: Vault, given: Given) -> dict[str, Any]:
    value = normalised(given.kind, given.value)
    owner, kind = given.owner, given.kind.value
    return {
        "owner_kind": owner.kind.value,
        "owner_id": owner.id,
        "kind": kind,
        "sealed": vault.seal(value, purpose(owner.kind.value, owner.id, kind)),
        "masked": masked(given.kind, value),
        "lookup": vault.lookup(kind, value),
        "recorded_at": tx.stamp,
    }


def of(tx: Reading, owner: Owner) -> tuple[Contact, ...]:
    """The contacts of one owner, masked."""
    return of_many(tx, owner.kind, [owner.id]).get(owner.id, ())


def of_many(tx: Reading, kind: OwnerKind, ids: Iterable[int]) -> Mapping[int, tuple[Contact, ...]]:
    """Contacts by owner's id, masked; asked in parts, so that a list may be long."""
    found: dict[int, tuple[Contact, ...]] = {}
    for part in chunks(sorted(set(ids)), ASKED_AT_ONCE):
        for each in _read(tx, CONTACT.c.owner_kind == kind.value, CONTACT.c.owner_id.in_(part)):
            found[each.owner.id] = (*found.get(each.owner.id, ()), each)
    return found


def find(tx: Reading, vault: Vault, kind: ContactKind, value: str) -> tuple[Contact, ...]:
    """Whoever has exactly this contact, found by its keyed hash."""
    wanted = vault.lookup(kind.value, normalised(kind, value))
    return tuple(_read(tx, CONTACT.c.kind == kind.value, CONTACT.c.lookup == wanted))


def get(tx: Reading, contact_id: int) -> Contact | None:
    """One contact, masked; None where it is gone."""
    return next(iter(_read(tx, CONTACT.c.id == contact_id)), None)


def plain(tx: Reading, vault: Vault, contact_id: int) -> str:
    """The value itself, for an action that says why and writes it down.

    InputError where it is gone; CannotRun where it does not open.
    """
    row = tx.conn.execute(select(CONTACT).where(CONTACT.c.id == contact_id)).first()
    if row is None:
        raise InputError("联系方式已删除", "", "请刷新后重试")
    return _opened(vault, row)


def plain_of(
    tx: Reading, vault: Vault, kind: OwnerKind, ids: Iterable[int]
) -> Mapping[tuple[int, ContactKind], str]:
    """The values of many owners by id and kind, for a sensitive export or a call to make."""
    found: dict[tuple[int, ContactKind], str] = {}
    for part in chunks(sorted(set(ids)), ASKED_AT_ONCE):
        rows = tx.conn.execute(
            select(CONTACT).where(CONTACT.c.owner_kind == kind.value, CONTACT.c.owner_id.in_(part))
        )
        found |= {(row.owner_id, ContactKind(row.kind)): _opened(vault, row) for row in rows}
    return found


def remove(tx: Writing, owner: Owner, kind: ContactKind | None = None) -> int:
    """Forget an owner's contacts, or those of one kind; how many there were."""
    gone = delete(CONTACT).where(
        CONTACT.c.owner_kind == owner.kind.value, CONTACT.c.owner_id == owner.id
    )
    if kind is not None:
        gone = gone.where(CONTACT.c.kind == kind.value)
    return tx.conn.execute(gone).rowcount


def _opened(vault: Vault, row: Row[Any]) -> str:
    return vault.unseal(bytes(row.sealed), purpose(row.owner_kind, row.owner_id, row.kind))


def _read(tx: Reading, *conditions: ColumnElement[bool]) -> list[Contact]:
    wanted = select(
        CONTACT.c.id, CONTACT.c.owner_kind, CONTACT.c.owner_id, CONTACT.c.kind, CONTACT.c.masked
    )
    rows = tx.conn.execute(wanted.where(*conditions).order_by(CONTACT.c.owner_id, CONTACT.c.id))
    return [
        Contact(
            row.id,
            Owner(OwnerKind(row.owner_kind), row.owner_id),
            ContactKind(row.kind),
            row.masked,
        )
        for row in rows
    ]
