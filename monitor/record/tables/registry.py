"""Rows of the registry: units, accounts, their revisions, excuses and credentials."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from monitor.domain.instants import BEGINNING, OPEN
from monitor.record.tables.base import Document, Identity

STILL_SO = text(f"superseded_at = {OPEN}")
UNDECIDED = text("decided_at IS NULL")


class UnitRow(SQLModel, table=True):
    """A unit's identity; all else about it is revised."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    code: str = Field(unique=True)


class UnitRevRow(SQLModel, table=True):
    """A unit as one revision states it; `path` is ids from the root, '/1/7/42/'."""

    __tablename__ = "unit_rev"
    __table_args__ = (
        Index(
            "ix_unit_rev_path",
            "path",
            sqlite_where=STILL_SO,
            postgresql_where=STILL_SO,
            postgresql_ops={"path": "text_pattern_ops"},
        ),
        Index("ix_unit_rev_parent", "parent_id"),
    )
    unit_id: int = Field(primary_key=True, foreign_key="unit.id", sa_type=BigInteger)
    recorded_at: int = Field(primary_key=True, sa_type=BigInteger)
    valid_from: int = Field(default=BEGINNING, primary_key=True, sa_type=BigInteger)
    valid_until: int = Field(default=OPEN, sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)
    name: str
    level: str
    parent_id: int | None = Field(default=None, foreign_key="unit.id", sa_type=BigInteger)
    path: str
    line: str = ""
    region: str = ""
    region_name: str = ""
    county_name: str = ""


class AccountRow(SQLModel, table=True):
    """An account's identity; `uid` is NULL while it is not known (ID待补)."""

    __tablename__ = "account"
    __table_args__ = (
        Index(
            "uq_account_platform_uid",
            "platform",
            "uid",
            unique=True,
            sqlite_where=text("uid IS NOT NULL"),
            postgresql_where=text("uid IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    platform: str
    uid: str | None = None
    registered_at: int = Field(sa_type=BigInteger)


class AccountRevRow(SQLModel, table=True):
    """An account as one revision states it; `details` are the ledger's other columns.

    `filed`, `filed_name` and `account_type` are read from `details` when the revision is written.
    """

    __tablename__ = "account_rev"
    __table_args__ = (
        Index("ix_account_rev_unit", "unit_id", sqlite_where=STILL_SO, postgresql_where=STILL_SO),
        Index("ix_account_rev_line", "line", sqlite_where=STILL_SO, postgresql_where=STILL_SO),
        Index("ix_account_rev_name", "name", sqlite_where=STILL_SO, postgresql_where=STILL_SO),
    )
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    recorded_at: int = Field(primary_key=True, sa_type=BigInteger)
    valid_from: int = Field(default=BEGINNING, primary_key=True, sa_type=BigInteger)
    valid_until: int = Field(default=OPEN, sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    name: str
    kind: str
    state: str
    line: str = ""
    main: bool = False
    key: bool = False
    opened_from: int | None = Field(default=None, sa_type=BigInteger)
    opened_until: int | None = Field(default=None, sa_type=BigInteger)
    filed: bool | None = None
    filed_name: str = ""
    account_type: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Document)


class ExcuseRow(SQLModel, table=True):
    """Agreed silence [a, b); ended early or withdrawn by superseding.

    `follows` is the row this one shortens. `reason` and `withdrawn_reason` are typed reasons: why
    it was entered or shortened, and why it was taken back.
    """

    __tablename__ = "excuse"
    __table_args__ = (
        Index("ix_excuse_account", "account_id", "a"),
        CheckConstraint("a < b", name="order"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    a: int = Field(sa_type=BigInteger)
    b: int = Field(sa_type=BigInteger)
    kind: str
    paper: str = ""
    recorded_at: int = Field(sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)
    reason: int | None = Field(default=None, sa_type=BigInteger)
    follows: int | None = Field(default=None, sa_type=BigInteger)
    withdrawn_by: int | None = Field(default=None, sa_type=BigInteger)
    withdrawn_reason: int | None = Field(default=None, sa_type=BigInteger)


class CredentialRow(SQLModel, table=True):
    """Keys of a platform or of one account: `sealed` is AES-GCM ciphertext of a JSON mapping."""

    __tablename__ = "credential"
    __table_args__ = (Index("uq_credential_target", "platform", "account_id", unique=True),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    platform: str
    account_id: int = Field(default=0, sa_type=BigInteger)
    sealed: bytes
    expires_at: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    state: str = "有效"


class ProposalRow(SQLModel, table=True):
    """What a look or a line of 填报 says of the registry; one of a kind is open at a time."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "uq_proposal_open",
            "account_id",
            "matter",
            unique=True,
            sqlite_where=UNDECIDED,
            postgresql_where=UNDECIDED,
        ),
        Index("ix_proposal_account", "account_id", "recorded_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    matter: str
    value: str = ""
    stated_at: int = Field(sa_type=BigInteger)
    look_id: int | None = Field(default=None, foreign_key="look.id", sa_type=BigInteger)
    line_id: int | None = Field(default=None, foreign_key="report_line.id", sa_type=BigInteger)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    decision: str = "待确认"
    decided_at: int | None = Field(default=None, sa_type=BigInteger)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = ""
