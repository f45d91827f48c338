"""One row at a time: enter it and learn the id the store gave it, or the number it bears next."""

from typing import Any

from sqlalchemy import Table, func, insert, select

from monitor.record.store import Writing


def enter(tx: Writing, table: Table, **values: Any) -> int:
    """Insert one row of a table that counts up its `id`; that id."""
    added = tx.conn.execute(insert(table).values(**values).returning(table.c.id))
    return int(added.scalar_one())


def next_serial(tx: Writing, table: Table, **alike: Any) -> int:
    """The number after the last `serial` of the rows alike in these columns; 1 is the first."""
    same = [table.c[name] == value for name, value in alike.items()]
    last = tx.conn.execute(select(func.max(table.c.serial)).where(*same)).scalar()
    return int(last or 0) + 1
