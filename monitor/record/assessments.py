"""Assessments 考核: opened for a period, moved on by compare-and-swap, every move a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import RowMapping, insert, select

from monitor.domain.assessment import Kind, State
from monitor.domain.assessment_kept import Assessment
from monitor.record import sendings
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ASSESSMENT: Final = METADATA.tables["assessment"]
MOVE: Final = METADATA.tables["assessment_move"]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new assessment is of: period code, kind, the scheme's revision, its title, and the
    earlier one it puts right."""

    period: str
    kind: Kind
    scheme_revision_id: int
    title: str
    level: str = ""
    amends_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """One row of what happened to an assessment: `at` is in seconds."""

    move: str
    before: str
    after: str
    words: str
    person_id: int | None
    papers: tuple[int | str, ...]
    at: int


def begin(tx: Writing, opening: Opening, by: int | None) -> int:
    """Open an assessment, nothing of it frozen yet; its id. Its version is 1."""
    return enter(
        tx,
        ASSESSMENT,
        period=opening.period,
        level=opening.level,
        kind=opening.kind.value,
        scheme_revision_id=opening.scheme_revision_id,
        state=State.RUNNING.value,
        title=opening.title,
        amends_id=opening.amends_id,
        opened_by=by,
        opened_at=tx.second,
        version=1,
        recorded_at=tx.stamp,
    )


def get(tx: Reading, assessment_id: int) -> Assessment | None:
    """One assessment as it stands; None where there is none."""
    query = select(ASSESSMENT).where(ASSESSMENT.c.id == assessment_id)
    row = tx.conn.execute(query).mappings().first()
    return None if row is None else assessment_of(row)


def every(tx: Reading, period: str = "") -> list[Assessment]:
    """All of one period, or of all, the newest first."""
    query = select(ASSESSMENT).order_by(ASSESSMENT.c.id.desc())
    if period:
        query = query.where(ASSESSMENT.c.period == period)
    return [assessment_of(row) for row in tx.conn.execute(query).mappings()]


def newest(tx: Reading, period: str, kind: Kind, scheme_key: str) -> Assessment | None:
    """The last one opened of a period under any revision of a scheme; None where there is none."""
    revision = METADATA.tables["scheme_revision"]
    query = (
        select(ASSESSMENT)
        .join(revision, revision.c.id == ASSESSMENT.c.scheme_revision_id)
        .where(
            ASSESSMENT.c.period == period,
            ASSESSMENT.c.kind == kind.value,
            revision.c.key == scheme_key,
        )
        .order_by(ASSESSMENT.c.id.desc())
    )
    row = tx.conn.execute(query).mappings().first()
    return None if row is None else assessment_of(row)


def settled(tx: Reading, period: str, scheme_key: str, known_at: int) -> Assessment | None:
    """The formal assessment of a period that stood at a stamp: the last one settled under any
    revision of a scheme, a 更正单 before what it puts right; None where nothing was settled yet."""
    revision = METADATA.tables["scheme_revision"]
    query = (
        select(ASSESSMENT)
        .join(revision, revision.c.id == ASSESSMENT.c.scheme_revision_id)
        .join(MOVE, MOVE.c.assessment_id == ASSESSMENT.c.id)
        .where(
            ASSESSMENT.c.period == period,
            ASSESSMENT.c.kind == Kind.FORMAL.value,
            revision.c.key == scheme_key,
            MOVE.c.after == State.SETTLED.value,
            MOVE.c.recorded_at <= known_at,
        )
        .order_by(ASSESSMENT.c.id.desc())
    )
    row = tx.conn.execute(query).mappings().first()
    return None if row is None else assessment_of(row)


def put(tx: Writing, seen: Assessment, state: State, **values: Any) -> bool:
    """Another state; False where it was moved on meanwhile."""
    return sendings.swap(
        tx,
        ASSESSMENT,
        seen.id,
        seen.version,
        state=state.value,
        recorded_at=tx.stamp,
        **values,
    )


def note(
    tx: Writing,
    seen: Assessment,
    move: str,
    after: State,
    said: tuple[int | None, str] = (None, ""),
    papers: Sequence[int | str] = (),
) -> None:
    """Enter a move beside the state it led from and to; `said` is by whom and with which words."""
    tx.conn.execute(
        insert(MOVE).values(
            assessment_id=seen.id,
            move=move,
            before=seen.state.value,
            after=after.value,
            person_id=said[0],
            words=said[1],
            papers=list(papers),
            at=tx.second,
            recorded_at=tx.stamp,
        )
    )


def moves(tx: Reading, assessment_id: int) -> list[Moved]:
    """What happened to it, the oldest first."""
    query = select(MOVE).where(MOVE.c.assessment_id == assessment_id).order_by(MOVE.c.id)
    return [
        Moved(
            row["move"],
            row["before"],
            row["after"],
            row["words"],
            row["person_id"],
            tuple(row["papers"] or ()),
            row["at"],
        )
        for row in tx.conn.execute(query).mappings()
    ]


def assessment_of(row: RowMapping) -> Assessment:
    """A row as the noun."""
    return Assessment(
        id=row["id"],
        period=row["period"],
        kind=Kind(row["kind"]),
        scheme_revision_id=row["scheme_revision_id"],
        state=State(row["state"]),
        title=row["title"],
        version=row["version"],
        level=row["level"],
        roster_hash=row["roster_hash"],
        as_of=row["as_of"],
        known_at=row["known_at"],
        reviewed_at=row["reviewed_at"],
        facts_hash=row["facts_hash"],
        result_hash=row["result_hash"],
        amends_id=row["amends_id"],
        feedback_until=row["feedback_until"],
        opened_by=row["opened_by"],
        frozen_at=row["frozen_at"],
    )
