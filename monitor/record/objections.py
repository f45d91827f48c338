"""Objections 异议 of units against lines of their scorecards, and what was granted."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import RowMapping, select

from monitor.domain.assessment import Plea
from monitor.domain.assessment_kept import KeptObjection
from monitor.record import sendings
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

OBJECTION: Final = METADATA.tables["assessment_objection"]


def raised(
    tx: Writing,
    line: tuple[int, int, str],
    words: str,
    wanted: float | None,
    files: Sequence[str] = (),
    by: int | None = None,
) -> int:
    """Enter an objection against a line: (assessment, unit id, indicator); its id. Whom to call is
    put into `contacts` under that id."""
    return enter(
        tx,
        OBJECTION,
        assessment_id=line[0],
        unit_id=line[1],
        indicator=line[2],
        words=words,
        wanted=wanted,
        files=list(files),
        state=Plea.RAISED.value,
        raised_by=by,
        raised_at=tx.second,
        version=1,
        recorded_at=tx.stamp,
    )


def get(tx: Reading, objection_id: int) -> KeptObjection | None:
    """One objection; None where there is none."""
    query = select(OBJECTION).where(OBJECTION.c.id == objection_id)
    row = tx.conn.execute(query).mappings().first()
    return None if row is None else objection_of(row)


def of_assessment(tx: Reading, assessment_id: int) -> list[KeptObjection]:
    """All against one assessment, in the order they came."""
    query = select(OBJECTION).where(OBJECTION.c.assessment_id == assessment_id)
    return [objection_of(row) for row in tx.conn.execute(query.order_by(OBJECTION.c.id)).mappings()]


def decide(
    tx: Writing,
    seen: KeptObjection,
    state: Plea,
    said: tuple[int, str],
    granted: float | None,
    files: Sequence[str] = (),
) -> bool:
    """采纳 with the points `granted`, or 不采纳; `said` is by whom, with which words, `files` the
    hashes of what goes with it. False where it was decided meanwhile."""
    return sendings.swap(
        tx,
        OBJECTION,
        seen.id,
        seen.version,
        state=state.value,
        answer=said[1],
        answer_files=list(files),
        granted=granted,
        decided_by=said[0],
        decided_at=tx.stamp,
    )


def objection_of(row: RowMapping) -> KeptObjection:
    """A row as the noun."""
    return KeptObjection(
        id=row["id"],
        assessment_id=row["assessment_id"],
        unit_id=row["unit_id"],
        indicator=row["indicator"],
        words=row["words"],
        state=Plea(row["state"]),
        version=row["version"],
        wanted=row["wanted"],
        files=tuple(row["files"] or ()),
        answer=row["answer"],
        answer_files=tuple(row["answer_files"] or ()),
        granted=row["granted"],
        raised_by=row["raised_by"],
        raised_at=row["raised_at"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )
