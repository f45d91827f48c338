"""Rows of retention: holds that stop the purge, receipts of what it took, files it still owes."""

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity

IN_FORCE = text("lifted_at IS NULL")


class DataHoldRow(SQLModel, table=True):
    """A hold 留存: what it covers is not purged until somebody else lifts it.

    `kind` '' is every kind; of unit, account and case one at most is set, none is the whole house;
    [since, until) in seconds bounds the data's own time. Why is sealed apart.
    """

    __tablename__ = "data_hold"
    __table_args__ = (
        Index("ix_data_hold_in_force", "kind", sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    kind: str = ""
    unit_id: int | None = Field(default=None, foreign_key="unit.id", sa_type=BigInteger)
    account_id: int | None = Field(default=None, foreign_key="account.id", sa_type=BigInteger)
    case_id: int | None = Field(default=None, foreign_key="case.id", sa_type=BigInteger)
    since: int | None = Field(default=None, sa_type=BigInteger)
    until: int | None = Field(default=None, sa_type=BigInteger)
    reason_id: int = Field(sa_type=BigInteger)
    placed_by: int = Field(sa_type=BigInteger)
    placed_at: int = Field(sa_type=BigInteger)
    lifted_by: int | None = Field(default=None, sa_type=BigInteger)
    lifted_at: int | None = Field(default=None, sa_type=BigInteger)
    lift_reason_id: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0


class PurgeReceiptRow(SQLModel, table=True):
    """What one step of the purge took: never changed; an audit entry bears its hash.

    `ids_sha256` is over the ids of what went, as text, sorted, one a line; `oldest` and `newest`
    are the seconds from which their time was counted.
    """

    __tablename__ = "purge_receipt"
    __table_args__ = (
        Index("ix_purge_receipt_kind", "kind", "id"),
        Index("ix_purge_receipt_run", "run_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    kind: str
    many: int
    oldest: int = Field(sa_type=BigInteger)
    newest: int = Field(sa_type=BigInteger)
    revision: int
    rules_sha256: str
    ids_sha256: str
    run_id: int = Field(foreign_key="run.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class PurgeFileRow(SQLModel, table=True):
    """A file whose receipt is written and which is still to be removed from the local folder."""

    __tablename__ = "purge_file"
    place: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    receipt_id: int = Field(foreign_key="purge_receipt.id", sa_type=BigInteger)
