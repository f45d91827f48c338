"""What a person decided once and is not asked again: kept by kind, known by its signature."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

REMEMBERED = METADATA.tables["remembered"]


def recall(tx: Reading, kind: str, signature: str) -> dict[str, Any] | None:
    """What is remembered under a signature; None where nothing is."""
    wanted = select(REMEMBERED.c.document).where(
        REMEMBERED.c.kind == kind, REMEMBERED.c.signature == signature
    )
    found = tx.conn.execute(wanted).scalar()
    return None if found is None else dict(found)


def all_of(tx: Reading, kind: str) -> dict[str, dict[str, Any]]:
    """Everything remembered of a kind, by signature."""
    rows = select(REMEMBERED.c.signature, REMEMBERED.c.document).where(REMEMBERED.c.kind == kind)
    return {row.signature: row.document for row in tx.conn.execute(rows)}


def remember(
    tx: Writing, kind: str, signature: str, document: Mapping[str, Any], by: int | None = None
) -> None:
    """Keep a choice; the one made last under a signature is what holds."""
    same = (REMEMBERED.c.kind == kind, REMEMBERED.c.signature == signature)
    tx.conn.execute(delete(REMEMBERED).where(*same))
    row = {"kind": kind, "signature": signature, "document": dict(document)}
    tx.conn.execute(insert(REMEMBERED).values(**row, recorded_at=tx.stamp, by=by))
