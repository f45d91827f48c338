"""Rulebooks in force: each term entered once, called off before it begins, and never deleted."""

from typing import Final

from sqlalchemy import RowMapping, func, select, update

from monitor.domain import standard
from monitor.domain.instants import OPEN
from monitor.domain.standard import Term
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

TERM: Final = METADATA.tables["rulebook_term"]
RULEBOOK: Final = METADATA.tables["rulebook"]
ACCOUNT_DAY: Final = METADATA.tables["account_day"]


def terms(tx: Reading, *, upper: bool = False) -> tuple[Term, ...]:
    """All that was ever laid down of 本厅口径 or 上级口径, by when it begins."""
    rows = tx.conn.execute(
        select(TERM, RULEBOOK.c.name, RULEBOOK.c.version)
        .join(RULEBOOK, RULEBOOK.c.id == TERM.c.rulebook_id)
        .where(TERM.c.upper == upper)
        .order_by(TERM.c.since, TERM.c.recorded_at, TERM.c.id)
    )
    return tuple(_term(row) for row in rows.mappings())


def _term(row: RowMapping) -> Term:
    return Term(
        id=row["id"],
        rulebook_id=row["rulebook_id"],
        name=row["name"],
        version=row["version"],
        upper=row["upper"],
        since=row["since"],
        recorded_at=row["recorded_at"],
        by=row["by"],
        called_off_at=row["called_off_at"],
    )


def at(tx: Reading, as_of: int, known_at: int = OPEN - 1, *, upper: bool = False) -> Term | None:
    """The term at `as_of` (seconds) as known at `known_at` (stamp); None before any judging."""
    return standard.in_force(terms(tx, upper=upper), as_of, known_at)


def begin(tx: Writing, rulebook_id: int, *, upper: bool, since: int, by: int | None) -> int:
    """Lay down from when (seconds) a kept rulebook is in force; the term's id."""
    return enter(
        tx,
        TERM,
        rulebook_id=rulebook_id,
        upper=upper,
        since=since,
        by=by,
        recorded_at=tx.stamp,
        called_off_at=OPEN,
    )


def call_off(tx: Writing, term_id: int, by: int) -> bool:
    """Call off what has not begun; False where it has, or was called off before."""
    done = tx.conn.execute(
        update(TERM)
        .where(TERM.c.id == term_id, TERM.c.since > tx.second, TERM.c.called_off_at == OPEN)
        .values(called_off_at=tx.stamp, called_off_by=by)
    )
    return done.rowcount == 1


def judged_until(tx: Reading) -> int | None:
    """The last second at which anything was judged; None where nothing was."""
    found: int | None = tx.conn.execute(select(func.max(ACCOUNT_DAY.c.as_of))).scalar()
    return found
