"""The outbox: letters that must leave, once per dedupe key, claimed by compare-and-swap.

A claim that runs out (its process died) is given out again: the letter may then arrive twice, under
the same dedupe key, which channels hand on so that a receiver can tell.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select, update

from monitor.record.rows import enter
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

OUTBOX = METADATA.tables["outbox"]
WAITING: Final = "待发"
RETRY: Final = "重试"
CLAIMED: Final = "发送中"
SENT: Final = "已发"
FAILED: Final = "失败"
WITHDRAWN: Final = "已撤回"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter to send now; `attempts` counts this one."""

    id: int
    channel: str
    recipient: str
    dedupe_key: str
    attempts: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Laid:
    """A letter to lay out: by which channel, known again by which key, to whom."""

    channel: str
    key: str
    recipient: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Only:
    """The letters that may leave while all others are held: one channel, these recipients."""

    channel: str
    recipients: tuple[str, ...]


def put(
    tx: Writing, channel: str, dedupe_key: str, recipient: str, body: bytes, next_at: int
) -> bool:
    """Lay a letter out to leave at `next_at`; False where one with this key was laid out before."""
    same = select(OUTBOX.c.id).where(OUTBOX.c.dedupe_key == dedupe_key)
    if tx.conn.execute(same).first() is not None:
        return False
    lay(tx, Laid(channel, dedupe_key, recipient, body), next_at)
    return True


def lay(tx: Writing, laid: Laid, next_at: int) -> int:
    """Lay out a letter whose key is new; its id."""
    return enter(
        tx,
        OUTBOX,
        channel=laid.channel,
        dedupe_key=laid.key,
        recipient=laid.recipient,
        body=laid.body,
        state=WAITING,
        attempts=0,
        next_at=next_at,
        receipt="",
        error="",
        recorded_at=tx.stamp,
    )


def withdraw(tx: Writing, ids: Collection[int]) -> int:
    """Letters that did not leave yet leave no more; how many."""
    held = (OUTBOX.c.id.in_(sorted(ids)), OUTBOX.c.state.in_([WAITING, RETRY]))
    return tx.conn.execute(update(OUTBOX).where(*held).values(state=WITHDRAWN)).rowcount


def waiting(tx: Reading, now: int, only: Only | None = None) -> int:
    """How many letters should have left by `now`."""
    return len(tx.conn.execute(select(OUTBOX.c.id).where(*_ripe(now, only))).all())


def claim(store: Store, owner: str, lease_seconds: int, only: Only | None = None) -> Claimed | None:
    """Take the letter that has waited longest; None where none is due. Synced before it returns."""
    with store.writing(durable=True) as tx:
        ripe = _ripe(tx.second, only)
        longest = select(OUTBOX).where(*ripe).order_by(OUTBOX.c.next_at, OUTBOX.c.id)
        row = tx.conn.execute(longest.limit(1)).mappings().first()
        if row is None:
            return None
        taken = tx.conn.execute(
            update(OUTBOX)
            .where(
                OUTBOX.c.id == row["id"],
                OUTBOX.c.state == row["state"],
                OUTBOX.c.attempts == row["attempts"],
            )
            .values(
                state=CLAIMED,
                claimed_by=owner,
                claim_until=tx.second + lease_seconds,
                attempts=row["attempts"] + 1,
            )
        )
        if taken.rowcount != 1:
            return None
        return Claimed(
            row["id"],
            row["channel"],
            row["recipient"],
            row["dedupe_key"],
            row["attempts"] + 1,
            bytes(row["body"]),
        )


def _ripe(now: int, only: Only | None) -> list[ColumnElement[bool]]:
    due = or_(
        and_(OUTBOX.c.state.in_([WAITING, RETRY]), OUTBOX.c.next_at <= now),
        and_(OUTBOX.c.state == CLAIMED, OUTBOX.c.claim_until < now),
    )
    if only is None:
        return [due]
    return [due, OUTBOX.c.channel == only.channel, OUTBOX.c.recipient.in_(only.recipients)]


def sent(store: Store, letter_id: int, receipt: str) -> None:
    """The letter left; what the other side gave as a receipt."""
    with store.writing(durable=True) as tx:
        tx.conn.execute(
            update(OUTBOX)
            .where(OUTBOX.c.id == letter_id)
            .values(state=SENT, sent_at=tx.second, receipt=receipt, error="", claim_until=None)
        )


def failed(store: Store, letter_id: int, error: str, retry_at: int | None) -> None:
    """The letter did not leave; tried again at `retry_at`, or never where that is None."""
    values: dict[str, Any] = {"state": FAILED, "error": error, "claim_until": None}
    if retry_at is not None:
        values |= {"state": RETRY, "next_at": retry_at}
    with store.writing(durable=True) as tx:
        tx.conn.execute(update(OUTBOX).where(OUTBOX.c.id == letter_id).values(**values))
