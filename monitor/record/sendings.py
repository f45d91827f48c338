"""Forms sent once, known again by their key; drafts of what was typed; rows swapped by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

SENDING = METADATA.tables["sending"]
DRAFT = METADATA.tables["form_draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form, on top of which version of its row, and when (seconds)."""

    words: Mapping[str, str]
    version: int
    saved_at: int


def known(tx: Reading, key: str) -> dict[str, Any] | None:
    """What a form sent under this key led to; None where none was."""
    found = tx.conn.execute(select(SENDING.c.result).where(SENDING.c.key == key)).scalar()
    return None if found is None else dict(found)


def keep(
    tx: Writing, key: str, form: str, person_id: int | None, result: Mapping[str, Any]
) -> None:
    """Write down what a form led to; a draft of it is over."""
    row = {"key": key, "form": form, "person_id": person_id, "result": dict(result)}
    tx.conn.execute(insert(SENDING).values(**row, recorded_at=tx.stamp))
    if person_id is not None:
        drop_draft(tx, person_id, form)


def swap(tx: Writing, table: Table, row_id: int, version: int, **values: Any) -> bool:
    """Change a row that still has this version, and move the version on; False where it has not."""
    changed = tx.conn.execute(
        update(table)
        .where(table.c.id == row_id, table.c.version == version)
        .values(**values, version=version + 1)
    )
    return changed.rowcount == 1


def draft(tx: Reading, person_id: int, form: str) -> Draft | None:
    """A person's draft of a form; None where there is none."""
    mine = (DRAFT.c.person_id == person_id, DRAFT.c.form == form)
    row = tx.conn.execute(select(DRAFT).where(*mine)).mappings().first()
    if row is None:
        return None
    return Draft(row["words"], row["version"], row["recorded_at"] // 1_000_000)


def keep_draft(
    tx: Writing, person_id: int, form: str, words: Mapping[str, str], version: int
) -> None:
    """Keep what was typed; the last words are what holds."""
    drop_draft(tx, person_id, form)
    row = {"person_id": person_id, "form": form, "words": dict(words), "version": version}
    tx.conn.execute(insert(DRAFT).values(**row, recorded_at=tx.stamp))


def drop_draft(tx: Writing, person_id: int, form: str) -> None:
    """Forget a draft."""
    tx.conn.execute(delete(DRAFT).where(DRAFT.c.person_id == person_id, DRAFT.c.form == form))
