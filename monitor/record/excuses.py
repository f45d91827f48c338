"""Agreed silence 同意停更: entered on a paper, ended early or taken back, never deleted."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, select, update

from monitor.domain.errors import Conflict
from monitor.domain.instants import OPEN
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

EXCUSE: Final = METADATA.tables["excuse"]


@dataclass(frozen=True, slots=True)
class Excused:
    """Agreed silence of one account: [a, b) seconds, of what kind, on what paper."""

    account_id: int
    a: int
    b: int
    kind: str
    paper: str
    id: int = 0


def in_force(tx: Reading, account_id: int) -> tuple[Excused, ...]:
    """What stands of an account, past and future, in order of time."""
    rows = tx.conn.execute(
        select(EXCUSE)
        .where(EXCUSE.c.account_id == account_id, EXCUSE.c.superseded_at == OPEN)
        .order_by(EXCUSE.c.a, EXCUSE.c.id)
    )
    return tuple(_excused(row) for row in rows)


def get(tx: Reading, excuse_id: int) -> Excused | None:
    """One that stands; None where there is none, or it was ended or taken back."""
    row = tx.conn.execute(
        select(EXCUSE).where(EXCUSE.c.id == excuse_id, EXCUSE.c.superseded_at == OPEN)
    ).first()
    return None if row is None else _excused(row)


def put(tx: Writing, found: Excused, by: int, reason: int, follows: int | None = None) -> int:
    """Enter agreed silence; `reason` is a typed reason, `follows` the row it takes the place of."""
    return enter(
        tx,
        EXCUSE,
        account_id=found.account_id,
        a=found.a,
        b=found.b,
        kind=found.kind,
        paper=found.paper,
        recorded_at=tx.stamp,
        superseded_at=OPEN,
        by=by,
        reason=reason,
        follows=follows,
    )


def shorten(tx: Writing, found: Excused, b: int, by: int, reason: int) -> int:
    """Let it end at second `b`; the id of the row that says so."""
    _supersede(tx, found.id)
    shorter = Excused(found.account_id, found.a, b, found.kind, found.paper)
    return put(tx, shorter, by, reason, found.id)


def withdraw(tx: Writing, found: Excused, by: int, reason: int) -> None:
    """Take it back whole: as if it had never been agreed."""
    _supersede(tx, found.id, withdrawn_by=by, withdrawn_reason=reason)


def _supersede(tx: Writing, excuse_id: int, **more: int) -> None:
    done = tx.conn.execute(
        update(EXCUSE)
        .where(EXCUSE.c.id == excuse_id, EXCUSE.c.superseded_at == OPEN)
        .values(superseded_at=tx.stamp, **more)
    )
    if done.rowcount != 1:
        raise Conflict("这项停更已由别人办理", "", "请刷新后查看")


def _excused(row: Row[tuple[object, ...]]) -> Excused:
    said = row._mapping
    return Excused(
        said["account_id"], said["a"], said["b"], said["kind"], said["paper"], said["id"]
    )
