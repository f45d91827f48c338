"""Audit entries: who did what to what, and why, each chained to the one before."""

from collections.abc import Iterable
from typing import Final, cast

from sqlalchemy import RowMapping, func, insert, select, text, update

from monitor.access.chain import START, Anchor, Block, Entry, Kept, Walked, holds, link, walk
from monitor.domain.instants import shanghai_day
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

AUDIT = METADATA.tables["audit"]
HEAD = METADATA.tables["audit_head"]
ANCHOR = METADATA.tables["audit_anchor"]
MICRO: Final = 1_000_000
AT_ONCE: Final = 1_000
"""Numbers verified by one statement: more no longer fit the processor's cache, and cost more."""
EDGE: Final = 1 << 63
IN_ORDER: Final = text(
    "SELECT seq, prev_hash, hash, at, actor_id, action, object_kind, object_id, reason, behalf_id"
    " FROM audit WHERE seq BETWEEN :first AND :last ORDER BY seq"
)
"""The columns of `chain.Kept`."""
_TOLD: Final = "prev_hash, at, actor_id, action, object_kind, object_id, reason"
SQLITE_BLOCK: Final = text(
    f"SELECT CAST(group_concat(iif(behalf_id IS NULL, json_array({_TOLD}),"
    f" json_array({_TOLD}, behalf_id)), char(10)) AS BLOB), group_concat(hash, char(10)),"
    " count(*), max(seq)"
    " FROM audit WHERE seq BETWEEN :first AND :last"
)
"""The lines of a `chain.Block`, made by the database: it reads along `seq`, its primary key."""
POSTGRES_BLOCK: Final = text(
    "SELECT convert_to(string_agg('[' || to_json(prev_hash)::text || ',' || at || ','"
    " || coalesce(actor_id::text, 'null') || ',' || to_json(action)::text || ','"
    " || to_json(object_kind)::text || ',' || to_json(object_id)::text || ','"
    " || to_json(reason)::text || coalesce(',' || behalf_id, '') || ']', chr(10) ORDER BY seq),"
    " 'UTF8'), string_agg(hash, chr(10) ORDER BY seq), count(*), max(seq)"
    " FROM audit WHERE seq BETWEEN :first AND :last"
)


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


def count(tx: Reading, actor_id: int, action: str, since: int) -> int:
    """How often somebody did something after a second (UTC)."""
    mine = (AUDIT.c.actor_id == actor_id, AUDIT.c.action == action, AUDIT.c.at > since * MICRO)
    return int(tx.conn.execute(select(func.count()).select_from(AUDIT).where(*mine)).scalar_one())


def head(tx: Reading) -> Anchor | None:
    """Where the chain ends now, to be printed; None while there is no entry."""
    row = tx.conn.execute(select(HEAD)).mappings().first()
    return Anchor(row["seq"], row["hash"]) if row is not None and row["seq"] else None


def verify(tx: Reading, anchor: Anchor | None = None) -> tuple[bool, str]:
    """Whether every entry follows from the one before, none is missing at the end, and the chain
    is the one its anchors were taken from; and a Chinese sentence that says so."""
    walked = _walked(tx)
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


def _walked(tx: Reading) -> Walked:
    """Along the whole chain in blocks, until the first entry that does not follow."""
    so_far, first = Walked(0, 0, START), _next(tx, -EDGE)
    while so_far.broken is None and first is not None:
        last = min(first + AT_ONCE, EDGE) - 1
        over = _over(tx, so_far, first, last)
        # Numbers follow each other but for gaps: who follows is asked only where a block is empty.
        first = _next(tx, last) if over is None or last == EDGE - 1 else last + 1
        so_far = so_far if over is None else over
    return so_far


def _next(tx: Reading, done: int) -> int | None:
    """The number that follows another; None at the end."""
    found = select(func.min(AUDIT.c.seq)).where(AUDIT.c.seq > done)
    return cast("int | None", tx.conn.execute(found).scalar_one())


def _over(tx: Reading, so_far: Walked, first: int, last: int) -> Walked | None:
    """One block further, None where it holds nobody. Where its lines do not fit, its entries are
    gone along one by one."""
    stated = SQLITE_BLOCK if tx.sqlite else POSTGRES_BLOCK
    row = tx.conn.execute(stated, {"first": first, "last": last}).one()
    if not row[2]:
        return None
    if holds(Block(*row[:2]), so_far.hash):
        return Walked(so_far.count + row[2], row[3], row[1][-len(START) :])
    return walk(_entries(tx, first, last), so_far)


def _entries(tx: Reading, first: int = 1 - EDGE, last: int = EDGE - 1) -> Iterable[Kept]:
    """The entries of these numbers in their order."""
    rows = tx.conn.execute(IN_ORDER, {"first": first, "last": last})
    return (cast("Kept", tuple(row)) for row in rows)
