"""Holds 留存: placed by one person, lifted by another; nothing they cover is purged meanwhile."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, update

from monitor.domain.errors import Conflict
from monitor.domain.retention import Covers, Hold
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

HOLD: Final = METADATA.tables["data_hold"]
COLUMNS: Final = {
    Covers.UNIT: "unit_id",
    Covers.ACCOUNT: "account_id",
    Covers.CASE: "case_id",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """Who placed a hold, whether it is in force, and the version to lift it from."""

    id: int
    placed_by: int
    in_force: bool
    version: int


def place(tx: Writing, hold: Hold, reason_id: int, by: int) -> int:
    """Put a hold in force at once; its number."""
    row: dict[str, Any] = {"kind": hold.kind, "since": hold.since, "until": hold.until}
    if hold.covers in COLUMNS:
        row[COLUMNS[hold.covers]] = hold.subject
    more = {"reason_id": reason_id, "placed_by": by, "placed_at": tx.second, "version": 0}
    return enter(tx, HOLD, **row, **more)


def get(tx: Reading, hold_id: int) -> Placed | None:
    """One hold; None where there is none."""
    row = tx.conn.execute(select(HOLD).where(HOLD.c.id == hold_id)).first()
    return (
        None if row is None else Placed(row.id, row.placed_by, row.lifted_at is None, row.version)
    )


def lift(tx: Writing, which: tuple[int, int], reason_id: int, by: int) -> None:
    """End a hold as somebody saw it (id and version); Conflict where another did so meanwhile."""
    done = tx.conn.execute(
        update(HOLD)
        .where(HOLD.c.id == which[0], HOLD.c.version == which[1], HOLD.c.lifted_at.is_(None))
        .values(lifted_by=by, lifted_at=tx.second, lift_reason_id=reason_id, version=which[1] + 1)
    )
    if done.rowcount != 1:
        raise Conflict("这项留存刚被其他人解除", "留存", "请刷新后再看")


def named(tx: Reading, covers: Covers, words: str) -> list[int]:
    """The ids of what somebody called by name: a unit by code or name, an account by its name or
    its id on the platform, a case by the number in its address."""
    if covers is Covers.CASE:
        case = METADATA.tables["case"].c
        number = int(words) if words.isdecimal() and len(words) < 18 else 0  # noqa: PLR2004
        return list(tx.conn.execute(select(case.id).where(case.id == number)).scalars())
    if covers is Covers.ACCOUNT:
        account, rev = METADATA.tables["account"].c, METADATA.tables["account_rev"].c
        wanted = select(account.id).where(account.uid == words)
        called = select(rev.account_id).where(rev.name == words)
    else:
        unit, rev = METADATA.tables["unit"].c, METADATA.tables["unit_rev"].c
        wanted = select(unit.id).where(unit.code == words)
        called = select(rev.unit_id).where(rev.name == words)
    return sorted({*tx.conn.execute(wanted).scalars(), *tx.conn.execute(called).scalars()})
