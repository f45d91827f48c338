"""The look after a case was closed: due, put on the patrol's list, and what it led to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, select, update

from monitor.record.cases import CASE
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

AGAIN = METADATA.tables["case_look"]
FINE: Final = "复查合格"
WORSE: Final = "又现问题"


@dataclass(frozen=True, slots=True)
class Again:
    """One look that is due or was made: `outcome` is '' until that is known."""

    id: int
    case_id: int
    account_id: int
    due_at: int
    asked_at: int | None
    looked_at: int | None
    outcome: str
    next_id: int | None


def expect(tx: Writing, case_id: int, due_at: int) -> int:
    """A case was closed: its account is looked at again at `due_at` (seconds)."""
    return enter(tx, AGAIN, case_id=case_id, due_at=due_at, outcome="", recorded_at=tx.stamp)


def ripe(tx: Reading, now: int) -> tuple[Again, ...]:
    """Looks that are due and without an outcome, the oldest first."""
    return _found(tx, AGAIN.c.outcome == "", AGAIN.c.due_at <= now)


def of_case(tx: Reading, case_id: int) -> tuple[Again, ...]:
    """The looks of a case."""
    return _found(tx, AGAIN.c.case_id == case_id)


def ask(tx: Writing, look_ids: Sequence[int]) -> int:
    """Put looks on the patrol's list; how many were not there yet."""
    asked = update(AGAIN).where(AGAIN.c.id.in_(look_ids), AGAIN.c.asked_at.is_(None))
    return tx.conn.execute(asked.values(asked_at=tx.second)).rowcount


def settle(tx: Writing, look_id: int, looked_at: int, outcome: str, next_id: int | None) -> bool:
    """What the look led to; False where that stands already."""
    done = update(AGAIN).where(AGAIN.c.id == look_id, AGAIN.c.outcome == "")
    values = {"looked_at": looked_at, "outcome": outcome, "next_id": next_id}
    return tx.conn.execute(done.values(**values)).rowcount == 1


def asked_of(account_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an account waits on the patrol's list because of a closed case."""
    return exists().where(
        AGAIN.c.case_id == CASE.c.id,
        CASE.c.account_id == account_id,
        AGAIN.c.asked_at.is_not(None),
        AGAIN.c.outcome == "",
    )


def _found(tx: Reading, *conditions: ColumnElement[bool]) -> tuple[Again, ...]:
    rows = tx.conn.execute(
        select(AGAIN, CASE.c.account_id)
        .join(CASE, CASE.c.id == AGAIN.c.case_id)
        .where(*conditions)
        .order_by(AGAIN.c.due_at, AGAIN.c.id)
    ).mappings()
    names = ("id", "case_id", "account_id", "due_at", "asked_at", "looked_at", "outcome", "next_id")
    return tuple(Again(**{name: row[name] for name in names}) for row in rows)
