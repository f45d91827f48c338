"""Verifying the audit chain, against nothing but hashing the same bytes."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import insert, update

from bench.figures import Figure, interleave, ratio
from monitor.access.chain import START, Entry, _written, link
from monitor.record import audit, migrate
from monitor.record.store import Store, open_store

BOUND = 3.0
CHUNK = 20_000
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def run(folder: Path, entries: int) -> list[Figure]:
    """The whole verification, reading included, as a multiple of hashing what it hashes."""
    path = folder / "audit.db"
    store = open_store(f"sqlite:///{path}", lambda: NOON)
    migrate.upgrade(store)
    _fill(store, entries)
    with store.reading() as tx:
        told = [_written(row[1], row[3:]).encode() for row in audit._entries(tx)]

    def hashing() -> str:
        found = START
        for each in told:
            found = sha256(each).hexdigest()
        return found

    def verifying() -> None:
        with store.reading() as tx:
            sound, said = audit.verify(tx)
        if not sound:
            raise AssertionError(said)

    ours, theirs = interleave(verifying, hashing)
    value, spread = ratio(ours, theirs)
    store.close()
    path.unlink()
    name = f"audit chain of {entries:,}: verifying / hashing the same bytes"
    return [Figure(name, value, BOUND, "lower", "x", theirs.median, spread)]


def _fill(store: Store, entries: int) -> None:
    """A chain as a year of work leaves it."""
    before = START
    for begin in range(1, entries + 1, CHUNK):
        rows = []
        for seq in range(begin, min(begin + CHUNK, entries + 1)):
            entry = Entry(seq * 30_000_000, seq % 900 or None, "使用授权", "pass", str(seq), "")
            hashed = link(before, entry)
            rows.append(_row(seq, entry, before, hashed))
            before = hashed
        with store.writing() as tx:
            tx.conn.execute(insert(audit.AUDIT), rows)
    with store.writing() as tx:
        tx.conn.execute(update(audit.HEAD).values(seq=entries, hash=before, at=entries))


def _row(seq: int, entry: Entry, before: str, hashed: str) -> dict[str, object]:
    told = {"seq": seq, "at": entry.at, "actor_id": entry.actor_id, "action": entry.action}
    told |= {"object_kind": entry.object_kind, "object_id": entry.object_id, "reason": entry.reason}
    return told | {"prev_hash": before, "hash": hashed, "behalf_id": None}
