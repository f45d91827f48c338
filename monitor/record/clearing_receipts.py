"""What a receipt link of a 清理排查 is about: one unit of one project, and its open lines."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.domain.account import Account
from monitor.domain.clearing import State
from monitor.record import accounts as registry
from monitor.record import clearings
from monitor.record.clearings import ASKED, LINE, KeptLine
from monitor.record.store import Reading

OPEN: Final = (State.WAITING, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One unit of one project, by the row that asks it."""

    id: int
    clearing_id: int
    unit_id: int


def one(tx: Reading, asked_id: int) -> Asked | None:
    """The unit and project of such a row; None where there is none."""
    row = tx.conn.execute(select(ASKED).where(ASKED.c.id == asked_id)).mappings().first()
    return None if row is None else Asked(row["id"], row["clearing_id"], row["unit_id"])


def owing(tx: Reading, clearing_id: int) -> list[Asked]:
    """The units of a project with an account nobody answered for, by row."""
    left = (
        select(LINE.c.id)
        .where(
            LINE.c.clearing_id == ASKED.c.clearing_id,
            LINE.c.unit_id == ASKED.c.unit_id,
            LINE.c.state.in_([each.value for each in OPEN]),
        )
        .exists()
    )
    rows = tx.conn.execute(
        select(ASKED).where(ASKED.c.clearing_id == clearing_id, left).order_by(ASKED.c.id)
    ).mappings()
    return [Asked(row["id"], row["clearing_id"], row["unit_id"]) for row in rows]


def waiting(tx: Reading, asked: Asked) -> list[KeptLine]:
    """The lines of that unit nobody answered for, or that were given back."""
    found = clearings.lines(tx, asked.clearing_id)
    return [each for each in found if each.unit_id == asked.unit_id and each.line.state in OPEN]


def accounts(tx: Reading, asked: Asked) -> list[Account]:
    """The accounts of those lines, as the ledger holds them."""
    found = (registry.by_id(tx, each.account_id) for each in waiting(tx, asked))
    return [each for each in found if each is not None]
