"""Drafts of rulebooks: entered, changed by compare-and-swap, and never deleted."""

from typing import Any, Final

from sqlalchemy import RowMapping, func, select, update

from monitor.domain.errors import Conflict
from monitor.domain.standard import Draft, State
from monitor.record.rows import enter as enter_row
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

DRAFT: Final = METADATA.tables["rulebook_draft"]
RULEBOOK: Final = METADATA.tables["rulebook"]


def get(tx: Reading, draft_id: int) -> Draft | None:
    """One draft; None where there is none."""
    row = tx.conn.execute(select(DRAFT).where(DRAFT.c.id == draft_id)).mappings().first()
    return None if row is None else draft_of(row)


def draft_of(row: RowMapping) -> Draft:
    """A row as the noun."""
    return Draft(
        id=row["id"],
        name=row["name"],
        version=row["version"],
        base=row["base"],
        base_text=row["base_text"],
        text=row["text"],
        state=State(row["state"]),
        edits=row["edits"],
        drafted_by=row["drafted_by"],
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
        submitted_by=row["submitted_by"],
        decided_by=row["decided_by"],
        reason=row["reason"],
    )


def next_version(tx: Reading, name: str) -> int:
    """The number of the next revision of a name: after all that were kept or are being written."""
    kept = select(func.max(RULEBOOK.c.version)).where(RULEBOOK.c.name == name)
    written = select(func.max(DRAFT.c.version)).where(DRAFT.c.name == name)
    found = [tx.conn.execute(query).scalar() or 0 for query in (kept, written)]
    return 1 + max(found)


def enter(tx: Writing, named: tuple[str, int], base: tuple[str, str], text: str, by: int) -> int:
    """A new draft of (name, version) copied from `base` (what, and its text); its id."""
    return enter_row(
        tx,
        DRAFT,
        name=named[0],
        version=named[1],
        base=base[0],
        base_text=base[1],
        text=text,
        state=State.DRAFT.value,
        edits=0,
        drafted_by=by,
        changed_by=by,
        changed_at=tx.stamp,
        recorded_at=tx.stamp,
    )


def change(tx: Writing, draft: Draft, state: State, **values: Any) -> None:
    """The draft as somebody saw it, in another state or with another text; Conflict where another
    changed it meanwhile."""
    done = tx.conn.execute(
        update(DRAFT)
        .where(DRAFT.c.id == draft.id, DRAFT.c.edits == draft.edits)
        .values(state=state.value, edits=draft.edits + 1, changed_at=tx.stamp, **values)
    )
    if done.rowcount != 1:
        raise Conflict("这份标准刚被其他人改过", draft.name, "请刷新后再看")
