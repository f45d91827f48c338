"""The outbox: letters that must leave, once per dedupe key, claimed by compare-and-swap.

A claim that runs out (its process died) is given out again: the letter may then arrive twice, under
the same dedupe key, which channels hand on so that a receiver can tell. A receiver that cannot, a
group's robot, gets `once` letters: their claim runs out into 未知, and a person says what then. No
more than so many of these a minute are given out to one recipient, whatever process asks.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from monitor.record.rows import enter
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

OUTBOX = METADATA.tables["outbox"]
WAITING: Final = "待发"
RETRY: Final = "重试"
CLAIMED: Final = "发送中"
SENT: Final = "已发"
FAILED: Final = "失败"
UNKNOWN: Final = "未知"
WITHDRAWN: Final = "已撤回"
PACE: Final = 20
"""Most robots take so many messages a minute."""
WINDOW: Final = 61
"""Seconds in which no more than these are given out: their clock need not be ours."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter to send now; `attempts` counts this one."""

    id: int
    channel: str
    recipient: str
    dedupe_key: str
    attempts: int
    body: bytes = field(repr=False)
    once: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A letter to lay out: by which channel, known again by which key, to whom; `once` where the
    receiver cannot tell one sent twice."""

    channel: str
    key: str
    recipient: str
    body: bytes = field(repr=False)
    once: bool = False


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
        once=laid.once,
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
                claimed_at=tx.second,
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
            bool(row["once"]),
        )


def _ripe(now: int, only: Only | None) -> list[ColumnElement[bool]]:
    due = or_(
        and_(OUTBOX.c.state.in_([WAITING, RETRY]), OUTBOX.c.next_at <= now),
        and_(OUTBOX.c.state == CLAIMED, OUTBOX.c.claim_until < now, ~OUTBOX.c.once),
    )
    paced = or_(~OUTBOX.c.once, OUTBOX.c.recipient.not_in(_busy(now)))
    if only is None:
        return [due, paced]
    return [due, paced, OUTBOX.c.channel == only.channel, OUTBOX.c.recipient.in_(only.recipients)]


def _busy(now: int) -> Select[Any]:
    """Recipients that were given as many within the last minute as they take."""
    box = OUTBOX.alias()
    return (
        select(box.c.recipient)
        .where(box.c.once, box.c.claimed_at > now - WINDOW)
        .group_by(box.c.recipient)
        .having(func.count() >= PACE)
    )


def lost(store: Store, now: int) -> int:
    """`once` letters whose claim ran out: nobody knows whether they arrived; how many."""
    gone = (OUTBOX.c.state == CLAIMED, OUTBOX.c.claim_until < now, OUTBOX.c.once)
    with store.reading() as tx:
        if tx.conn.execute(select(OUTBOX.c.id).where(*gone).limit(1)).first() is None:
            return 0
    with store.writing(durable=True) as tx:
        return tx.conn.execute(
            update(OUTBOX).where(*gone).values(state=UNKNOWN, error=DIED, claim_until=None)
        ).rowcount


DIED: Final = "发送途中系统中断,不知是否送达"


def unknown(store: Store, letter_id: int, error: str) -> None:
    """A `once` letter of which nobody knows whether it arrived: it waits for a person."""
    values = {"state": UNKNOWN, "error": error, "claim_until": None}
    with store.writing(durable=True) as tx:
        tx.conn.execute(update(OUTBOX).where(OUTBOX.c.id == letter_id).values(**values))


def settle(tx: Writing, letter_id: int, *, arrived: bool) -> bool:
    """What a person says of a letter that did not surely arrive: it did, or it is sent again. False
    where it is neither 未知 nor 失败 any more."""
    said: dict[str, Any] = {"state": SENT, "sent_at": tx.second, "receipt": CONFIRMED, "error": ""}
    if not arrived:
        said = {"state": WAITING, "next_at": tx.second, "error": ""}
    unsettled = (OUTBOX.c.id == letter_id, OUTBOX.c.state.in_([UNKNOWN, FAILED]))
    return tx.conn.execute(update(OUTBOX).where(*unsettled).values(**said)).rowcount == 1


CONFIRMED: Final = "人工确认已送达"


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
