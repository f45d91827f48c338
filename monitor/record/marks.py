"""Marks of manual lines: drawn, given by reviewers blind to each other, agreed upon."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import RowMapping, insert, select

from monitor.domain.assessment_kept import Mark
from monitor.record import sendings
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

MANUAL: Final = METADATA.tables["assessment_manual"]
PLACES: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is to be looked at: a line of the scheme, a unit, and the thing itself."""

    indicator: str
    unit_id: int
    item: str = ""
    account_id: int | None = None
    evidence: str = ""


def draw(tx: Writing, assessment_id: int, drawn: Iterable[Drawn]) -> int:
    """Enter what is to be marked, each once; how many."""
    rows = [
        {
            "assessment_id": assessment_id,
            "indicator": each.indicator,
            "unit_id": each.unit_id,
            "item": each.item,
            "account_id": each.account_id,
            "evidence": each.evidence,
            "version": 1,
            "recorded_at": tx.stamp,
        }
        for each in drawn
    ]
    if rows:
        tx.conn.execute(insert(MANUAL), rows)
    return len(rows)


def get(tx: Reading, mark_id: int) -> Mark | None:
    """One thing to be marked; None where there is none."""
    row = tx.conn.execute(select(MANUAL).where(MANUAL.c.id == mark_id)).mappings().first()
    return None if row is None else mark_of(row)


def of_assessment(tx: Reading, assessment_id: int) -> list[Mark]:
    """All of one assessment, line by line."""
    query = select(MANUAL).where(MANUAL.c.assessment_id == assessment_id)
    ordered = query.order_by(MANUAL.c.indicator, MANUAL.c.unit_id, MANUAL.c.id)
    return [mark_of(row) for row in tx.conn.execute(ordered).mappings()]


def open_ones(tx: Reading, assessment_id: int) -> bool:
    """Whether anything that was drawn waits for a mark to be agreed upon."""
    waits = select(MANUAL.c.id).where(
        MANUAL.c.assessment_id == assessment_id, MANUAL.c.agreed.is_(None)
    )
    return tx.conn.execute(waits.limit(1)).first() is not None


def give(tx: Writing, seen: Mark, place: str, by: int, mark: float) -> bool:
    """What the reviewer in `place` (one of PLACES) gave; False where it was marked meanwhile."""
    said = {f"{place}_by": by, f"{place}_mark": mark, f"{place}_at": tx.second}
    return sendings.swap(tx, MANUAL, seen.id, seen.version, **said)


def agree(tx: Writing, seen: Mark, by: int, mark: float) -> bool:
    """What they came to: from this stamp on it counts; False where it was moved on meanwhile."""
    return sendings.swap(
        tx, MANUAL, seen.id, seen.version, agreed=mark, agreed_by=by, agreed_at=tx.stamp
    )


def mark_of(row: RowMapping) -> Mark:
    """A row as the noun."""
    return Mark(
        id=row["id"],
        assessment_id=row["assessment_id"],
        indicator=row["indicator"],
        unit_id=row["unit_id"],
        version=row["version"],
        item=row["item"],
        account_id=row["account_id"],
        evidence=row["evidence"],
        first_by=row["first_by"],
        first=row["first_mark"],
        second_by=row["second_by"],
        second=row["second_mark"],
        third_by=row["third_by"],
        third=row["third_mark"],
        agreed=row["agreed"],
        agreed_by=row["agreed_by"],
    )
