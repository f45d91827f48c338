"""A project of 清理排查 is ordered: one line an account of its area, one form a unit."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, literal, select

from monitor.domain.clearing import IN_QUESTION, Move, Stage, State
from monitor.domain.scope import Scope
from monitor.record.clearings import ASKED, CLEARING, LINE, Due, Moved, note
from monitor.record.rows import enter
from monitor.record.screens.scoping import visible
from monitor.record.store import Writing

MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Opening:
    """A project as it is ordered: by whose office, over which sub-tree, what is to be done."""

    unit_id: int
    path: str
    title: str
    words: str
    due: Due
    by: int | None
    at: int


def begin(tx: Writing, opening: Opening) -> tuple[int, set[int]]:
    """Enter a project with a line for every official account in question below its path, and the
    form of each unit: its id, and the units. No account at all: no unit."""
    due = opening.due
    key = enter(
        tx,
        CLEARING,
        unit_id=opening.unit_id,
        path=opening.path,
        title=opening.title,
        words=opening.words,
        stage=Stage.SELF.value,
        due_self=due.answer,
        due_check=due.check,
        due_spot=due.spot,
        due_settle=due.settle,
        seed="",
        size=0,
        population=0,
        summed_up="",
        opened_at=opening.at,
        opened_by=opening.by,
        version=0,
        recorded_at=tx.stamp,
    )
    _enter_lines(tx, key, opening.path)
    asked = select(LINE.c.unit_id).where(LINE.c.clearing_id == key).distinct()
    units = set(tx.conn.execute(asked).scalars())
    rows = [
        {"clearing_id": key, "unit_id": each, "recorded_at": opening.at * MICRO} for each in units
    ]
    if rows:
        tx.conn.execute(insert(ASKED), rows)
    note(tx, key, [Moved(Move.DEPLOY, "", Stage.SELF.value, opening.by)])
    return key, units


def _enter_lines(tx: Writing, clearing_id: int, path: str) -> None:
    """One statement, however many accounts there are."""
    seen = visible(tx, Scope(frozenset({path})), tx.second)
    names = (
        "clearing_id",
        "account_id",
        "unit_id",
        "place",
        "state",
        *_BLANK,
        "returns",
        "sampled",
    )
    blank = [literal("").label(name) for name in _BLANK]
    rows = select(
        literal(clearing_id),
        seen.c.account_id,
        seen.c.unit_id,
        seen.c.region_name,
        literal(State.WAITING.value),
        *blank,
        literal(0),
        literal(value=False),
        literal(0),
    ).where(seen.c.state.in_([each.value for each in IN_QUESTION]))
    tx.conn.execute(insert(LINE).from_select([*names, "version"], rows))


_BLANK: Final = ("answer", "note", "spot", "said", "decision", "why")
