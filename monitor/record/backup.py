"""Copies of a SQLite store while it is in use, and putting one back."""

import shutil
from pathlib import Path

from sqlalchemy import text

from monitor.domain.errors import CannotRun, InputError
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
    """Put a copy back; the database it replaces is kept beside it and returned."""
    _sqlite_only(store)
    if not source.exists():
        raise InputError("找不到备份文件", str(source), "请检查路径")
    check = open_store(f"sqlite:///{source}", store.clock)
    try:
        migrate.current(check)
    finally:
        check.close()
    path = Path(str(store.engine.url.database))
    kept = path.with_suffix(".before-restore.db")
    with alone.only_scheduler(store):
        if path.exists():
            backup(store, kept)
        store.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(source, path)
    migrate.upgrade(store)
    return kept if kept.exists() else None


def _sqlite_only(store: Store) -> None:
    if not store.sqlite:
        raise CannotRun(
            "PostgreSQL 数据库请用 pg_dump 和 pg_restore 备份与恢复", remedy="见 docs/zh/部署.md"
        )
