"""One row at a time: enter it and learn the id the store gave it."""

from typing import Any

from sqlalchemy import Table, insert

from monitor.record.store import Writing


def enter(tx: Writing, table: Table, **values: Any) -> int:
    """Insert one row of a table that counts up its `id`; that id."""
    added = tx.conn.execute(insert(table).values(**values).returning(table.c.id))
    return int(added.scalar_one())
