"""The store: opens SQLite or PostgreSQL, gives out reading and writing transactions, and stamps.

A writing transaction takes the write lock first and its stamp under it, so that stamps grow in the
order in which rows become visible, and nothing can ever appear behind a `known_at`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, OperationalError

from monitor.domain.errors import StoreError
from monitor.domain.instants import to_micro
from monitor.record import tables

__all__ = ["Acting", "Reading", "Store", "Writing", "open_store", "tables"]

BUSY_MS: Final = 5000
LOCK_KEY: Final = 7_215_001
"""PostgreSQL advisory lock that serialises stamping: writers share it, a run's insert owns it."""


@dataclass(frozen=True)
class Reading:
    """One consistent view of the store."""

    conn: Connection

    @property
    def sqlite(self) -> bool:
        """True on SQLite, False on PostgreSQL."""
        return self.conn.dialect.name == "sqlite"


@dataclass
class Acting:
    """On whose behalf a transaction acts: the person a deputy (B岗) stands in for, or nobody."""

    behalf: int | None = None


@dataclass(frozen=True)
class Writing(Reading):
    """One transaction that holds the write lock; `stamp` is its `recorded_at` in microseconds."""

    stamp: int
    now: datetime
    acting: Acting = field(default_factory=Acting)

    @property
    def second(self) -> int:
        """The transaction's `now` in whole seconds."""
        return to_micro(self.now) // 1_000_000


class Store:
    """A database at its head schema; safe to share between threads."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock

    @property
    def sqlite(self) -> bool:
        """True on SQLite, False on PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A read-only transaction: one consistent view, no write lock."""
        with _explained(self.engine), self.engine.connect() as conn:
            options: dict[str, Any] = {"reads": True}
            if not self.sqlite:
                options["isolation_level"] = "REPEATABLE READ"
            with conn.execution_options(**options).begin():
                yield Reading(conn)

    @contextmanager
    def writing(self, *, durable: bool = False, alone: bool = False) -> Iterator[Writing]:
        """A writing transaction; hold it no longer than 200 ms.

        `durable` syncs to the disk before it returns (outbox, claims, audit). `alone` keeps every
        other stamp out until it ends: a run's own row, whose stamp becomes its `known_at`.
        """
        with _explained(self.engine), self.engine.connect() as raw:
            conn = raw.execution_options(durable=durable)
            with conn.begin():
                if not self.sqlite:
                    shared = "" if alone else "_shared"
                    conn.execute(text(f"SELECT pg_advisory_xact_lock{shared}({LOCK_KEY})"))
                now = self.clock()
                yield Writing(conn, _next_stamp(conn, now), now)

    def under(self, clock: Callable[[], datetime]) -> "Store":
        """The same database under another clock: what happened before keeps its own seconds, and
        is stamped, as everything, in the order in which it was entered."""
        return Store(self.engine, clock)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_store(url: str, clock: Callable[[], datetime]) -> Store:
    """The store at a SQLAlchemy address; it must be migrated already (see `record.migrate`)."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            parsed, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000}
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    return Store(engine, clock)


def _next_stamp(conn: Connection, now: datetime) -> int:
    """Move the stamp on: max(now, last + 1 us), under the lock that this transaction holds."""
    moved = conn.execute(
        text(
            "UPDATE stamp SET last_us = CASE WHEN last_us >= :now THEN last_us + 1 ELSE :now END"
            " WHERE id = 1 RETURNING last_us"
        ),
        {"now": to_micro(now)},
    ).scalar_one()
    return int(moved)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "synchronous=NORMAL",
        "cache_size=-65536",
        "temp_store=MEMORY",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(conn: Connection) -> None:
    """Writers take the lock at once: a deferred one that reads first fails as soon as it writes."""
    options = conn.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    if options.get("reads"):
        conn.exec_driver_sql("BEGIN")
        return
    conn.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
    conn.exec_driver_sql("BEGIN IMMEDIATE")


_REMEDIES: Final = (
    ("database is locked", "数据库正被占用", "请稍候重试;若持续出现,请确认没有另一个程序在写"),
    ("readonly database", "数据库文件是只读的", "请检查数据库文件及其目录的写权限"),
    ("read-only", "数据库是只读的", "请检查数据库的写权限"),
    ("database or disk is full", "磁盘已满,未写入任何内容", "请清理磁盘空间后重试"),
    ("No space left", "磁盘已满,未写入任何内容", "请清理磁盘空间后重试"),
    ("unable to open database file", "数据库文件打不开", "请检查路径是否存在、是否有读写权限"),
    ("file is not a database", "该文件不是数据库", "请检查 database_url 是否指向正确的文件"),
    ("malformed", "数据库文件已损坏", "请用最近的备份恢复"),
    ("no such table", "数据库尚未建立", "请先运行 sentinel setup"),
    ("does not exist", "数据库尚未建立", "请先运行 sentinel setup"),
    ("connection", "连接不上数据库服务器", "请检查 database_url 和数据库服务是否运行"),
)


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Turn what the driver says of its own state into a sentence a person can act upon."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        told = str(error.orig)
        for sign, what, remedy in _REMEDIES:
            if sign in told:
                where = engine.url.render_as_string(hide_password=True)
                raise StoreError(what, where, remedy) from error
        raise
