"""What each unit owed of a quarter's documents and what of it is out, measured by one statement.

谁起草谁解读: the unit that drafted a document owes its interpretation, and so does every unit whose
accounts had a task of the campaign that interprets it. Only the drafter's own accounts speak for
it, not those below it nor anybody else's; one that keeps none is spoken for by the office whose
list it is on. What interprets a document counts once the drafter or the department said so.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, literal, select

from monitor.domain.account import Kind, State
from monitor.domain.campaign import SURE, TaskState
from monitor.domain.interpreting import Duty
from monitor.record.campaign_tasks import MOVE, TASK
from monitor.record.interpretings import DOCUMENT, LINK, LIST, UNIT
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT_REV: Final = METADATA.tables["account_rev"]
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
    told = {row["unit"]: _duty(row) for row in rows if row["unit"] is not None}
    yield from told.values()
    first = rows[0]
    if first["drafter"] in told:
        return
    if not first["speaks"] and first["desk"] in told:
        yield replace(told[first["desk"]], unit=first["drafter"])
        return
    yield Duty(first["id"], first["drafter"], first["issued_at"])


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
        .where(LINK.c.recorded_at <= span.known_at, LINK.c.stands)
        .group_by(LINK.c.document_id)
        .subquery("newest")
    )
    of_unit, desk = UNIT.alias("of_unit"), UNIT.alias("desk")
    state = _state(span.known_at)
    seen = state.in_(THERE) & (TASK.c.published_at < span.as_of)
    return (
        select(
            *(DOCUMENT.c[name] for name in ("id", "issued_at")),
            UNIT.c.code.label("drafter"),
            of_unit.c.code.label("unit"),
            desk.c.code.label("desk"),
            _speaks(span).label("speaks"),
            func.count(TASK.c.id).label("tasks"),
            func.min(case((seen, TASK.c.published_at))).label("published"),
            *(_counted(state, name, values) for name, values in _COUNTED.items()),
        )
        .join(LIST, LIST.c.id == DOCUMENT.c.list_id)
        .join(UNIT, UNIT.c.id == DOCUMENT.c.unit_id)
        .join(desk, desk.c.id == LIST.c.desk_id)
        .outerjoin(newest, newest.c.document_id == DOCUMENT.c.id)
        .outerjoin(LINK, LINK.c.id == newest.c.id)
        .outerjoin(TASK, TASK.c.campaign_id == LINK.c.campaign_id)
        .outerjoin(of_unit, of_unit.c.id == TASK.c.unit_id)
        .where(
            LIST.c.quarter.in_(span.quarters),
            LIST.c.final_at <= span.known_at,
            DOCUMENT.c.issued_at < span.as_of,
        )
        .group_by(*_WHOSE, of_unit.c.code, desk.c.code)
        .order_by(DOCUMENT.c.id, of_unit.c.code)
    )


_WHOSE: Final = (DOCUMENT.c.id, DOCUMENT.c.issued_at, DOCUMENT.c.unit_id, UNIT.c.code)
_COUNTED: Final = {
    "own_word": OWN_WORD,
    "unseen": TaskState.UNKNOWN.value,
    "excused": TaskState.EXCUSED.value,
}


def _speaks(span: Span) -> ColumnElement[bool]:
    """Whether the drafter kept an official account in use by then, as known then."""
    return (
        select(ACCOUNT_REV.c.account_id)
        .where(
            ACCOUNT_REV.c.unit_id == DOCUMENT.c.unit_id,
            ACCOUNT_REV.c.kind == Kind.OFFICIAL.value,
            ACCOUNT_REV.c.state == State.ACTIVE.value,
            ACCOUNT_REV.c.recorded_at <= span.known_at,
            ACCOUNT_REV.c.superseded_at > span.known_at,
            ACCOUNT_REV.c.valid_from <= span.as_of,
            ACCOUNT_REV.c.valid_until > span.as_of,
        )
        .exists()
    )


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
