"""Officers' own accounts as the store keeps them, and the rule that hides those without papers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from monitor.domain.account import Kind
from monitor.domain.errors import Conflict
from monitor.domain.officer import Joining, PaperKind, Standing
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

OFFICER: Final = METADATA.tables["officer_account"]
PAPER: Final = METADATA.tables["officer_paper"]


@dataclass(frozen=True, slots=True)
class Signed:
    """A paper: when it was signed, until which second it holds, the sha256 of its scan."""

    kind: PaperKind
    signed_on: date
    until: int
    scan: str = ""


def shown(
    kind: ColumnElement[Any], account_id: ColumnElement[Any], now: int
) -> ColumnElement[bool]:
    """In SQL: an official account, or an officer's that has joined and whose papers hold."""
    valid = select(OFFICER.c.account_id).where(
        OFFICER.c.standing == Standing.JOINED.value,
        OFFICER.c.approved_until > now,
        OFFICER.c.consented_until > now,
    )
    return or_(kind == Kind.OFFICIAL.value, account_id.in_(valid))


def valid(tx: Reading, now: int) -> frozenset[int]:
    """The ids of officers' accounts that may be shown at `now` (seconds)."""
    rows = tx.conn.execute(
        select(OFFICER.c.account_id).where(
            and_(
                OFFICER.c.standing == Standing.JOINED.value,
                OFFICER.c.approved_until > now,
                OFFICER.c.consented_until > now,
            )
        )
    )
    return frozenset(rows.scalars())


def joining(tx: Reading, account_id: int) -> Joining:
    """Where an account stands; 拟加入 where nothing was written down yet."""
    row = tx.conn.execute(select(OFFICER).where(OFFICER.c.account_id == account_id)).first()
    if row is None:
        return Joining()
    papers = (row.approved_until, row.consented_until)
    return Joining(Standing(row.standing), *papers, row.version)


def put(tx: Writing, account_id: int, now_so: Joining) -> None:
    """Write where it stands, on top of the version `now_so` was made from; Conflict if not."""
    values = {
        "standing": now_so.standing.value,
        "approved_until": now_so.approved_until,
        "consented_until": now_so.consented_until,
        "recorded_at": tx.stamp,
    }
    if now_so.version == 0:
        tx.conn.execute(insert(OFFICER).values(account_id=account_id, version=1, **values))
        return
    done = tx.conn.execute(
        update(OFFICER)
        .where(OFFICER.c.account_id == account_id, OFFICER.c.version == now_so.version)
        .values(version=now_so.version + 1, **values)
    )
    if done.rowcount != 1:
        raise Conflict("刚被其他人办理过", "民警个人账号", "请刷新后再看")


def add_paper(tx: Writing, account_id: int, paper: Signed, by: int | None) -> None:
    """Keep a paper; older ones of its kind stay on record."""
    tx.conn.execute(
        insert(PAPER).values(
            account_id=account_id,
            kind=paper.kind.value,
            signed_on=paper.signed_on.isoformat(),
            until=paper.until,
            scan=paper.scan,
            by=by,
            recorded_at=tx.stamp,
        )
    )
