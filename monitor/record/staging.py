"""Bulk rows on their way in: a temporary table, filled the fastest way each store knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from monitor.record.store import Writing

CHUNK: Final = 20_000
"""At most so many rows go in by one statement, so that nobody waits long for the write lock."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """A temporary table: its name, and (column, type) in order; filled by the first `given`."""

    name: str
    columns: tuple[tuple[str, str], ...]
    given: int

    @property
    def names(self) -> tuple[str, ...]:
        """The columns a fill gives values for."""
        return tuple(name for name, _ in self.columns[: self.given])


def chunks(rows: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The rows in order, at most `size` at a time; nothing where there are none."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def fill(tx: Writing, stage: Stage, rows: Sequence[tuple[Any, ...]]) -> None:
    """Empty the temporary table of this connection and fill it with `rows`."""
    columns = ", ".join(f"{name} {kind}" for name, kind in stage.columns)
    keep = "" if tx.sqlite else " ON COMMIT DELETE ROWS"
    tx.conn.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {stage.name} ({columns}){keep}")
    tx.conn.exec_driver_sql(f"DELETE FROM {stage.name}")
    if not rows:
        return
    if tx.sqlite:
        marks = ", ".join("?" * stage.given)
        insert = f"INSERT INTO {stage.name} ({', '.join(stage.names)}) VALUES ({marks})"
        connection: Any = tx.conn.connection.driver_connection
        connection.executemany(insert, rows)
    else:
        _copy(tx, stage, rows)


def _copy(tx: Writing, stage: Stage, rows: Sequence[tuple[Any, ...]]) -> None:
    connection: Any = tx.conn.connection.driver_connection
    into = f"COPY {stage.name} ({', '.join(stage.names)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


def same(tx: Writing, pairs: Sequence[tuple[str, str]]) -> str:
    """SQL: each pair is equal, or both are missing."""
    equal = "IS" if tx.sqlite else "IS NOT DISTINCT FROM"
    return " AND ".join(f"{left} {equal} {right}" for left, right in pairs)
