"""Written askings 书面催补 for what a unit has not given: who was asked, for what, and when."""

from typing import Final

from sqlalchemy import RowMapping, select, update

from monitor.domain.assessment_kept import Ask
from monitor.domain.instants import OPEN
from monitor.record.rows import enter as enter_row
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

ASK: Final = METADATA.tables["assessment_ask"]


def enter(
    tx: Writing,
    period: str,
    unit_id: int,
    matter: tuple[str, int | None],
    paper: tuple[str, int],
    by: int | None = None,
) -> int:
    """A unit was asked for (measurement or '', account or None) by a paper (its number or file, the
    second it was asked at); the id."""
    return enter_row(
        tx,
        ASK,
        period=period,
        unit_id=unit_id,
        measure=matter[0],
        account_id=matter[1],
        paper=paper[0],
        asked_at=paper[1],
        asked_by=by,
        recorded_at=tx.stamp,
    )


def withdraw(tx: Writing, ask_id: int) -> bool:
    """Take an asking back from now on; False where it was taken back before."""
    done = tx.conn.execute(
        update(ASK)
        .where(ASK.c.id == ask_id, ASK.c.withdrawn_at == OPEN)
        .values(withdrawn_at=tx.stamp)
    )
    return done.rowcount == 1


def of_period(tx: Reading, period: str, known_at: int) -> list[Ask]:
    """All that stood at a stamp, the earliest first."""
    query = (
        select(ASK)
        .where(ASK.c.period == period, ASK.c.recorded_at <= known_at, ASK.c.withdrawn_at > known_at)
        .order_by(ASK.c.asked_at, ASK.c.id)
    )
    return [_ask(row) for row in tx.conn.execute(query).mappings()]


def _ask(row: RowMapping) -> Ask:
    return Ask(
        id=row["id"],
        period=row["period"],
        unit_id=row["unit_id"],
        measure=row["measure"],
        account_id=row["account_id"],
        paper=row["paper"],
        asked_at=row["asked_at"],
    )
