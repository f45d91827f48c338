"""Audit entries: who did what to what, and why, each chained to the one before."""

from collections.abc import Iterator
from typing import Any, Final, cast

from sqlalchemy import RowMapping, insert, select, update

from monitor.access.chain import START, Anchor, Entry, Kept, Walked, link, walk
from monitor.domain.instants import shanghai_day
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

AUDIT = METADATA.tables["audit"]
HEAD = METADATA.tables["audit_head"]
ANCHOR = METADATA.tables["audit_anchor"]
FETCHED_AT_ONCE: Final = 10_000
MICRO: Final = 1_000_000
IN_ORDER: Final = (
    "SELECT seq, prev_hash, hash, at, actor_id, action, object_kind, object_id, reason, behalf_id"
    " FROM audit ORDER BY seq"
)
"""The columns of `chain.Kept`; read as the driver gives them, for there may be millions."""


def add(
    tx: Writing, actor_id: int | None, action: str, object_kind: str, object_id: str, reason: str
) -> None:
    """Chain one entry to the last; the write lock keeps two from following the same one.

    The first entry of a day leaves the head of the day before as that day's anchor.
    """
    head = tx.conn.execute(select(HEAD)).mappings().one()
    behalf = tx.acting.behalf if tx.acting.behalf != actor_id else None
    entry = Entry(tx.stamp, actor_id, action, object_kind, object_id, reason, behalf)
    hashed = link(head["hash"], entry)
    row = {"prev_hash": head["hash"], "hash": hashed, "behalf_id": behalf}
    row |= {"at": entry.at, "actor_id": actor_id, "action": action, "reason": reason}
    row |= {"object_kind": object_kind, "object_id": object_id}
    seq = tx.conn.execute(insert(AUDIT).values(**row).returning(AUDIT.c.seq)).scalar_one()
    _anchor(tx, head, entry.at)
    tx.conn.execute(update(HEAD).values(seq=seq, hash=hashed, at=entry.at))


def _anchor(tx: Writing, head: RowMapping, at: int) -> None:
    day = shanghai_day(head["at"] // MICRO)
    if head["seq"] and day < shanghai_day(at // MICRO):
        kept = {"day": day.isoformat(), "seq": head["seq"], "hash": head["hash"]}
        tx.conn.execute(insert(ANCHOR).values(**kept))


def head(tx: Reading) -> Anchor | None:
    """Where the chain ends now, to be printed; None while there is no entry."""
    row = tx.conn.execute(select(HEAD)).mappings().first()
    return Anchor(row["seq"], row["hash"]) if row is not None and row["seq"] else None


def verify(tx: Reading, anchor: Anchor | None = None) -> tuple[bool, str]:
    """Whether every entry follows from the one before, none is missing at the end, and the chain
    is the one its anchors were taken from; and a Chinese sentence that says so."""
    walked = walk(_entries(tx))
    if walked.broken is not None:
        return False, f"审计记录第{walked.broken}号与前一条接不上,这里被改动、删除或插入过"
    last = head(tx)
    if last is not None and last.seq > walked.seq:
        return False, f"审计记录末尾被截去:应到第{last.seq}号,只到第{walked.seq}号"
    wrong = _elsewhere(tx, walked, anchor)
    if wrong:
        return False, f"审计记录与锚点{wrong}不符:整条记录被改写过"
    told = f"审计记录共{walked.count}条,前后相接,未发现改动"
    return True, told if anchor is None else f"{told},与锚点{anchor}相符"


def _elsewhere(tx: Reading, walked: Walked, anchor: Anchor | None) -> str:
    """The first anchor, handed in or kept, that the chain does not pass through; '' where none."""
    kept = [
        Anchor(row.seq, row.hash) for row in tx.conn.execute(select(ANCHOR.c.seq, ANCHOR.c.hash))
    ]
    wanted = [*([anchor] if anchor else []), *kept]
    if (last := head(tx)) is not None:
        wanted.append(last)
    numbers = sorted({each.seq for each in wanted})
    found: dict[int, str] = {0: START}
    for begin in range(0, len(numbers), 500):
        some = select(AUDIT.c.seq, AUDIT.c.hash).where(
            AUDIT.c.seq.in_(numbers[begin : begin + 500])
        )
        found.update((row.seq, row.hash) for row in tx.conn.execute(some))
    wrong = (each for each in wanted if not found.get(each.seq, "").startswith(each.hash))
    return next((str(each) for each in wrong), "")


def _entries(tx: Reading) -> Iterator[Kept]:
    """All entries as the driver gives them."""
    connection: Any = tx.conn.connection
    cursor = connection.cursor() if tx.sqlite else connection.cursor("audit_walk")
    try:
        cursor.arraysize = FETCHED_AT_ONCE
        cursor.execute(IN_ORDER)
        while rows := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from cast("list[Kept]", rows)
    finally:
        cursor.close()
