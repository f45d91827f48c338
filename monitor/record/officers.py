"""Officers' own accounts as the store keeps them, and the rule that hides those without papers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from monitor.domain.account import Kind
from monitor.domain.errors import Conflict
from monitor.domain.instants import OPEN
from monitor.domain.officer import Joining, PaperKind, Standing
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

OFFICER: Final = METADATA.tables["officer_account"]
PAPER: Final = METADATA.tables["officer_paper"]
ACCOUNT: Final = METADATA.tables["account"]
ACCOUNT_REV: Final = METADATA.tables["account_rev"]


@dataclass(frozen=True, slots=True)
class Signed:
    """A paper: when it was signed, until which second it holds, the sha256 of its scan."""

    kind: PaperKind
    signed_on: date
    until: int
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent, and the officer's account it is about."""

    paper_id: int
    account_id: int
    platform: str
    name: str
    unit_id: int


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


def consents(tx: Reading, account_id: int) -> tuple[int, ...]:
    """The ids of an account's consents, the newest first."""
    rows = tx.conn.execute(
        select(PAPER.c.id)
        .where(PAPER.c.account_id == account_id, PAPER.c.kind == PaperKind.CONSENT.value)
        .order_by(PAPER.c.id.desc())
    )
    return tuple(rows.scalars())


def agreed(tx: Reading, paper_id: int) -> Agreed | None:
    """What a consent is about, as the registry calls it by now; None where it is none."""
    row = tx.conn.execute(
        select(PAPER.c.account_id, ACCOUNT.c.platform, ACCOUNT_REV.c.name, ACCOUNT_REV.c.unit_id)
        .join(ACCOUNT, ACCOUNT.c.id == PAPER.c.account_id)
        .join(ACCOUNT_REV, ACCOUNT_REV.c.account_id == ACCOUNT.c.id)
        .where(
            PAPER.c.id == paper_id,
            PAPER.c.kind == PaperKind.CONSENT.value,
            ACCOUNT_REV.c.superseded_at == OPEN,
            ACCOUNT_REV.c.kind == Kind.PERSONAL.value,
        )
        .order_by(ACCOUNT_REV.c.valid_from.desc())
        .limit(1)
    ).first()
    return None if row is None else Agreed(paper_id, *row)
