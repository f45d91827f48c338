"""Sightings 账号所见: what platforms say of accounts, kept where it is news; the registry stays."""

from typing import Final

from sqlalchemy import text

from monitor.domain.sighting import AccountSighting
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

SIGHTING: Final = METADATA.tables["account_sighting"]

_NEWEST: Final = text("""
SELECT present, name, verified, verified_as FROM account_sighting
WHERE account_id = :account_id AND route_id = :route_id ORDER BY id DESC LIMIT 1
""")


def gone(tx: Reading, account_id: int, route_id: int) -> bool:
    """Whether the last word of a route is that it knows no such account."""
    asked = {"account_id": account_id, "route_id": route_id}
    last = tx.conn.execute(_NEWEST, asked).first()
    return last is not None and last.present is not None and not last.present


def note(tx: Writing, account_id: int, route_id: int, sighting: AccountSighting) -> bool:
    """Keep a sighting that says something else than the last of its route; True where it did.

    What a sighting does not say it does not change.
    """
    asked = {"account_id": account_id, "route_id": route_id}
    last = tx.conn.execute(_NEWEST, asked).first()
    says = (sighting.exists, sighting.name, sighting.verified, sighting.verified_as)
    if last is not None:
        before = (
            None if last.present is None else bool(last.present),
            last.name,
            None if last.verified is None else bool(last.verified),
            last.verified_as,
        )
        says = tuple(old if new is None else new for old, new in zip(before, says, strict=True))  # type: ignore[assignment]
        if says == before:
            return False
    elif all(each is None for each in says):
        return False
    enter(
        tx,
        SIGHTING,
        **asked,
        seen_at=sighting.seen_at,
        present=says[0],
        name=says[1],
        verified=says[2],
        verified_as=says[3],
        recorded_at=tx.stamp,
    )
    return True
