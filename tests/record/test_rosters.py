"""Rosters in the store: kept by unit and day or person, changed once, their numbers sealed."""

import pytest
from sqlalchemy import text

from monitor.access.ciphers import KeyRing
from monitor.domain.contact import OwnerKind
from monitor.domain.duty import Duty, Liaison, Phones
from monitor.domain.errors import Conflict
from monitor.record import contacts, rosters, units
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.actions.test_ledgers import a_province

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
CITY = "421000000000"


@pytest.fixture
def ready(store: Store) -> Store:
    with store.writing() as tx:
        units.save(tx, a_province())
    return store


def test_a_day_entered_again_takes_the_place_of_the_first(ready: Store) -> None:
    with ready.writing() as tx:
        first = rosters.keep_duty(tx, VAULT, Duty("2026-11-23", CITY, officer="王某"), Phones())
        again = rosters.keep_duty(tx, VAULT, Duty("2026-11-23", CITY, officer="李某"), Phones())
    assert first == again
    with ready.reading() as tx:
        [found] = rosters.duties(tx)
        assert (found.officer, found.unit_name) == ("李某", "荆州市公安局")
        assert rosters.duties(tx, "2026-11-24") == []


def test_a_number_is_sealed_and_stays_where_a_later_file_has_none(ready: Store) -> None:
    given = Liaison(CITY, "王某", since="2026-01-01")
    with ready.writing() as tx:
        key = rosters.keep_liaison(tx, VAULT, given, Phones(mobile="13800001234"))
        rosters.keep_liaison(tx, VAULT, given, Phones())
    with ready.reading() as tx:
        [contact] = contacts.of_many(tx, OwnerKind.LIAISON, [key])[key]
        assert contact.masked == "138****1234"
        assert contacts.plain(tx, VAULT, contact.id) == "13800001234"
        sealed = tx.conn.execute(text("SELECT sealed FROM contact")).scalar_one()
        assert b"13800001234" not in bytes(sealed)


def test_who_changes_a_liaison_after_somebody_else_is_told(ready: Store) -> None:
    with ready.writing() as tx:
        key = rosters.keep_liaison(tx, VAULT, Liaison(CITY, "王某", since="2026-01-01"), Phones())
        rosters.end(tx, key, 1, "2026-11-22")
    with ready.writing() as tx, pytest.raises(Conflict, match="改过"):
        rosters.end(tx, key, 1, "2026-11-30")
    with ready.reading() as tx:
        found = rosters.liaison(tx, key)
    assert found is not None
    assert (found.until, found.version) == ("2026-11-22", 2)
