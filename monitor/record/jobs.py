"""Jobs: runs a person asked for, claimed by compare-and-swap, with progress and cancel."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, and_, or_, select, update

from monitor.domain.running import Job, JobState
from monitor.record.rows import enter
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

JOB = METADATA.tables["job"]


def ask(
    tx: Writing,
    kind: str,
    arguments: Mapping[str, str],
    idempotency_key: str,
    asked_by: int | None,
) -> int:
    """Queue a job; asking twice with the same key is one job. Its id."""
    before = known(tx, idempotency_key)
    if before is not None:
        return before
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


def known(tx: Reading, idempotency_key: str) -> int | None:
    """The job that was asked for with this key; None where none was."""
    same = select(JOB.c.id).where(JOB.c.idempotency_key == idempotency_key)
    return tx.conn.execute(same).scalar()


def waiting(tx: Reading, kind: str) -> bool:
    """Whether a job of this kind is queued and not yet begun."""
    queued = select(JOB.c.id).where(JOB.c.kind == kind, JOB.c.state == JobState.QUEUED.value)
    return tx.conn.execute(queued.limit(1)).first() is not None


def claim(store: Store, owner: str, lease_seconds: int) -> Job | None:
    """Take the oldest job that waits, or whose owner let its lease run out; None if none does."""
    with store.writing(durable=True) as tx:
        free = or_(
            JOB.c.state == JobState.QUEUED.value,
            and_(JOB.c.state == JobState.RUNNING.value, JOB.c.lease_until < tx.second),
        )
        oldest = select(JOB).where(free).order_by(JOB.c.created_at, JOB.c.id).limit(1)
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


def progress(store: Store, job_id: int, percent: int) -> bool:
    """Write down how far a job is (0..100); True where a person asked to cancel it."""
    with store.writing() as tx:
        tx.conn.execute(
            update(JOB).where(JOB.c.id == job_id).values(progress=max(0, min(100, percent)))
        )
        return bool(tx.conn.execute(select(JOB.c.cancel).where(JOB.c.id == job_id)).scalar())


def cancel(tx: Writing, job_id: int) -> None:
    """Ask for a job to be cancelled: one that waits never starts, one under way is told."""
    tx.conn.execute(update(JOB).where(JOB.c.id == job_id).values(cancel=True))
    tx.conn.execute(
        update(JOB)
        .where(JOB.c.id == job_id, JOB.c.state == JobState.QUEUED.value)
        .values(state=JobState.CANCELLED.value, result="已按要求取消", version=JOB.c.version + 1)
    )


def finish(store: Store, job_id: int, state: JobState, result: str) -> None:
    """Write down how a job ended, in Chinese."""
    with store.writing(durable=True) as tx:
        values: dict[str, Any] = {"state": state.value, "result": result, "lease_until": None}
        if state is JobState.DONE:
            values["progress"] = 100
        tx.conn.execute(
            update(JOB).where(JOB.c.id == job_id).values(**values, version=JOB.c.version + 1)
        )


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
