"""Typed reasons, sealed, each with a last day; other records name them by number alone."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import insert, select

from monitor.domain.errors import CannotRun
from monitor.domain.instants import DAY
from monitor.domain.reason import Label, Mark, marks, spelled
from monitor.record.staging import chunks
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

REASON: Final = METADATA.tables["typed_reason"]
KEPT_DAYS: Final = 3 * 365
"""For so long a reason is kept at least: an audit asks for what was done within three years."""
GONE: Final = "(已过保存期限)"
SHUT: Final = "(密钥缺失,暂不能显示)"
ASKED_AT_ONCE: Final = 500


def purpose(label: str, recorded_at: int) -> str:
    """What a reason is sealed for: it opens where it was put and nowhere else."""
    return f"reason:{label}:{recorded_at}"


def keep(tx: Writing, vault: Vault, label: Label, text: str) -> Mark:
    """Seal a reason that was checked; how the audit names it."""
    row = {
        "label": label.value,
        "sealed": vault.seal(text, purpose(label, tx.stamp)),
        "keep_until": tx.second + KEPT_DAYS * DAY,
        "recorded_at": tx.stamp,
    }
    made = tx.conn.execute(insert(REASON).values(**row).returning(REASON.c.id))
    return Mark(label, made.scalar_one())


def texts(tx: Reading, vault: Vault, ids: Iterable[int]) -> Mapping[int, str]:
    """Reasons by number; one that was deleted is missing, one whose key is lost says so."""
    found: dict[int, str] = {}
    for part in chunks(sorted(set(ids)), ASKED_AT_ONCE):
        for row in tx.conn.execute(select(REASON).where(REASON.c.id.in_(part))):
            try:
                plain = vault.unseal(bytes(row.sealed), purpose(row.label, row.recorded_at))
            except CannotRun:
                plain = SHUT
            found[row.id] = plain
    return found


def told(tx: Reading, vault: Vault, entries: Iterable[str]) -> list[str]:
    """Audit entries' words with the reasons themselves in place of their numbers."""
    every = list(entries)
    found = texts(tx, vault, [mark.id for each in every for mark in marks(each)])
    return [spelled(each, found, GONE) for each in every]
