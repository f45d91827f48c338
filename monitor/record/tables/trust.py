"""Rows of trust: coverage not yet confirmed, what platforms say of accounts, and incidents."""

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, text
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Identity


class CoverageProposalRow(SQLModel, table=True):
    """What one complete pass would prove: it becomes coverage once it is confirmed, else nothing.

    `newest` is the last second of the newest post the pass met, NULL where it met none.
    """

    __tablename__ = "coverage_proposal"
    __table_args__ = (
        Index("ix_coverage_proposal_account", "account_id", "route_id", "looked_at"),
        Index(
            "ix_coverage_proposal_open",
            "route_id",
            sqlite_where=text("settled_at = 4611686018427387904"),
            postgresql_where=text("settled_at = 4611686018427387904"),
        ),
        CheckConstraint("a <= b", name="order"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    route_id: int = Field(foreign_key="route.id", sa_type=BigInteger)
    pass_id: int = Field(foreign_key="pass.id", sa_type=BigInteger)
    a: int = Field(sa_type=BigInteger)
    b: int = Field(sa_type=BigInteger)
    grade: int = Field(sa_type=SmallInteger)
    fresh_s: int
    looked_at: int = Field(sa_type=BigInteger)
    items: int = 0
    newest: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    settled_at: int = Field(default=OPEN, sa_type=BigInteger)
    outcome: str = ""


class AccountSightingRow(SQLModel, table=True):
    """What a platform said of an account itself; written only where it says something else."""

    __tablename__ = "account_sighting"
    __table_args__ = (Index("ix_account_sighting_account", "account_id", "recorded_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    route_id: int = Field(foreign_key="route.id", sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)
    present: bool | None = None
    name: str | None = None
    verified: bool | None = None
    verified_as: str | None = None
    recorded_at: int = Field(sa_type=BigInteger)


class IncidentRow(SQLModel, table=True):
    """Something wrong with a route as a whole; open until a person releases it, with a reason."""

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "uq_incident_open",
            "route_id",
            "kind",
            unique=True,
            sqlite_where=text("released_at = 4611686018427387904"),
            postgresql_where=text("released_at = 4611686018427387904"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    route_id: int = Field(foreign_key="route.id", sa_type=BigInteger)
    kind: str
    cause: str
    remedy: str = ""
    accounts: int = 0
    run_id: int | None = Field(default=None, foreign_key="run.id", sa_type=BigInteger)
    opened_at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    released_at: int = Field(default=OPEN, sa_type=BigInteger)
    released_by: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = ""
    version: int = 0
