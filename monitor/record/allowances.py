"""Allowances 调用额度: leased in small blocks, so that all processes together keep every limit.

A lease is at most a twentieth of what is left, and void with its slot: a crash loses no more.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.domain.allowance import Bucket, Lease, Window
from monitor.record.store import Reading, Writing

PART: Final = 20
"""A lease is at most one in so many of the calls that are left."""
EARLY: Final = 2
"""Seconds before midnight at which a day's lease is void: calls under way count for tomorrow."""

_OWN: Final = text("""
INSERT INTO allowance (key, reader, per, span, who, of, most, paused_until)
VALUES (:key, :reader, :per, :span, :who, :of, :most, 0)
ON CONFLICT (key) DO UPDATE SET most = excluded.most
RETURNING paused_until
""")
"""Also takes the row's lock on PostgreSQL: two leases of one bucket never overlap."""

_USED: Final = text("""
SELECT coalesce(sum(leased), 0) AS used, min(slot) AS oldest
FROM allowance_slot WHERE key = :key AND slot > :since
""")
_STANDING: Final = text(f"""
SELECT a.key, a.reader, a.per, a.span AS "window", a.who, a.of, a.most,
       coalesce(sum(s.leased), 0) AS used, a.paused_until
FROM allowance a LEFT JOIN allowance_slot s ON s.key = a.key
  AND s.slot > CASE a.span {
    " ".join(
        f"WHEN '{window.value}' THEN CAST(:{window.name.lower()} AS BIGINT)" for window in Window
    )
} END
GROUP BY a.key, a.reader, a.per, a.span, a.who, a.of, a.most, a.paused_until
""")
"""How every allowance stands, each in its own window."""
_TAKE: Final = text("""
INSERT INTO allowance_slot (key, slot, leased) VALUES (:key, :slot, :calls)
ON CONFLICT (key, slot) DO UPDATE SET leased = allowance_slot.leased + excluded.leased
""")
_FORGET: Final = text("DELETE FROM allowance_slot WHERE key = :key AND slot <= :since")
_RETURN: Final = text("""
UPDATE allowance_slot SET leased = leased - :calls
WHERE key = :key AND slot = :slot AND leased >= :calls
""")
_PAUSE: Final = text("""
UPDATE allowance SET paused_until = :until WHERE key = :key AND paused_until < :until
""")


def lease(tx: Writing, bucket: Bucket) -> Lease:
    """Calls to make before the lease is void; none, and how long to wait, where all are leased."""
    allowance, now, key = bucket.allowance, tx.second, bucket.key
    paused = tx.conn.execute(_OWN, _row(bucket)).scalar_one()
    slot = allowance.window.slot_at(now)
    if paused > now:
        return Lease(0, slot, slot, paused - now, held=True)
    since = allowance.window.since(now)
    used = tx.conn.execute(_USED, {"key": key, "since": since}).one()
    rest = allowance.most - int(used.used)
    until = slot + allowance.window.slot
    if allowance.window is Window.DAY:
        until -= EARLY
    if rest <= 0 or until <= now:
        oldest = slot if used.oldest is None else int(used.oldest)
        return Lease(0, slot, until, _free_again(allowance.window, oldest, slot) - now)
    calls = max(1, rest // PART)
    tx.conn.execute(_FORGET, {"key": key, "since": since})
    tx.conn.execute(_TAKE, {"key": key, "slot": slot, "calls": calls})
    return Lease(calls, slot, until)


def give_back(tx: Writing, bucket: Bucket, slot: int, calls: int) -> None:
    """Calls of a lease that were not made."""
    tx.conn.execute(_RETURN, {"key": bucket.key, "slot": slot, "calls": calls})


def pause(tx: Writing, bucket: Bucket, seconds: int) -> None:
    """Nobody leases of this bucket for so long."""
    tx.conn.execute(_OWN, _row(bucket))
    tx.conn.execute(_PAUSE, {"key": bucket.key, "until": tx.second + seconds})


@dataclass(frozen=True, slots=True)
class Used:
    """How an allowance stands: `used` of `most` calls in its window; paused until a second."""

    key: str
    reader: str
    per: str
    window: str
    who: str
    of: str
    most: int
    used: int
    paused_until: int


def used(tx: Reading, now: int) -> list[Used]:
    """All allowances that were ever touched, the fullest first."""
    since = {window.name.lower(): window.since(now) for window in Window}
    rows = tx.conn.execute(_STANDING, since)
    found = [Used(**{**row, "used": int(row["used"])}) for row in rows.mappings()]
    return sorted(found, key=lambda each: (-each.used / each.most, each.key))


def _row(bucket: Bucket) -> dict[str, object]:
    allowance = bucket.allowance
    return {
        "key": bucket.key,
        "reader": bucket.reader,
        "per": allowance.per.value,
        "span": allowance.window.value,
        "who": bucket.who,
        "of": allowance.of,
        "most": allowance.most,
    }


def _free_again(window: Window, oldest: int, slot: int) -> int:
    """The second at which the oldest calls leave the window."""
    if window is Window.DAY:
        return slot + window.seconds
    return oldest + window.seconds + window.slot
