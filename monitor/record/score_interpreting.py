"""What each unit owed of a quarter's documents and what of it is out, measured by one statement.

谁起草谁解读: the unit that drafted a document owes its interpretation, and so does every unit whose
accounts had a task of the campaign that interprets it. Where the drafter has no account of its own
in it, the first publication of all is his.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from monitor.domain.campaign import SURE, TaskState
from monitor.domain.interpreting import Duty
from monitor.record.campaign_tasks import MOVE, TASK
from monitor.record.interpretings import DOCUMENT, LINK, LIST, UNIT
from monitor.record.store import Reading

THERE: Final = tuple(each.value for each in SURE)
OWN_WORD: Final = TaskState.REPORTED.value


@dataclass(frozen=True, slots=True)
class Span:
    """Of which quarters (`2026Q3`), by which second, as known at which stamp."""

    quarters: tuple[str, ...]
    as_of: int
    known_at: int


def duties(tx: Reading, span: Span) -> list[Duty]:
    """What was owed of the documents issued by `as_of` on lists that were final by `known_at`."""
    by_document: dict[int, list[Any]] = defaultdict(list)
    for row in tx.conn.execute(_query(span)).mappings():
        by_document[row["id"]].append(row)
    return [duty for rows in by_document.values() for duty in _of_document(rows)]


def _of_document(rows: Sequence[Any]) -> Iterator[Duty]:
    """The duty of each unit that had tasks, and the drafter's."""
    told = [_duty(row) for row in rows if row["unit"] is not None]
    yield from told
    drafter = rows[0]["drafter"]
    if any(each.unit == drafter for each in told):
        return
    times = [each.published for each in told if each.published is not None]
    first = min(times, default=None)
    yield Duty(rows[0]["id"], drafter, rows[0]["issued_at"], first is not None, first)


def _duty(row: Any) -> Duty:
    published, own_word = row["published"], bool(row["own_word"])
    out = published is not None or own_word
    return Duty(
        document=row["id"],
        unit=row["unit"],
        issued=row["issued_at"],
        out=out,
        published=published,
        own_word=own_word and published is None,
        unseen=not out and row["unseen"] + row["excused"] == row["tasks"] and row["unseen"] > 0,
        excused=not out and row["excused"] == row["tasks"],
    )


def _query(span: Span) -> Select[Any]:
    """A row for each document and unit that had a task of it; one without a unit where none had."""
    newest = (
        select(LINK.c.document_id, func.max(LINK.c.id).label("id"))
        .where(LINK.c.recorded_at <= span.known_at)
        .group_by(LINK.c.document_id)
        .subquery("newest")
    )
    of_unit = UNIT.alias("of_unit")
    state = _state(span.known_at)
    seen = state.in_(THERE) & (TASK.c.published_at < span.as_of)
    return (
        select(
            *(DOCUMENT.c[name] for name in ("id", "issued_at")),
            UNIT.c.code.label("drafter"),
            of_unit.c.code.label("unit"),
            func.count(TASK.c.id).label("tasks"),
            func.min(case((seen, TASK.c.published_at))).label("published"),
            *(_counted(state, name, values) for name, values in _COUNTED.items()),
        )
        .join(LIST, LIST.c.id == DOCUMENT.c.list_id)
        .join(UNIT, UNIT.c.id == DOCUMENT.c.unit_id)
        .outerjoin(newest, newest.c.document_id == DOCUMENT.c.id)
        .outerjoin(LINK, LINK.c.id == newest.c.id)
        .outerjoin(TASK, TASK.c.campaign_id == LINK.c.campaign_id)
        .outerjoin(of_unit, of_unit.c.id == TASK.c.unit_id)
        .where(
            LIST.c.quarter.in_(span.quarters),
            LIST.c.final_at <= span.known_at,
            DOCUMENT.c.issued_at < span.as_of,
        )
        .group_by(DOCUMENT.c.id, DOCUMENT.c.issued_at, UNIT.c.code, of_unit.c.code)
        .order_by(DOCUMENT.c.id, of_unit.c.code)
    )


_COUNTED: Final = {
    "own_word": OWN_WORD,
    "unseen": TaskState.UNKNOWN.value,
    "excused": TaskState.EXCUSED.value,
}


def _counted(state: ColumnElement[Any], name: str, value: str) -> ColumnElement[Any]:
    return func.sum(case((state == value, 1), else_=0)).label(name)


def _state(known_at: int) -> ColumnElement[Any]:
    """How a task stood as known then: after its newest move, else as it was laid out."""
    newest = (
        select(MOVE.c.after)
        .where(MOVE.c.task_id == TASK.c.id, MOVE.c.recorded_at <= known_at)
        .order_by(MOVE.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(newest, literal(TaskState.TO_PUBLISH.value))
