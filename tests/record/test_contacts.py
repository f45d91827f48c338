"""Contacts are kept sealed, found by a keyed hash, listed masked, opened with the key."""

import pytest
from sqlalchemy import text

from monitor.access.ciphers import KeyRing
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import CannotRun, InputError
from monitor.record import contacts
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.record.vault import LINKS, SEARCH, Vault, own_secret

RING = KeyRing((bytes(range(32)),))
PHONE, MAIL = "13800001234", "liaison@example.gov.cn"
SOMEBODY, OTHER = Owner(OwnerKind.LIAISON, 7), Owner(OwnerKind.LIAISON, 8)
MOBILE = ContactKind.MOBILE


@pytest.fixture
def vault(store: Store) -> Vault:
    return Vault(RING, own_secret(store, RING, SEARCH))


def put(store: Store, vault: Vault, *given: Given) -> None:
    with store.writing() as tx:
        contacts.put(tx, vault, given)


def test_a_contact_is_listed_masked_and_opened_on_purpose(store: Store, vault: Vault) -> None:
    put(store, vault, Given(SOMEBODY, MOBILE, PHONE), Given(OTHER, ContactKind.MAIL, MAIL))
    with store.reading() as tx:
        (found,) = contacts.of(tx, SOMEBODY)
        assert (found.masked, found.kind) == ("138****1234", MOBILE)
        assert contacts.plain(tx, vault, found.id) == PHONE
        assert contacts.get(tx, found.id) == found
        assert contacts.of_many(tx, OwnerKind.LIAISON, [7, 8, 9]).keys() == {7, 8}
        assert contacts.plain_of(tx, vault, OwnerKind.LIAISON, [8]) == {(8, ContactKind.MAIL): MAIL}


def test_no_row_holds_the_value(store: Store, vault: Vault) -> None:
    put(store, vault, Given(SOMEBODY, MOBILE, PHONE))
    with store.reading() as tx:
        row = tx.conn.execute(text("SELECT * FROM contact")).one()
    assert not [part for part in row if PHONE.encode() in str(part).encode() or part == PHONE]
    assert PHONE.encode() not in bytes(row.sealed)
    assert PHONE not in repr(Given(SOMEBODY, MOBILE, PHONE)) + repr(vault)


def test_a_contact_is_found_by_its_value_however_it_is_typed(store: Store, vault: Vault) -> None:
    put(store, vault, Given(SOMEBODY, MOBILE, PHONE), Given(OTHER, MOBILE, "13900000000"))
    with store.reading() as tx:
        assert [each.owner for each in contacts.find(tx, vault, MOBILE, "138 0000 1234")] == [
            SOMEBODY
        ]
        assert not contacts.find(tx, Vault(RING, bytes(32)), MOBILE, PHONE)


def test_a_newer_contact_replaces_the_older_and_a_blank_one_removes_it(
    store: Store, vault: Vault
) -> None:
    put(store, vault, Given(SOMEBODY, MOBILE, PHONE))
    put(store, vault, Given(SOMEBODY, MOBILE, "13900000000"))
    with store.reading() as tx:
        assert [each.masked for each in contacts.of(tx, SOMEBODY)] == ["139****0000"]
    put(store, vault, Given(SOMEBODY, MOBILE, " "))
    with store.reading() as tx:
        assert not contacts.of(tx, SOMEBODY)


def test_an_unfit_contact_keeps_none_of_them(store: Store, vault: Vault) -> None:
    with pytest.raises(InputError, match="手机格式不对"):
        put(store, vault, Given(SOMEBODY, MOBILE, PHONE), Given(OTHER, MOBILE, "123"))
    with store.reading() as tx:
        assert not contacts.of(tx, SOMEBODY)


def test_a_sealed_contact_cannot_be_moved_to_another_owner(store: Store, vault: Vault) -> None:
    put(store, vault, Given(SOMEBODY, MOBILE, PHONE))
    with store.writing() as tx:
        tx.conn.execute(text("UPDATE contact SET owner_id = 8"))
    with store.reading() as tx:
        (moved,) = contacts.of(tx, OTHER)
        with pytest.raises(CannotRun, match="打不开"):
            contacts.plain(tx, vault, moved.id)


def test_own_secrets_are_made_once_and_kept_sealed(store: Store) -> None:
    made = own_secret(store, RING, SEARCH)
    assert len(made) == 32
    assert own_secret(store, RING, SEARCH) == made
    assert own_secret(store, RING, LINKS) != made
    with store.reading() as tx:
        for row in tx.conn.execute(text("SELECT sealed FROM own_secret")):
            assert made not in bytes(row.sealed)
