"""The run log: one row per run, written at its start under a stamp of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from monitor.domain.instants import SHANGHAI
from monitor.domain.running import RunOutcome, RunReport
from monitor.record.rows import enter
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

RUN = METADATA.tables["run"]


@dataclass(frozen=True, slots=True)
class Begun:
    """A run under way; nothing recorded later can have a stamp at or before `known_at`."""

    run_id: int
    known_at: int


def begin(
    store: Store, command: str, arguments: Mapping[str, str], scheduled_for: datetime | None
) -> Begun | None:
    """Write the run's row; None where this (command, scheduled_for) has a row already."""
    with store.writing(alone=True) as tx:
        if scheduled_for is not None and _ran(tx, command, scheduled_for):
            return None
        run_id = enter(
            tx,
            RUN,
            command=command,
            arguments=dict(arguments),
            known_at=tx.stamp,
            scheduled_for=scheduled_for,
            started_at=tx.now,
            counts={},
            note="",
        )
        return Begun(run_id, tx.stamp)


def _ran(tx: Writing, command: str, scheduled_for: datetime) -> bool:
    same = select(RUN.c.id).where(RUN.c.command == command, RUN.c.scheduled_for == scheduled_for)
    return tx.conn.execute(same).first() is not None


def end(store: Store, run_id: int, report: RunReport) -> None:
    """Write down how a run ended; an interrupted one gives its place in the timetable back."""
    values: dict[str, Any] = {
        "outcome": report.outcome.value,
        "counts": dict(report.counts),
        "note": report.note,
    }
    if report.outcome is RunOutcome.INTERRUPTED:
        values["scheduled_for"] = None
    with store.writing() as tx:
        tx.conn.execute(update(RUN).where(RUN.c.id == run_id).values(ended_at=tx.now, **values))


def interrupted(store: Store) -> int:
    """Mark runs that a crash cut off, at the start of the only scheduler; how many there were.

    Such a run gives its place in the timetable back, so that catching up does it again.
    """
    with store.writing() as tx:
        left = tx.conn.execute(
            select(RUN.c.id, RUN.c.scheduled_for).where(RUN.c.outcome.is_(None))
        ).all()
        for run_id, scheduled_for in left:
            tx.conn.execute(
                update(RUN)
                .where(RUN.c.id == run_id)
                .values(
                    outcome=RunOutcome.INTERRUPTED.value,
                    ended_at=tx.now,
                    scheduled_for=None,
                    note=_cut_off(scheduled_for),
                )
            )
    return len(left)


def _cut_off(scheduled_for: datetime | None) -> str:
    if scheduled_for is None:
        return "程序中途退出,未做完"
    planned = scheduled_for.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return f"程序中途退出,未做完;原定{planned}的这一轮将补做"


def last_scheduled(tx: Reading, command: str) -> datetime | None:
    """The latest time of the timetable for which a command has run; None if it never did."""
    latest = select(func.max(RUN.c.scheduled_for)).where(RUN.c.command == command)
    found: datetime | None = tx.conn.execute(latest).scalar()
    return found
