"""Proposals 待确认事项: entered beside what they rest on, and decided once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, select, update

from monitor.domain.errors import Conflict
from monitor.domain.instants import OPEN
from monitor.domain.patrol import Look, Seen
from monitor.domain.proposal import Decision, Matter, Proposal, of_look
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

PROPOSAL = METADATA.tables["proposal"]
ACCOUNT_REV = METADATA.tables["account_rev"]
WHOLE_AGAIN: Final = (Matter.MISSING, Matter.REMOVED)
"""What a look at a page that stands withdraws."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proposal rests on, and whose word it is."""

    look_id: int | None = None
    line_id: int | None = None
    person_id: int | None = None


def put(
    tx: Writing, account_id: int, what: tuple[Matter, str], stated_at: int, basis: Basis
) -> int:
    """The open proposal of this matter: the one that stands, or a new one where it says otherwise.

    A new name in place of another withdraws the other.
    """
    matter, value = what
    for each in open_ones(tx, account_id, (matter,)):
        if each.value == value or not value:
            return each.id
        close(tx, each.id, Decision.WITHDRAWN, None, "")
    return enter(
        tx,
        PROPOSAL,
        account_id=account_id,
        matter=matter.value,
        value=value,
        stated_at=stated_at,
        look_id=basis.look_id,
        line_id=basis.line_id,
        person_id=basis.person_id,
        recorded_at=tx.stamp,
        decision=Decision.OPEN.value,
        reason="",
    )


def from_look(tx: Writing, look: Look, look_id: int, person_id: int | None) -> None:
    """What a look proposes; a page that stands takes back that it was missing."""
    name = tx.conn.execute(
        select(ACCOUNT_REV.c.name)
        .where(ACCOUNT_REV.c.account_id == look.account_id, ACCOUNT_REV.c.superseded_at == OPEN)
        .order_by(ACCOUNT_REV.c.valid_from.desc())
        .limit(1)
    ).scalar()
    what = of_look(look, name or "")
    if what is not None:
        put(tx, look.account_id, what, look.looked_from, Basis(look_id, None, person_id))
    if look.seen in (Seen.OK, Seen.RENAMED):
        withdraw(tx, look.account_id, WHOLE_AGAIN)


def withdraw(tx: Writing, account_id: int, matters: Collection[Matter]) -> int:
    """Take back what is open of these matters; how many."""
    found = open_ones(tx, account_id, matters)
    for each in found:
        close(tx, each.id, Decision.WITHDRAWN, None, "")
    return len(found)


def open_ones(tx: Reading, account_id: int, matters: Collection[Matter]) -> list[Proposal]:
    """What is undecided of an account."""
    rows = tx.conn.execute(
        select(PROPOSAL).where(
            PROPOSAL.c.account_id == account_id,
            PROPOSAL.c.decided_at.is_(None),
            PROPOSAL.c.matter.in_([each.value for each in matters]),
        )
    )
    return [proposal(row) for row in rows.mappings()]


def by_id(tx: Reading, proposal_id: int) -> Proposal | None:
    """One proposal, decided or not."""
    row = tx.conn.execute(select(PROPOSAL).where(PROPOSAL.c.id == proposal_id)).mappings().first()
    return None if row is None else proposal(row)


def close(tx: Writing, proposal_id: int, decision: Decision, by: int | None, reason: str) -> None:
    """Decide it; Conflict where somebody did so before."""
    done = tx.conn.execute(
        update(PROPOSAL)
        .where(PROPOSAL.c.id == proposal_id, PROPOSAL.c.decided_at.is_(None))
        .values(decision=decision.value, decided_at=tx.stamp, decided_by=by, reason=reason)
    )
    if done.rowcount != 1:
        raise Conflict("这一项已由别人处理", "", "请刷新后查看")


def proposal(row: RowMapping | Any) -> Proposal:
    """A row as the noun."""
    return Proposal(
        id=row["id"],
        account_id=row["account_id"],
        matter=Matter(row["matter"]),
        value=row["value"],
        stated_at=row["stated_at"],
        look_id=row["look_id"],
        line_id=row["line_id"],
        person_id=row["person_id"],
        decision=Decision(row["decision"]),
    )
