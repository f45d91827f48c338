"""Lives of accounts: what waits of each (compare-and-swap), and every move with its clock."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, insert, select, update

from monitor.domain.account import State
from monitor.domain.errors import Conflict
from monitor.domain.instants import shanghai_day
from monitor.domain.lifecycle import Clock, Life, Move
from monitor.domain.manuscript import SUBJECT
from monitor.domain.patrol import NOTHING_SEEN, OFFICE_GRADE
from monitor.record.approvals import APPROVAL
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

LIFE: Final = METADATA.tables["account_life"]
MOVE: Final = METADATA.tables["account_move"]
LOOK: Final = METADATA.tables["look"]
GONE: Final = frozenset(each.value for each in NOTHING_SEEN)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a life, and its version: 0 before anything was."""

    life: Life
    version: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made; `due_at` is the last second of the clock it starts, if any."""

    account_id: int
    move: Move
    before: str
    after: str
    person_id: int | None
    given: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
    clock: str = ""
    due_at: int | None = None
    provisional: bool = False


def get(tx: Reading, account_id: int) -> Kept:
    """What waits of an account; its state is the registry's to tell."""
    row = tx.conn.execute(select(LIFE).where(LIFE.c.account_id == account_id)).mappings().first()
    if row is None:
        return Kept(Life(None))
    life = Life(
        None,
        Move(row["pending"]) if row["pending"] else None,
        row["applicant"],
        dict(row["wanted"]),
        State(row["back"]) if row["back"] else None,
        bool(row["closure"]),
        until=_day(row["until"]),
        there=_day(row["there"]),
        here=_day(row["here"]),
        text=row["text_id"],
    )
    return Kept(life, row["version"])


def keep(tx: Writing, account_id: int, version: int, life: Life) -> None:
    """Put a life in place of the version it was made from; Conflict where that is gone."""
    row = {
        "pending": life.pending.value if life.pending else "",
        "applicant": life.applicant,
        "wanted": dict(life.wanted),
        "back": life.back.value if life.back else "",
        "closure": life.closure,
        "until": _said(life.until),
        "there": _said(life.there),
        "here": _said(life.here),
        "text_id": life.text,
        "version": version + 1,
    }
    if version == 0:
        tx.conn.execute(insert(LIFE).values(account_id=account_id, **row))
        return
    mine = (LIFE.c.account_id == account_id, LIFE.c.version == version)
    if tx.conn.execute(update(LIFE).where(*mine).values(**row)).rowcount != 1:
        raise Conflict("这个账号刚被别人办理过", "", "请刷新后再办")


def of_text(tx: Reading, text_id: int) -> int | None:
    """The account whose pending application a text is; None where none is any more."""
    return tx.conn.execute(select(LIFE.c.account_id).where(LIFE.c.text_id == text_id)).scalar()


def signing() -> list[ColumnElement[Any]]:
    """The approval a pending application goes up with, and where that stands: two columns."""
    mine = and_(APPROVAL.c.subject_kind == SUBJECT, APPROVAL.c.subject_id == LIFE.c.text_id)
    columns = {"approval_id": APPROVAL.c.id, "approval_state": APPROVAL.c.state}
    return [
        select(each).where(mine).scalar_subquery().label(name) for name, each in columns.items()
    ]


def made(tx: Writing, move: Made) -> int:
    """Write a move down; its id."""
    return enter(tx, MOVE, **_row(tx, move))


def made_all(tx: Writing, moves: Sequence[Made]) -> None:
    """Write many moves down at once."""
    if moves:
        tx.conn.execute(insert(MOVE), [_row(tx, each) for each in moves])


def _row(tx: Writing, move: Made) -> dict[str, Any]:
    return {
        "account_id": move.account_id,
        "move": move.move.value,
        "before": move.before,
        "after": move.after,
        "given": dict(move.given),
        "person_id": move.person_id,
        "recorded_at": tx.stamp,
        "year": move.year,
        "clock": move.clock,
        "due_at": move.due_at,
        "provisional": move.provisional,
    }


def meet(tx: Writing, account_id: int, clocks: Collection[Clock]) -> int:
    """End the clocks of an account that ask for this; how many."""
    done = tx.conn.execute(
        update(MOVE)
        .where(
            MOVE.c.account_id == account_id,
            MOVE.c.met_at.is_(None),
            MOVE.c.due_at.is_not(None),
            MOVE.c.clock.in_([each.value for each in clocks]),
        )
        .values(met_at=tx.stamp)
    )
    return int(done.rowcount)


def checked(tx: Reading, year: int, ids: Collection[int]) -> set[int]:
    """Those of the accounts that were confirmed for a year."""
    rows = select(MOVE.c.account_id).where(MOVE.c.year == year, MOVE.c.account_id.in_(ids))
    return set(tx.conn.execute(rows).scalars())


def seen_gone(tx: Reading, account_id: int) -> date | None:
    """The day of the newest look of a third person, where that found no page; else None."""
    row = tx.conn.execute(
        select(LOOK.c.seen, LOOK.c.looked_from, LOOK.c.grade)
        .where(LOOK.c.account_id == account_id)
        .order_by(LOOK.c.looked_from.desc(), LOOK.c.id.desc())
        .limit(1)
    ).first()
    if row is None or row.seen not in GONE or row.grade < OFFICE_GRADE:
        return None
    return shanghai_day(row.looked_from)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(day: date | None) -> str:
    return "" if day is None else day.isoformat()
