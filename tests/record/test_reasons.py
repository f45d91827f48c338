"""Typed reasons: sealed, found again by number, with a last day; gone or shut they say so."""

from sqlalchemy import text

from monitor.access.ciphers import KeyRing
from monitor.domain.instants import DAY
from monitor.domain.reason import Label, Mark
from monitor.record import reasons, sealed
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.builders import VAULT

TYPED = "核实停更原因;用途:第2号"
"""Somebody may type what looks like a number: it is words all the same."""


def two(store: Store) -> tuple[Mark, Mark]:
    with store.writing() as tx:
        return (
            reasons.keep(tx, VAULT, Label.CAUSE, TYPED),
            reasons.keep(tx, VAULT, Label.PURPOSE, "月度审计"),
        )


def told(store: Store, marks: tuple[Mark, ...], vault: Vault = VAULT) -> list[str]:
    with store.reading() as tx:
        return reasons.told(tx, vault, [f"3行;{each}" for each in marks])


def test_a_reason_is_found_again_by_its_number_and_stands_nowhere_in_the_clear(
    store: Store,
) -> None:
    marks = two(store)
    assert [str(each) for each in marks] == ["事由:第1号", "用途:第2号"]
    assert told(store, marks) == [f"3行;事由:{TYPED}", "3行;用途:月度审计"]
    with store.reading() as tx:
        rows = tx.conn.execute(text("SELECT * FROM typed_reason")).mappings().all()
    assert not any("核实".encode() in bytes(row["sealed"]) for row in rows)


def test_one_whose_time_is_over_is_gone_and_its_entry_stands(
    store: Store,
) -> None:
    marks = two(store)
    with store.writing() as tx:
        days = tx.conn.execute(text("SELECT keep_until FROM typed_reason")).scalars().all()
        assert set(days) == {tx.second + reasons.KEPT_DAYS * DAY}
        tx.conn.execute(text("DELETE FROM typed_reason WHERE id = 1"))
    assert told(store, marks) == [f"3行;事由:{reasons.GONE}", "3行;用途:月度审计"]


def test_a_lost_key_hides_the_reason_and_not_the_audit(store: Store) -> None:
    other = Vault(KeyRing((b"x" * 32,)), b"s" * 32)
    assert told(store, two(store)[1:], other) == [f"3行;用途:{reasons.SHUT}"]


def test_a_change_of_keys_takes_the_reasons_along(store: Store) -> None:
    marks = two(store)
    ring = KeyRing((b"n" * 32, b"k" * 32))
    assert sum(sealed.reseal(store, ring)) == 2
    only_new = Vault(KeyRing((b"n" * 32,)), b"s" * 32)
    assert told(store, marks, only_new) == told(store, marks, Vault(ring, b"s" * 32))
