"""Reading the run log: what ran lately, and the last stamp anything was recorded under."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from monitor.domain.running import RunOutcome
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

RUN = METADATA.tables["run"]
STAMP = METADATA.tables["stamp"]


@dataclass(frozen=True, slots=True)
class Ran:
    """One run; `outcome` None while it is under way."""

    command: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    counts: Mapping[str, Any]
    note: str


def newest(tx: Reading, limit: int) -> list[Ran]:
    """The newest runs, the newest first."""
    columns = (
        RUN.c.command,
        RUN.c.started_at,
        RUN.c.ended_at,
        RUN.c.outcome,
        RUN.c.counts,
        RUN.c.note,
    )
    rows = tx.conn.execute(select(*columns).order_by(RUN.c.id.desc()).limit(limit))
    return [Ran(*row) for row in rows]


def known_now(tx: Reading, now: int) -> int:
    """Everything recorded until now (us): stamps may run ahead of a clock that stands or went back.

    `now` is the present instant in microseconds.
    """
    return max(now, last_stamp(tx))


def last_stamp(tx: Reading) -> int:
    """The stamp (us) of the last writing transaction."""
    return int(tx.conn.execute(select(STAMP.c.last_us)).scalar_one())


def last_counts(tx: Reading, command: str) -> tuple[datetime, Mapping[str, Any]] | None:
    """When a command last came to an end, and what it counted; None where it never did."""
    found = tx.conn.execute(
        select(RUN.c.ended_at, RUN.c.counts)
        .where(RUN.c.command == command, RUN.c.ended_at.is_not(None))
        .order_by(RUN.c.id.desc())
        .limit(1)
    ).first()
    return None if found is None else (found.ended_at, found.counts)


def under_way(tx: Reading, command: str) -> bool:
    """Whether a command runs at the moment."""
    open_one = select(RUN.c.id).where(RUN.c.command == command, RUN.c.ended_at.is_(None))
    return tx.conn.execute(open_one.limit(1)).first() is not None


def ever_done(tx: Reading, command: str) -> bool:
    """Whether a command ever came to a good end."""
    good = select(RUN.c.id).where(RUN.c.command == command, RUN.c.outcome == RunOutcome.DONE.value)
    return tx.conn.execute(good.limit(1)).first() is not None


def last_ended(tx: Reading, command: str) -> datetime | None:
    """When a command last came to an end, whatever its outcome; None where it never did."""
    found = tx.conn.execute(
        select(RUN.c.ended_at)
        .where(RUN.c.command == command, RUN.c.ended_at.is_not(None))
        .order_by(RUN.c.id.desc())
        .limit(1)
    ).scalar()
    return found if isinstance(found, datetime) else None
