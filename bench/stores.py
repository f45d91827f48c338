"""The synthetic province in a migrated store, put there the fastest way that store knows."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench import world
from bench.world import Size
from monitor.domain.instants import BEGINNING, DAY, HOUR, OPEN
from monitor.record import migrate
from monitor.record.store import Store, open_store

DROPPED = ("ix_post_f", "ix_post_wide", "ix_post_key", "ix_post_recorded")


def fresh(url: str) -> Store:
    """A store at head whose clock stands at the world's present."""
    store = standing(url)
    migrate.upgrade(store)
    return store


def standing(url: str) -> Store:
    """A store that is there already."""
    return open_store(url, lambda: datetime.fromtimestamp(world.NOW, UTC))


Filling = tuple[str, Sequence[str], Iterable[tuple[Any, ...]]]
"""A table, its columns and its rows."""


def tables(size: Size) -> list[Filling]:
    """The whole province, parents before children."""
    covered, revoked = world.coverage(size)
    return [
        *registry(size),
        (
            "route",
            ("id", "key", "platform", "source", "confirm_s"),
            ((n, f"{name}/own", name, "接口采集", 0) for n, name in enumerate(world.PLATFORMS, 1)),
        ),
        ("post", (*world.POST_COLUMNS, "source"), world.rows(world.posts(size), "接口采集")),
        (
            "coverage",
            (*covered, "grade", "fresh_s", "route_id", "evidence_kind"),
            world.rows(covered, 4, 60 * HOUR, 1, "pass"),
        ),
        ("coverage_revocation", (*revoked, "reason"), world.rows(revoked, "试验")),
    ]


def registry(size: Size) -> list[Filling]:
    """Units without a parent, and four accounts of each, known for longer than any post."""
    old = (world.NOW - 1200 * DAY) * world.MICRO
    units = range(1, size.units + 1)
    accounts = range(1, size.accounts + 1)
    open_columns = ("recorded_at", "valid_from", "valid_until", "superseded_at")
    still = (old, BEGINNING, OPEN, OPEN)
    places = ("path", "line", "region", "region_name", "county_name")
    said = ("unit_id", "name", "kind", "state", "line", "main", "key", "filed", "filed_name")
    return [
        ("unit", ("id", "code"), ((n, f"42{n:010d}") for n in units)),
        (
            "unit_rev",
            ("unit_id", *open_columns, "name", "level", *places),
            ((n, *still, f"单位{n}", "县级局", f"/{n}/", "", "", "", "") for n in units),
        ),
        (
            "account",
            ("id", "platform", "uid", "registered_at"),
            ((n, world.PLATFORMS[n % 4], f"u{n}", world.NOW - 1200 * DAY) for n in accounts),
        ),
        (
            "account_rev",
            ("account_id", *open_columns, *said, "account_type", "details"),
            ((n, *still, *_said(n), "", "{}") for n in accounts),
        ),
    ]


def _said(account: int) -> tuple[Any, ...]:
    unit, name = (account - 1) // len(world.PLATFORMS) + 1, f"账号{account}"
    return (unit, name, "官方", "在用", "", False, False, True, name)


def sqlite(path: Path, size: Size) -> Store:
    """The province in a SQLite file: rows first, indexes of posts after them."""
    store = fresh(f"sqlite:///{path}")
    with sqlite3.connect(path) as raw:
        made = raw.execute(
            f"SELECT name, sql FROM sqlite_master WHERE name IN ({', '.join('?' * len(DROPPED))})",
            DROPPED,
        ).fetchall()
        for name, _ in made:
            raw.execute(f"DROP INDEX {name}")
        for table, columns, rows in tables(size):
            marks = ", ".join("?" * len(columns))
            raw.executemany(
                f"INSERT INTO {table} ({', '.join(map(_quoted, columns))}) VALUES ({marks})", rows
            )
        for _, sql in made:
            raw.execute(sql)
    raw.close()
    return store


def postgres(url: str, size: Size) -> Store:
    """The province in a PostgreSQL database, vacuumed as autovacuum would leave it."""
    store = fresh(url)
    with store.engine.connect() as conn:
        raw: Any = conn.connection.driver_connection
        indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'post'"
        made = [row for row in conn.execute(text(indexes)) if row[0] in DROPPED]
        with raw.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for name, _ in made:
                cursor.execute(f"DROP INDEX {name}")
            for table, columns, rows in tables(size):
                names = ", ".join(map(_quoted, columns))
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                if columns[0] == "id":
                    sequence = f"pg_get_serial_sequence('{table}', 'id')"
                    cursor.execute(f"SELECT setval({sequence}, max(id)) FROM {table}")
            for _, sql in made:
                cursor.execute(sql)
        raw.commit()
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE"))
    return store


def _quoted(column: str) -> str:
    return f'"{column}"'
