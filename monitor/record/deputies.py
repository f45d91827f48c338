"""Deputies (B岗) as the store keeps them: who stands in for whom, from when until when."""

from dataclasses import dataclass

from sqlalchemy import select, update

from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

DEPUTY = METADATA.tables["deputy"]


@dataclass(frozen=True, slots=True)
class Deputy:
    """`deputy_id` holds the rights of `person_id` in [since, until) seconds, unless ended."""

    id: int
    person_id: int
    deputy_id: int
    since: int
    until: int
    ended_at: int | None


def add(tx: Writing, person_id: int, deputy_id: int, since: int, until: int, by: int | None) -> int:
    """Appoint somebody; the id."""
    return enter(
        tx,
        DEPUTY,
        person_id=person_id,
        deputy_id=deputy_id,
        since=since,
        until=until,
        given_by=by,
        recorded_at=tx.stamp,
    )


def get(tx: Reading, key: int) -> Deputy | None:
    """One appointment; None where there is none."""
    row = tx.conn.execute(select(*_COLUMNS).where(DEPUTY.c.id == key)).first()
    return None if row is None else Deputy(*row)


def open_ones(tx: Reading, now: int) -> list[Deputy]:
    """Appointments that are in force or still to come, the earliest first."""
    still = (DEPUTY.c.until > now, DEPUTY.c.ended_at.is_(None))
    rows = tx.conn.execute(select(*_COLUMNS).where(*still).order_by(DEPUTY.c.since, DEPUTY.c.id))
    return [Deputy(*row) for row in rows]


def end(tx: Writing, key: int) -> None:
    """From now on the lent rights are gone."""
    tx.conn.execute(update(DEPUTY).where(DEPUTY.c.id == key).values(ended_at=tx.second))


_COLUMNS = [
    DEPUTY.c[name] for name in ("id", "person_id", "deputy_id", "since", "until", "ended_at")
]
