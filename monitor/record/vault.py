"""The vault: seals what is kept secret and opens it again; and this installation's own secrets.

Own secrets are random, made once and kept sealed: the key contacts are looked up by, the key that
signs links. Changing the sealing key leaves them as they are, so that
hashes still match and links still open.
"""

import secrets
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import insert, select

from monitor.access import ciphers, keyed
from monitor.access.ciphers import KeyRing
from monitor.record.store import Reading, Store
from monitor.record.tables.base import METADATA

OWN: Final = METADATA.tables["own_secret"]
LINKS: Final = "links"
SEARCH: Final = "search"
SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Vault:
    """The keys that seal, and the key contacts are looked up by."""

    ring: KeyRing
    search: bytes = field(repr=False)

    def seal(self, plain: str, purpose: str) -> bytes:
        """`plain` under the newest key, for one purpose."""
        nonce = secrets.token_bytes(ciphers.NONCE_BYTES)
        return ciphers.seal(self.ring, nonce, plain.encode(), purpose)

    def unseal(self, sealed: bytes, purpose: str) -> str:
        """The plain text; CannotRun where it does not open."""
        return ciphers.unseal(self.ring, sealed, purpose).decode()

    def lookup(self, kind: str, value: str) -> str:
        """What a value is searched by."""
        return keyed.lookup(self.search, kind, value)


def own_secret(store: Store, ring: KeyRing, name: str) -> bytes:
    """One of this installation's own secrets, 32 bytes; made where there is none yet.

    Not to be called inside a transaction.
    """
    with store.reading() as tx:
        known = _known(tx, name)
    if known is None:
        known = _made(store, ring, name)
    return ciphers.unseal(ring, known, purpose(name))


def purpose(name: str) -> str:
    """What an own secret is sealed for."""
    return f"own:{name}"


def _known(tx: Reading, name: str) -> bytes | None:
    found = tx.conn.execute(select(OWN.c.sealed).where(OWN.c.name == name)).scalar()
    return None if found is None else bytes(found)


def _made(store: Store, ring: KeyRing, name: str) -> bytes:
    """Under the write lock, alone, so that two processes at their first start make one."""
    with store.writing(durable=True, alone=True) as tx:
        known = _known(tx, name)
        if known is not None:
            return known
        nonce = secrets.token_bytes(ciphers.NONCE_BYTES)
        sealed = ciphers.seal(ring, nonce, secrets.token_bytes(SECRET_BYTES), purpose(name))
        tx.conn.execute(insert(OWN).values(name=name, sealed=sealed, recorded_at=tx.stamp))
        return sealed
