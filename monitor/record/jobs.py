"""Jobs: runs a person asked for, claimed by compare-and-swap, with progress and cancel."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, or_, select, update

from monitor.domain.running import Job, JobState
from monitor.record.rows import enter
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

JOB = METADATA.tables["job"]


class Standing(StrEnum):
    """Whether a worker goes on with a job, and why not."""

    MINE = "继续"
    CANCELLED = "已按要求取消"
    LOST = "已由另一个进程接手"


def ask(
    tx: Writing,
    kind: str,
    arguments: Mapping[str, str],
    idempotency_key: str,
    asked_by: int | None,
) -> int:
    """Queue a job under a key of its own. Its id."""
    return enter(
        tx,
        JOB,
        kind=kind,
        arguments=dict(arguments),
        state=JobState.QUEUED.value,
        progress=0,
        result="",
        cancel=False,
        version=0,
        idempotency_key=idempotency_key,
        asked_by=asked_by,
        created_at=tx.second,
    )


def waiting(tx: Reading, kind: str) -> bool:
    """Whether a job of this kind is queued and not yet begun."""
    queued = select(JOB.c.id).where(JOB.c.kind == kind, JOB.c.state == JobState.QUEUED.value)
    return tx.conn.execute(queued.limit(1)).first() is not None


def unfinished(tx: Reading, kind: str) -> bool:
    """Whether a job of this kind is queued or under way."""
    live = (JobState.QUEUED.value, JobState.RUNNING.value)
    found = select(JOB.c.id).where(JOB.c.kind == kind, JOB.c.state.in_(live))
    return tx.conn.execute(found.limit(1)).first() is not None


def free(tx: Reading, now: int) -> list[int]:
    """Jobs to be taken: those that wait, and those whose owner let the lease run out."""
    rows = tx.conn.execute(select(JOB.c.id).where(_free(now)).order_by(JOB.c.created_at, JOB.c.id))
    return list(rows.scalars())


def claim(store: Store, owner: str, lease_seconds: int, job_id: int | None = None) -> Job | None:
    """Take the oldest free job, or the one named; None where none is, or another was faster."""
    with store.writing(durable=True) as tx:
        wanted = _free(tx.second) if job_id is None else and_(_free(tx.second), JOB.c.id == job_id)
        oldest = select(JOB).where(wanted).order_by(JOB.c.created_at, JOB.c.id).limit(1)
        row = tx.conn.execute(oldest).mappings().first()
        if row is None:
            return None
        taken = tx.conn.execute(
            update(JOB)
            .where(JOB.c.id == row["id"], JOB.c.version == row["version"])
            .values(
                state=JobState.RUNNING.value,
                owner=owner,
                lease_until=tx.second + lease_seconds,
                version=row["version"] + 1,
            )
        )
        return _job(row, state=JobState.RUNNING) if taken.rowcount == 1 else None


def _free(now: int) -> ColumnElement[bool]:
    return or_(
        JOB.c.state == JobState.QUEUED.value,
        and_(JOB.c.state == JobState.RUNNING.value, JOB.c.lease_until < now),
    )


def renew(store: Store, job_id: int, owner: str, lease_seconds: int) -> Standing:
    """Hold a job for so much longer; whether it still is this owner's to work on."""
    with store.writing() as tx:
        tx.conn.execute(
            update(JOB).where(*_held(job_id, owner)).values(lease_until=tx.second + lease_seconds)
        )
        return _standing(tx, job_id, owner)


def progress(store: Store, job_id: int, owner: str, percent: int) -> Standing:
    """Write down how far a job is (0..100); whether to go on."""
    with store.writing() as tx:
        done = max(0, min(100, percent))
        tx.conn.execute(update(JOB).where(*_held(job_id, owner)).values(progress=done))
        return _standing(tx, job_id, owner)


def _held(job_id: int, owner: str) -> tuple[ColumnElement[bool], ...]:
    return (JOB.c.id == job_id, JOB.c.owner == owner, JOB.c.state == JobState.RUNNING.value)


def _standing(tx: Reading, job_id: int, owner: str) -> Standing:
    held = select(JOB.c.cancel).where(*_held(job_id, owner))
    cancelled = tx.conn.execute(held).scalar()
    if cancelled is None:
        return Standing.LOST
    return Standing.CANCELLED if cancelled else Standing.MINE


def cancel(tx: Writing, job_id: int) -> None:
    """Ask for a job to be cancelled: one that waits never starts, one under way is told."""
    tx.conn.execute(update(JOB).where(JOB.c.id == job_id).values(cancel=True))
    tx.conn.execute(
        update(JOB)
        .where(JOB.c.id == job_id, JOB.c.state == JobState.QUEUED.value)
        .values(state=JobState.CANCELLED.value, result="已按要求取消", version=JOB.c.version + 1)
    )


def finish(store: Store, job_id: int, owner: str, state: JobState, result: str) -> bool:
    """Write down how a job ended, in Chinese; False where it is another worker's by now."""
    with store.writing(durable=True) as tx:
        values: dict[str, Any] = {"state": state.value, "result": result, "lease_until": None}
        if state is JobState.DONE:
            values["progress"] = 100
        ended = tx.conn.execute(
            update(JOB).where(*_held(job_id, owner)).values(**values, version=JOB.c.version + 1)
        )
        return ended.rowcount == 1


def get(tx: Reading, job_id: int) -> Job | None:
    """One job as it stands."""
    row = tx.conn.execute(select(JOB).where(JOB.c.id == job_id)).mappings().first()
    return None if row is None else _job(row, JobState(row["state"]))


def _job(row: RowMapping, state: JobState) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        arguments=row["arguments"],
        state=state,
        progress=row["progress"],
        result=row["result"],
        cancel=row["cancel"],
        asked_by=row["asked_by"],
    )


def files_awaited(tx: Reading) -> frozenset[str]:
    """The uploads that jobs not yet ended are to take in."""
    live = [JobState.QUEUED.value, JobState.RUNNING.value]
    rows = tx.conn.execute(select(JOB.c.arguments).where(JOB.c.state.in_(live))).scalars()
    return frozenset(str(each["file"]) for each in rows if "file" in each)
