"""Everything that is kept sealed: which columns, under which keys, and sealing them anew."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, bindparam, func, or_, select, update

from monitor.access import ciphers
from monitor.access.ciphers import KeyRing
from monitor.domain.errors import CannotRun
from monitor.record import contacts, reasons, robots, shared_tokens, vault
from monitor.record.shared_tokens import Place
from monitor.record.store import Reading, Store
from monitor.record.tables.base import METADATA

CHUNK: Final = 500
"""Rows per transaction: some 20 ms of deciphering and enciphering under the write lock."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A table with a column `sealed`: its key column, and what each row is sealed for."""

    table: Table
    key: str
    purpose: Callable[[Mapping[str, Any]], str]


def _credential(row: Mapping[str, Any]) -> str:
    return f"credential:{row['platform']}:{row['account_id']}"


def _contact(row: Mapping[str, Any]) -> str:
    return contacts.purpose(row["owner_kind"], row["owner_id"], row["kind"])


def _own(row: Mapping[str, Any]) -> str:
    return vault.purpose(row["name"])


def _token(row: Mapping[str, Any]) -> str:
    return shared_tokens.purpose(Place(row["reader"], row["account_id"], row["name"]))


def _reason(row: Mapping[str, Any]) -> str:
    return reasons.purpose(row["label"], row["recorded_at"])


EVERYTHING: Final = (
    Kept(METADATA.tables["credential"], "id", _credential),
    Kept(METADATA.tables["contact"], "id", _contact),
    Kept(METADATA.tables["own_secret"], "name", _own),
    Kept(METADATA.tables["robot"], "id", robots.purpose),
    Kept(METADATA.tables["shared_token"], "id", _token),
    Kept(METADATA.tables["typed_reason"], "id", _reason),
)
"""A later table that keeps something sealed adds its line here; a test finds forgotten ones."""


def under_other_keys(tx: Reading, ring: KeyRing) -> Mapping[str, int]:
    """How many rows of each table are not sealed under the newest key, where there are any."""
    counted: Counter[str] = Counter()
    for kept in EVERYTHING:
        many = select(func.count()).select_from(kept.table).where(_older(kept, ring))
        counted[kept.table.name] = int(tx.conn.execute(many).scalar_one())
    return +counted


def reseal(store: Store, ring: KeyRing) -> Iterator[int]:
    """Seal everything under the newest key, some rows at a time; yields how many each time.

    Cut short it goes on where it stopped: what is done no longer counts as older. A row somebody
    replaced meanwhile is left as it is. CannotRun, after all others are done, where some row opens
    with no key of the ring.
    """
    stuck: list[str] = []
    for kept in EVERYTHING:
        last: Any = None
        while (step := _chunk(store, ring, kept, last)) is not None:
            last, done, unopened = step
            stuck += unopened
            yield done
    if stuck:
        raise CannotRun(
            f"有{len(stuck)}项加密内容用现有密钥都打不开,其余已改用新密钥",
            "、".join(stuck[:5]),
            "请恢复缺少的密钥后重试,或重新录入这几项",
        )


def _chunk(store: Store, ring: KeyRing, kept: Kept, last: Any) -> tuple[Any, int, list[str]] | None:
    """The next rows after `last`: the last one, how many are sealed anew, which do not open."""
    key, table = kept.table.c[kept.key], kept.table
    wanted = select(table).where(_older(kept, ring)).order_by(key).limit(CHUNK)
    if last is not None:
        wanted = wanted.where(key > last)
    changed = (
        update(table)
        .where(key == bindparam("of"), table.c.sealed == bindparam("was"))
        .values(sealed=bindparam("now"))
    )
    with store.writing(durable=True) as tx:
        rows = tx.conn.execute(wanted).mappings().all()
        if not rows:
            return None
        fresh, stuck = _anew(ring, kept, rows)
        if fresh:
            tx.conn.execute(changed, fresh)
    return rows[-1][kept.key], len(fresh), stuck


def _anew(ring: KeyRing, kept: Kept, rows: Any) -> tuple[list[dict[str, Any]], list[str]]:
    fresh, stuck = [], []
    for row in rows:
        purpose, was = kept.purpose(row), bytes(row["sealed"])
        try:
            plain = ciphers.unseal(ring, was, purpose)
        except CannotRun:
            stuck.append(purpose)
            continue
        nonce = secrets.token_bytes(ciphers.NONCE_BYTES)
        now = ciphers.seal(ring, nonce, plain, purpose)
        fresh.append({"of": row[kept.key], "was": was, "now": now})
    return fresh, stuck


def _older(kept: Kept, ring: KeyRing) -> ColumnElement[bool]:
    """Not sealed under the newest key, said by the first bytes."""
    begins = func.substr(kept.table.c.sealed, 1, ciphers.HEAD_BYTES)
    return or_(begins != ring.head, func.length(kept.table.c.sealed) < ciphers.HEAD_BYTES)
