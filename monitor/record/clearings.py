"""Projects of 清理排查 and their lines: read, moved on and swapped by version, every move noted."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, case, func, insert, select, update

from monitor.domain.clearing import (
    Answer,
    Count,
    Decision,
    Line,
    Move,
    Spot,
    Stage,
    State,
)
from monitor.record import sendings
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

CLEARING: Final = METADATA.tables["clearing"]
ACCOUNT: Final = METADATA.tables["account"]
ASKED: Final = METADATA.tables["clearing_unit"]
LINE: Final = METADATA.tables["clearing_line"]
MOVE: Final = METADATA.tables["clearing_move"]


@dataclass(frozen=True, slots=True)
class Due:
    """Until when each stage is to be done, seconds UTC."""

    answer: int
    check: int
    spot: int
    settle: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A project with its row. `seed` is '' until the sample was drawn, `size` of `population`."""

    id: int
    version: int
    unit_id: int
    path: str
    title: str
    words: str
    stage: Stage
    due: Due
    seed: str = ""
    size: int = 0
    population: int = 0
    summed_up: str = ""
    opened_at: int = 0
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One account's line with its row."""

    id: int
    version: int
    clearing_id: int
    account_id: int
    unit_id: int
    line: Line


@dataclass(frozen=True, slots=True)
class Moved:
    """A move as it is written down; `line_id` None is the whole project's."""

    move: Move
    before: str
    after: str
    person: int | None
    words: str = ""
    line_id: int | None = None


def get(tx: Reading, clearing_id: int) -> Kept | None:
    """One project; None where there is none."""
    row = tx.conn.execute(select(CLEARING).where(CLEARING.c.id == clearing_id)).mappings().first()
    return None if row is None else kept_of(row)


def kept_of(row: RowMapping | Mapping[str, Any]) -> Kept:
    """A project as its row tells it."""
    same = ("id", "version", "unit_id", "path", "title", "words", "seed", "size", "population")
    return Kept(
        **{name: row[name] for name in same},
        stage=Stage(row["stage"]),
        due=Due(row["due_self"], row["due_check"], row["due_spot"], row["due_settle"]),
        summed_up=row["summed_up"],
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
    )


def lines(tx: Reading, clearing_id: int, ids: Collection[int] | None = None) -> list[KeptLine]:
    """The lines of a project, or those of these ids, by id."""
    rows = select(LINE).where(LINE.c.clearing_id == clearing_id).order_by(LINE.c.id)
    if ids is not None:
        rows = rows.where(LINE.c.id.in_(ids))
    return [_kept_line(row) for row in tx.conn.execute(rows).mappings()]


def _kept_line(row: RowMapping) -> KeptLine:
    own = ("id", "version", "clearing_id", "account_id", "unit_id")
    return KeptLine(**{name: row[name] for name in own}, line=line_of(row))


def line_of(row: RowMapping | Mapping[str, Any]) -> Line:
    """A line as its row tells it."""
    return Line(
        State(row["state"]),
        Answer(row["answer"]) if row["answer"] else None,
        row["note"],
        row["answered_by"],
        row["checked_by"],
        row["returns"],
        bool(row["sampled"]),
        Spot(row["spot"]) if row["spot"] else None,
        row["said"],
        Decision(row["decision"]) if row["decision"] else None,
        row["why"],
    )


def put(tx: Writing, before: KeptLine, after: Line) -> bool:
    """Write a line down on top of the one that was read; False where that is not the newest."""
    given = {
        "state": after.state.value,
        "answer": after.answer or "",
        "spot": after.spot or "",
        "decision": after.decision or "",
    }
    same = ("note", "answered_by", "checked_by", "returns", "said", "why")
    values: dict[str, Any] = {name: getattr(after, name) for name in same}
    if after.state is State.ANSWERED:
        values["answered_at"] = tx.second
    if after.spot is not before.line.spot:
        values["spot_at"] = tx.second
    return sendings.swap(tx, LINE, before.id, before.version, **given, **values)


def advance(tx: Writing, before: Kept, stage: Stage, **values: Any) -> bool:
    """Move a project on from the one that was read; False where that is not the newest."""
    return sendings.swap(tx, CLEARING, before.id, before.version, stage=stage.value, **values)


def candidates(tx: Reading, clearing_id: int) -> list[tuple[int, str, str]]:
    """The checked accounts of a project, each with its place and platform, to draw from."""
    rows = (
        select(LINE.c.account_id, LINE.c.place, ACCOUNT.c.platform)
        .join(ACCOUNT, ACCOUNT.c.id == LINE.c.account_id)
        .where(LINE.c.clearing_id == clearing_id, LINE.c.state == State.CHECKED.value)
        .order_by(LINE.c.account_id)
    )
    return [(row[0], row[1], row[2]) for row in tx.conn.execute(rows)]


def draw(tx: Writing, clearing_id: int, account_ids: Collection[int]) -> None:
    """Mark the accounts that were drawn."""
    mine = (LINE.c.clearing_id == clearing_id, LINE.c.account_id.in_(account_ids))
    tx.conn.execute(update(LINE).where(*mine).values(sampled=True, version=LINE.c.version + 1))


def note(tx: Writing, clearing_id: int, moves: Iterable[Moved]) -> None:
    """Write moves down."""
    rows = [
        {
            "clearing_id": clearing_id,
            "line_id": each.line_id,
            "move": each.move.value,
            "before": each.before,
            "after": each.after,
            "words": each.words,
            "person_id": each.person,
            "recorded_at": tx.stamp,
        }
        for each in moves
    ]
    if rows:
        tx.conn.execute(insert(MOVE), rows)


def grouped(tx: Reading, clearing_id: int) -> list[tuple[str, str, str, bool, str, str, int]]:
    """How many lines stand alike, by place: place, state, answer, sampled, spot, decision."""
    names = ("place", "state", "answer", "sampled", "spot", "decision")
    alike = [LINE.c[name] for name in names]
    rows = (
        select(*alike, func.count())
        .where(LINE.c.clearing_id == clearing_id)
        .group_by(*alike)
        .order_by(func.min(LINE.c.id))
    )
    return [(r[0], r[1], r[2], bool(r[3]), r[4], r[5], int(r[6])) for r in tx.conn.execute(rows)]


def counts() -> list[Any]:
    """The columns of a `Count`, to be summed over lines."""
    told = {
        "waiting": LINE.c.state == State.WAITING.value,
        "answered": LINE.c.state == State.ANSWERED.value,
        "returned": LINE.c.state == State.RETURNED.value,
        "checked": LINE.c.state == State.CHECKED.value,
        "sampled": LINE.c.sampled,
        "same": LINE.c.spot == Spot.SAME.value,
        "differs": LINE.c.spot == Spot.DIFFERS.value,
        "decided": LINE.c.decision != "",
    }
    summed = [
        func.coalesce(func.sum(case((when, 1), else_=0)), 0).label(name)
        for name, when in told.items()
    ]
    return [func.count().label("asked"), *summed]


def count(tx: Reading, clearing_id: int) -> Count:
    """How the lines of a project stand."""
    row = tx.conn.execute(select(*counts()).where(LINE.c.clearing_id == clearing_id)).one()
    return Count(*(int(each) for each in row))
