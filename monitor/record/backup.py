"""Copies of a SQLite store while it is in use, and putting one back."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import text

from monitor.domain.errors import CannotRun, InputError
from monitor.domain.instants import to_second
from monitor.record import alone, migrate
from monitor.record.store import Store, open_store


def backup(store: Store, target: Path) -> None:
    """A whole, consistent copy at `target`; refused where a file stands there already."""
    _sqlite_only(store)
    if target.exists():
        raise InputError("备份文件已存在,不会覆盖", str(target), "请换一个文件名")
    with store.engine.connect() as raw:
        conn = raw.execution_options(isolation_level="AUTOCOMMIT")
        conn.execute(text("VACUUM INTO :target"), {"target": str(target)})


def restore(store: Store, source: Path) -> Path | None:
    """Put a copy back; the database it replaces is kept beside it and returned.

    Page by page under SQLite's own locks, so that a reader that is still there sees the one or the
    other and nothing in between.
    """
    _sqlite_only(store)
    if not source.exists():
        raise InputError("找不到备份文件", str(source), "请检查路径")
    copy = open_store(f"sqlite:///{source}", store.clock)
    path = Path(str(store.engine.url.database))
    kept = path.with_name(f"{path.stem}.before-restore-{to_second(store.clock())}.db")
    try:
        migrate.current(copy)
        with alone.only_scheduler(store):
            existed = path.exists()
            if existed:
                backup(store, kept)
            _copy(copy, store)
    finally:
        copy.close()
    migrate.upgrade(store)
    return kept if existed else None


def _copy(source: Store, target: Store) -> None:
    """SQLite's own online copy, which the driver's connections offer and SQLAlchemy does not."""
    connections = (source.engine.raw_connection(), target.engine.raw_connection())
    with closing(connections[0]) as one, closing(connections[1]) as other:
        raw: Any = one.driver_connection
        raw.backup(other.driver_connection)


def _sqlite_only(store: Store) -> None:
    if not store.sqlite:
        raise CannotRun(
            "PostgreSQL 数据库请用 pg_dump 和 pg_restore 备份与恢复", remedy="见 docs/zh/部署.md"
        )
