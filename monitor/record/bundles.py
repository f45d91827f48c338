"""The bundles a store made (出) or took in (入), in order."""

from collections.abc import Mapping

from sqlalchemy import func, insert, select

from monitor.domain.bundle import Entry
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

BUNDLE = METADATA.tables["bundle"]
PASS = METADATA.tables["pass"]
OUT = "出"
IN = "入"


def entries(tx: Reading, direction: str, origin: str) -> list[Entry]:
    """The bundles of one origin that went one way, oldest first."""
    rows = tx.conn.execute(
        select(BUNDLE)
        .where(BUNDLE.c.direction == direction, BUNDLE.c.origin == origin)
        .order_by(BUNDLE.c.number)
    )
    return [
        Entry(row["number"], row["since"], row["sha256"], row["mark"], row["pass_mark"])
        for row in rows.mappings()
    ]


def add(tx: Writing, direction: str, origin: str, entry: Entry, counts: Mapping[str, int]) -> int:
    """Remember a bundle; the id of its row."""
    added = insert(BUNDLE).values(
        direction=direction,
        origin=origin,
        number=entry.number,
        since=entry.since,
        sha256=entry.sha256,
        mark=entry.mark,
        pass_mark=entry.pass_mark,
        counts=dict(counts),
        recorded_at=tx.stamp,
    )
    return int(tx.conn.execute(added.returning(BUNDLE.c.id)).scalar_one())


def reach(tx: Writing) -> tuple[int, int]:
    """(stamp, highest id of a pass) behind which nothing can appear any more.

    To be asked in a transaction that is `alone`: every other writer is out while it runs.
    """
    return tx.stamp, int(tx.conn.execute(select(func.max(PASS.c.id))).scalar() or 0)
