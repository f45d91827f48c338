"""Authorisations under way: begun by a person, ended once by the platform's answer."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

CONNECTING = METADATA.tables["connecting"]
DONE = "已授权"


@dataclass(frozen=True, slots=True)
class Connecting:
    """For which reader and account (0: whichever the answer names), and the address to come back
    to; it ends at second `expires_at`."""

    reader: str
    account_id: int
    back: str
    expires_at: int
    id: int = 0


def begin(tx: Writing, begun: Connecting, token_hash: str, by: int | None) -> None:
    """Enter an authorisation under the hash of its token."""
    tx.conn.execute(
        insert(CONNECTING).values(
            token_hash=token_hash,
            reader=begun.reader,
            account_id=begun.account_id,
            back=begun.back,
            started_by=by,
            started_at=tx.second,
            expires_at=begun.expires_at,
            finished_at=None,
            outcome="",
            recorded_at=tx.stamp,
        )
    )


def under_way(tx: Reading, token_hash: str, now: int) -> Connecting | None:
    """The authorisation a token belongs to; None where it is none, over, or used."""
    row = (
        tx.conn.execute(
            select(CONNECTING).where(
                CONNECTING.c.token_hash == token_hash,
                CONNECTING.c.finished_at.is_(None),
                CONNECTING.c.expires_at > now,
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return Connecting(row["reader"], row["account_id"], row["back"], row["expires_at"], row["id"])


def finish(tx: Writing, connecting_id: int) -> bool:
    """End it; False where somebody else did already."""
    ended = tx.conn.execute(
        update(CONNECTING)
        .where(CONNECTING.c.id == connecting_id, CONNECTING.c.finished_at.is_(None))
        .values(finished_at=tx.second, outcome=DONE)
    )
    return ended.rowcount == 1
