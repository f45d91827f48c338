"""Reminders of cases as rows: a step is judged when it is entered, and told once, later."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update

from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

STEP = METADATA.tables["case_step"]


@dataclass(frozen=True, slots=True)
class Due:
    """A step that fell due: of the clock of a case that began at `clock`, which runs to `due_at`
    (seconds)."""

    case_id: int
    clock: int
    step: str
    due_at: int


@dataclass(frozen=True, slots=True)
class Untold:
    """A step that was judged and nobody heard of yet."""

    id: int
    due: Due


def judge(tx: Writing, found: Iterable[Due]) -> int:
    """Enter the steps that are not there yet; how many those are."""
    entered = 0
    for each in found:
        same = select(STEP.c.id).where(
            STEP.c.case_id == each.case_id,
            STEP.c.clock == each.clock,
            STEP.c.step == each.step,
        )
        if tx.conn.execute(same).first() is None:
            keys = {"case_id": each.case_id, "clock": each.clock, "step": each.step}
            enter(tx, STEP, **keys, due_at=each.due_at, told_to=[], reached=0, recorded_at=tx.stamp)
            entered += 1
    return entered


def untold(tx: Reading) -> tuple[Untold, ...]:
    """What was judged and not told, the oldest first."""
    rows = tx.conn.execute(select(STEP).where(STEP.c.told_at.is_(None)).order_by(STEP.c.id))
    return tuple(
        Untold(row["id"], Due(row["case_id"], row["clock"], row["step"], row["due_at"]))
        for row in rows.mappings()
    )


def tell(tx: Writing, step_id: int, people: Iterable[int]) -> bool:
    """Mark a step as told to these people; False where somebody was faster."""
    reached = sorted(set(people))
    changed = tx.conn.execute(
        update(STEP)
        .where(STEP.c.id == step_id, STEP.c.told_at.is_(None))
        .values(told_at=tx.second, told_to=reached, reached=len(reached))
    )
    return changed.rowcount == 1
