"""The store gives stamps that only grow, refuses what it cannot serve, and says why in Chinese."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from monitor.domain.errors import StoreError
from monitor.record import migrate
from monitor.record.store import Store, open_store
from monitor.record.tables.base import METADATA
from tests.conftest import StandingClock


def test_stamps_grow_even_when_the_clock_stands_still_or_goes_back(
    store: Store, clock: StandingClock
) -> None:
    stamps = []
    for seconds in (0, 0, -3600, 5):
        clock.move(seconds=seconds)
        with store.writing() as tx:
            stamps.append(tx.stamp)
    assert stamps == sorted(set(stamps))


def test_writers_in_many_threads_all_get_stamps_of_their_own(store: Store) -> None:
    def write(_: int) -> int:
        with store.writing() as tx:
            return tx.stamp

    with ThreadPoolExecutor(4) as pool:
        stamps = list(pool.map(write, range(40)))
    assert len(set(stamps)) == 40


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(RuntimeError, match="half way"), store.writing() as tx:
        tx.conn.execute(text("INSERT INTO unit (code) VALUES ('420000000000')"))
        raise RuntimeError("half way")
    with store.reading() as tx:
        assert tx.conn.execute(text("SELECT count(*) FROM unit")).scalar_one() == 0


def test_the_migrated_schema_is_exactly_the_schema_of_the_tables(store: Store) -> None:
    with store.engine.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn), METADATA) == []


def test_audit_entries_can_be_neither_changed_nor_removed(store: Store) -> None:
    with store.writing() as tx:
        tx.conn.execute(
            text(
                "INSERT INTO audit (at, action, object_kind, object_id, reason, prev_hash, hash)"
                " VALUES (1, 'a', '', '', '', '', 'h')"
            )
        )
    for statement in ("UPDATE audit SET action = 'b'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="append only"), store.writing() as tx:
            tx.conn.execute(text(statement))


def test_a_database_newer_than_the_code_is_refused_and_left_alone(sqlite_store: Store) -> None:
    with sqlite_store.writing() as tx:
        tx.conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="数据库比程序新"):
        migrate.check(sqlite_store)
    with pytest.raises(StoreError, match="数据库比程序新"):
        migrate.upgrade(sqlite_store)
    assert migrate.current(sqlite_store) == "9999"


def test_a_file_that_is_no_database_is_named_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "wrong.db"
    path.write_bytes(b"this is a letter, not a database\n" * 100)
    opened = open_store(f"sqlite:///{path}", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(StoreError, match="不是数据库"):
        migrate.check(opened)
    opened.close()


def test_a_folder_that_is_not_there_is_named_in_chinese(tmp_path: Path) -> None:
    opened = open_store(
        f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}", lambda: datetime(2026, 1, 1, tzinfo=UTC)
    )
    with pytest.raises(StoreError, match="打不开"):
        migrate.check(opened)
    opened.close()
