"""Audit entries: who did what to what, and why, each chained to the one before."""

from collections.abc import Generator
from contextlib import closing

from sqlalchemy import insert, select

from monitor.access.chain import START, Entry, first_break, link
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

AUDIT = METADATA.tables["audit"]
FETCHED_AT_ONCE = 1000


def add(
    tx: Writing, actor_id: int | None, action: str, object_kind: str, object_id: str, reason: str
) -> None:
    """Chain one entry to the last; the write lock keeps two from following the same one."""
    last = select(AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)
    before = tx.conn.execute(last).scalar() or START
    entry = Entry(tx.stamp, actor_id, action, object_kind, object_id, reason)
    tx.conn.execute(
        insert(AUDIT).values(
            at=entry.at,
            actor_id=actor_id,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            reason=reason,
            prev_hash=before,
            hash=link(before, entry),
        )
    )


def verify(tx: Reading) -> tuple[bool, str]:
    """Whether every entry follows from the one before, and a Chinese sentence that says so."""
    numbers: list[int] = []
    with closing(_entries(tx, numbers)) as entries:
        broken = first_break(entries)
    if broken is None:
        return True, f"审计记录共{len(numbers)}条,前后相接,未发现改动"
    return False, f"审计记录第{numbers[broken]}号与前一条接不上,这里被改动、删除或插入过"


def _entries(tx: Reading, numbers: list[int]) -> Generator[tuple[Entry, str, str], None, None]:
    in_order = select(AUDIT).order_by(AUDIT.c.seq).execution_options(yield_per=FETCHED_AT_ONCE)
    with tx.conn.execute(in_order) as rows:
        for row in rows.mappings():
            numbers.append(row["seq"])
            entry = Entry(
                row["at"],
                row["actor_id"],
                row["action"],
                row["object_kind"],
                row["object_id"],
                row["reason"],
            )
            yield entry, row["prev_hash"], row["hash"]
