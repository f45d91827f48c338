"""The audit in the store: nobody edits it, and whoever goes behind the database is found out."""

import pytest
from sqlalchemy.exc import DatabaseError

from monitor.access.chain import Anchor, anchor_of, link
from monitor.domain.errors import InputError, StoreError
from monitor.record import audit
from monitor.record.store import Store, Writing
from tests.conftest import StandingClock
from tests.record.builders import rows

GUARDED = ("audit", "audit_anchor", "audit_head")


@pytest.fixture
def three_days(store: Store, clock: StandingClock) -> Store:
    """Two entries a day for three days."""
    for _ in range(3):
        for action in ("登录", "导出"):
            with store.writing(durable=True) as tx:
                audit.add(tx, 7, action, "person", "7", "")
        clock.move(days=1)
    return store


def unguard(tx: Writing) -> None:
    """Take away what keeps the database from it, as somebody who owns the file could."""
    if tx.sqlite:
        found = tx.conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in found.scalars().all():
            tx.conn.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    for table in GUARDED:
        tx.conn.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def verified(store: Store, anchor: str = "") -> tuple[bool, str]:
    with store.reading() as tx:
        return audit.verify(tx, anchor_of(anchor) if anchor else None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET reason = '改过' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit_anchor",
        "UPDATE audit_anchor SET hash = 'x'",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seq = 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_done(
    three_days: Store, statement: str
) -> None:
    with pytest.raises((DatabaseError, StoreError)), three_days.writing() as tx:
        tx.conn.exec_driver_sql(statement)
    assert verified(three_days)[0]


def test_not_even_a_replacement_slips_through(three_days: Store) -> None:
    if not three_days.sqlite:
        return
    again = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2"
    with pytest.raises((DatabaseError, StoreError)), three_days.writing() as tx:
        tx.conn.exec_driver_sql(again)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET reason = '改过' WHERE seq = 2", "第2号"),
        ("UPDATE audit SET behalf_id = 3 WHERE seq = 4", "第4号"),
        ("DELETE FROM audit WHERE seq = 3", "第4号"),
        ("DELETE FROM audit WHERE seq > 4", "截去"),
        ("DELETE FROM audit", "截去"),
    ],
)
def test_behind_its_back_an_edit_a_deletion_and_a_cut_tail_are_found(
    three_days: Store, statement: str, told: str
) -> None:
    with three_days.writing() as tx:
        unguard(tx)
        tx.conn.exec_driver_sql(statement)
    sound, said = verified(three_days)
    assert not sound
    assert told in said


def test_a_chain_written_anew_is_found_by_an_anchor_alone(three_days: Store) -> None:
    with three_days.reading() as tx:
        printed = str(audit.head(tx))
    assert verified(three_days, printed) == (
        True,
        f"审计记录共6条,前后相接,未发现改动,与锚点{printed}相符",
    )
    with three_days.writing() as tx:
        rewrite(tx)
    assert verified(three_days)[0]
    sound, said = verified(three_days, printed)
    assert not sound
    assert printed in said


def rewrite(tx: Writing) -> None:
    """All entries anew with another reason, hashes, head and anchors made to fit."""
    unguard(tx)
    entries = [row[3:] for row in audit._entries(tx)]
    before, seq = "0" * 64, 0
    for seq, told in enumerate(entries, 1):
        entry = audit.Entry(*told[:5], "都改了", told[6])
        text = "UPDATE audit SET reason = '都改了', prev_hash = '{}', hash = '{}' WHERE seq = {}"
        hashed = link(before, entry)
        tx.conn.exec_driver_sql(text.format(before, hashed, seq))
        before = hashed
    tx.conn.exec_driver_sql(f"UPDATE audit_head SET hash = '{before}'")
    tx.conn.exec_driver_sql("DELETE FROM audit_anchor")


def test_each_day_leaves_its_head_as_an_anchor(three_days: Store) -> None:
    kept = rows(three_days, "SELECT day, seq FROM audit_anchor ORDER BY day")
    assert kept == [("2026-11-23", 2), ("2026-11-24", 4)]
    with three_days.writing() as tx:
        unguard(tx)
        tx.conn.exec_driver_sql(f"UPDATE audit_anchor SET hash = '{'f' * 64}' WHERE seq = 2")
    assert "锚点2-ffffffffffffffff" in verified(three_days)[1]


def test_an_entry_says_on_whose_behalf(store: Store) -> None:
    with store.writing() as tx:
        tx.acting.behalf = 9
        audit.add(tx, 7, "导出", "table", "health", "")
    assert rows(store, "SELECT actor_id, behalf_id FROM audit") == [(7, 9)]
    assert verified(store)[0]


ODD = "a\"b\\c\n\t\r\b\f\x01\x1f\x7f/é\u2028\U0001f600'%:x"
"""All that one writer of JSON might write otherwise than another."""


def test_the_database_writes_every_character_as_the_chain_does(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing() as tx:
        for number in range(5):
            tx.acting.behalf = number or None
            audit.add(tx, number or None, ODD, ODD, ODD, ODD * number)
    # Only the slow way goes along `_entries`: none of the blocks may need it.
    monkeypatch.setattr(audit, "_entries", None)
    monkeypatch.setattr(audit, "AT_ONCE", 2)
    assert verified(store) == (True, "审计记录共5条,前后相接,未发现改动")


def test_a_hash_moved_from_one_line_to_the_next_is_found(three_days: Store) -> None:
    with three_days.writing() as tx:
        unguard(tx)
        tx.conn.exec_driver_sql("UPDATE audit SET hash = substr(hash, 1, 63) WHERE seq = 2")
    assert "第2号" in verified(three_days)[1]


def test_an_entry_moved_far_behind_the_last_is_found_at_once(three_days: Store) -> None:
    with three_days.writing() as tx:
        unguard(tx)
        tx.conn.exec_driver_sql("UPDATE audit SET seq = 9000000000000000000 WHERE seq = 6")
    assert "锚点6-" in verified(three_days)[1]


@pytest.mark.parametrize("text", ["", "7", "x-0123456789abcdef", "7-0123", "7-0123456789abcdeg"])
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="锚点"):
        anchor_of(text)
    assert str(Anchor(7, "0123456789abcdef" * 4)) == "7-0123456789abcdef"
