"""Revisions of schemes: entered, changed by compare-and-swap while drafts, never deleted."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import RowMapping, func, select

from monitor.domain.assessment import State
from monitor.domain.assessment_kept import SchemeRevision
from monitor.domain.errors import Conflict
from monitor.record import sendings
from monitor.record.rows import enter as enter_row
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

REVISION: Final = METADATA.tables["scheme_revision"]


def digest(text: str) -> str:
    """What a sheet is known by."""
    return sha256(text.encode()).hexdigest()


def get(tx: Reading, revision_id: int) -> SchemeRevision | None:
    """One revision; None where there is none."""
    return _one(tx, REVISION.c.id == revision_id)


def find(tx: Reading, key: str, number: int) -> SchemeRevision | None:
    """The revision of a scheme with this number; None where it is not kept."""
    return _one(tx, (REVISION.c.key == key) & (REVISION.c.number == number))


def every(tx: Reading) -> list[SchemeRevision]:
    """All revisions, by scheme, the newest first."""
    query = select(REVISION).order_by(REVISION.c.key, REVISION.c.number.desc())
    return [revision_of(row) for row in tx.conn.execute(query).mappings()]


def in_force(tx: Reading, key: str, since: int, known_at: int) -> SchemeRevision | None:
    """The issued revision that binds a period beginning at `since` (seconds), as known at a stamp:
    the newest number; None where none does."""
    query = (
        select(REVISION)
        .where(
            REVISION.c.key == key,
            REVISION.c.state == State.IN_FORCE.value,
            REVISION.c.valid_from <= since,
            REVISION.c.issued_at <= known_at,
        )
        .order_by(REVISION.c.number.desc())
    )
    row = tx.conn.execute(query).mappings().first()
    return None if row is None else revision_of(row)


def next_number(tx: Reading, key: str) -> int:
    """The number after all that were kept or are being written of a scheme."""
    found = tx.conn.execute(select(func.max(REVISION.c.number)).where(REVISION.c.key == key))
    return 1 + (found.scalar() or 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be kept: the scheme's key, the revision's number, its title, its whole text, what
    it was copied from, and the second from which periods may begin under it."""

    key: str
    number: int
    name: str
    text: str
    valid_from: int
    base: str = ""


def enter(tx: Writing, sheet: Sheet, state: State = State.DRAFTING, by: int | None = None) -> int:
    """A new revision; its id. What is entered in force is issued now."""
    issued = tx.stamp if state is State.IN_FORCE else None
    return enter_row(
        tx,
        REVISION,
        key=sheet.key,
        number=sheet.number,
        name=sheet.name,
        text=sheet.text,
        text_hash=digest(sheet.text),
        base=sheet.base,
        state=state.value,
        valid_from=sheet.valid_from,
        author_id=by,
        changed_at=tx.stamp,
        issued_at=issued,
        recorded_at=tx.stamp,
    )


def change(tx: Writing, seen: SchemeRevision, state: State, **values: Any) -> bool:
    """The revision as somebody saw it, in another state or with another `text`; False where another
    changed it meanwhile. Putting it in force sets `issued_at`. A shipped sheet (without author) is
    never rewritten."""
    if "text" in values:
        if seen.author_id is None:
            raise Conflict("预置的方案不能改写", seen.name, "请先复制一份,再修改")
        values["text_hash"] = digest(values["text"])
    if state is State.IN_FORCE:
        values["issued_at"] = tx.stamp
    return sendings.swap(
        tx, REVISION, seen.id, seen.version, state=state.value, changed_at=tx.stamp, **values
    )


def ensure(tx: Writing, sheet: Sheet) -> int:
    """The row of a shipped sheet, not in force; Conflict where this number was kept with
    another text."""
    found = find(tx, sheet.key, sheet.number)
    if found is None:
        return enter(tx, sheet, State.DRAFTING)
    if found.text_hash != digest(sheet.text):
        raise Conflict(
            f"考核方案“{sheet.name}”第{sheet.number}版的内容与已入库的不同",
            sheet.key,
            "已用过的版本不能改动,请把 version 加一后再用",
        )
    return found.id


def revision_of(row: RowMapping) -> SchemeRevision:
    """A row as the noun."""
    return SchemeRevision(
        id=row["id"],
        key=row["key"],
        number=row["number"],
        name=row["name"],
        text=row["text"],
        text_hash=row["text_hash"],
        state=State(row["state"]),
        valid_from=row["valid_from"],
        version=row["version"],
        author_id=row["author_id"],
        submitted_by=row["submitted_by"],
        approver_id=row["approver_id"],
        issued_at=row["issued_at"],
        base=row["base"],
    )


def _one(tx: Reading, condition: Any) -> SchemeRevision | None:
    row = tx.conn.execute(select(REVISION).where(condition)).mappings().first()
    return None if row is None else revision_of(row)
