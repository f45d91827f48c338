"""Events platforms pushed: one row each, without content; and how many came in a day."""

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

HOOK_EVENT = METADATA.tables["hook_event"]


@dataclass(frozen=True, slots=True)
class Event:
    """What came, for which reader and whose account, and the digest that tells it sent twice."""

    reader: str
    kind: str
    owner: str
    digest: str


def enter(tx: Writing, event: Event) -> bool:
    """Keep an event; False where it came before."""
    known = select(HOOK_EVENT.c.id).where(HOOK_EVENT.c.digest == event.digest)
    if tx.conn.execute(known).first() is not None:
        return False
    values = {"reader": event.reader, "kind": event.kind, "owner": event.owner}
    stamps = {"digest": event.digest, "at": tx.second, "settled": False, "recorded_at": tx.stamp}
    tx.conn.execute(insert(HOOK_EVENT).values(**values, **stamps))
    return True


def count(tx: Reading, event: Event, begin: int, end: int) -> int:
    """How many events like this one came in [begin, end)."""
    asked = select(func.count()).where(
        HOOK_EVENT.c.reader == event.reader,
        HOOK_EVENT.c.kind == event.kind,
        HOOK_EVENT.c.owner == event.owner,
        HOOK_EVENT.c.at >= begin,
        HOOK_EVENT.c.at < end,
    )
    return int(tx.conn.execute(asked).scalar_one())
