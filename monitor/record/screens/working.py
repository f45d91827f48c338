"""采集: the run log and the jobs asked for on screen; the whole house's matter, not a county's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select

from monitor.access.declared import Reach, shown
from monitor.domain.instants import to_second
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.scoping import sees_all
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

RUN: Final = METADATA.tables["run"]
JOB: Final = METADATA.tables["job"]
SCORINGS: Final = 100
"""So many of the newest jobs that score are looked through."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run of one command; seconds, None while it is under way or where it was not planned."""

    run_id: int
    command: str
    scheduled_for: int | None
    started_at: int
    ended_at: int | None
    outcome: str | None
    counts: Mapping[str, Any]
    note: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """A run a person asked for; `progress` is 0..100."""

    job_id: int
    kind: str
    state: str
    progress: int
    result: str
    asked_by: int | None
    created_at: int


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def runs(tx: Reading, scope: Scope, now: int, *, limit: int = 30) -> tuple[RunLine, ...]:
    """The newest runs, for those who see the whole tree; nobody else."""
    if not sees_all(tx, scope, now):
        return ()
    rows = tx.conn.execute(select(RUN).order_by(RUN.c.started_at.desc()).limit(min(limit, 200)))
    return tuple(_run(row) for row in rows.mappings())


def _run(row: Mapping[Any, Any]) -> RunLine:
    def second(name: str) -> int | None:
        return to_second(row[name]) if row[name] is not None else None

    return RunLine(
        run_id=row["id"],
        command=row["command"],
        scheduled_for=second("scheduled_for"),
        started_at=to_second(row["started_at"]),
        ended_at=second("ended_at"),
        outcome=row["outcome"],
        counts=row["counts"] or {},
        note=row["note"],
    )


@shown(Permission.SEE_COLLECTING, reach=Reach.HOUSE)
def jobs(tx: Reading, scope: Scope, now: int, *, limit: int = 20) -> tuple[JobLine, ...]:
    """The newest jobs, for those who see the whole tree; nobody else."""
    return _jobs(tx, limit) if sees_all(tx, scope, now) else ()


@shown(reach=Reach.SELF)
def asked_by(tx: Reading, scope: Scope, person_id: int, *, limit: int = 20) -> tuple[JobLine, ...]:
    """The newest jobs one person asked for, for that person."""
    if scope.empty:
        return ()
    return _jobs(tx, limit, JOB.c.asked_by == person_id)


@shown(Permission.ASSESS, Permission.SETTLE, reach=Reach.HOUSE)
def scoring(tx: Reading, scope: Scope, now: int, assessment_id: int) -> JobLine | None:
    """The newest job that scores an assessment, for those who see the whole tree; None: none."""
    if not sees_all(tx, scope, now):
        return None
    newest = (
        select(JOB.c.id, JOB.c.arguments)
        .where(JOB.c.kind == "assess")
        .order_by(JOB.c.id.desc())
        .limit(SCORINGS)
    )
    wanted = str(assessment_id)
    for job_id, arguments in tx.conn.execute(newest):
        if arguments.get("assessment_id") == wanted:
            return _jobs(tx, 1, JOB.c.id == job_id)[0]
    return None


def _jobs(tx: Reading, limit: int, *conditions: ColumnElement[bool]) -> tuple[JobLine, ...]:
    names = ("kind", "state", "progress", "result", "asked_by", "created_at")
    rows = tx.conn.execute(
        select(JOB.c.id.label("job_id"), *(JOB.c[name] for name in names))
        .where(*conditions)
        .order_by(JOB.c.created_at.desc(), JOB.c.id.desc())
        .limit(min(limit, 200))
    )
    return tuple(JobLine(**row) for row in rows.mappings())
