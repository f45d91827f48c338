"""Shared tokens: kept sealed, renewed by the one process that holds the claim."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from monitor.record.store import Reading, Writing

_READ: Final = text("""
SELECT sealed, expires_at FROM shared_token
WHERE reader = :reader AND account_id = :account_id AND name = :name
""")
_CLAIM: Final = text("""
INSERT INTO shared_token (reader, account_id, name, sealed, expires_at, claim_until)
VALUES (:reader, :account_id, :name, NULL, 0, :until)
ON CONFLICT (reader, account_id, name) DO UPDATE SET claim_until = excluded.claim_until
WHERE shared_token.claim_until <= :now
RETURNING claim_until
""")
_PUT: Final = text("""
UPDATE shared_token SET sealed = :sealed, expires_at = :expires_at, claim_until = 0
WHERE reader = :reader AND account_id = :account_id AND name = :name
""")
_RELEASE: Final = text("""
UPDATE shared_token SET claim_until = 0
WHERE reader = :reader AND account_id = :account_id AND name = :name
""")


@dataclass(frozen=True, slots=True)
class Place:
    """Which token: of a reader, an account (0: the application), by name."""

    reader: str
    account_id: int
    name: str

    @property
    def values(self) -> dict[str, object]:
        """As parameters."""
        return {"reader": self.reader, "account_id": self.account_id, "name": self.name}


def purpose(place: Place) -> str:
    """What a token is sealed for."""
    return f"token:{place.reader}:{place.account_id}:{place.name}"


def kept(tx: Reading, place: Place) -> tuple[bytes, int] | None:
    """The sealed token and the second it runs out; None where there is none."""
    row = tx.conn.execute(_READ, place.values).first()
    return None if row is None or row.sealed is None else (bytes(row.sealed), row.expires_at)


def claim(tx: Writing, place: Place, seconds: int) -> bool:
    """Take the right to renew it alone for so long; False where another holds it."""
    asked = {**place.values, "now": tx.second, "until": tx.second + seconds}
    return tx.conn.execute(_CLAIM, asked).first() is not None


def put(tx: Writing, place: Place, sealed: bytes, expires_at: int) -> None:
    """Keep a new token and give the claim up."""
    tx.conn.execute(_PUT, {**place.values, "sealed": sealed, "expires_at": expires_at})


def release(tx: Writing, place: Place) -> None:
    """Give the claim up without a token."""
    tx.conn.execute(_RELEASE, place.values)
