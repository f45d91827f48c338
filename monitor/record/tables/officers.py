"""Rows of officers' own accounts: where each stands, and its papers."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class OfficerAccountRow(SQLModel, table=True):
    """Where an officer's account stands; papers hold until these seconds, 0: there is none."""

    __tablename__ = "officer_account"
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    standing: str
    approved_until: int = Field(default=0, sa_type=BigInteger)
    consented_until: int = Field(default=0, sa_type=BigInteger)
    version: int = 1
    recorded_at: int = Field(sa_type=BigInteger)


class OfficerPaperRow(SQLModel, table=True):
    """A paper as it was signed; `scan` is the sha256 of its scan, '' where there is none."""

    __tablename__ = "officer_paper"
    __table_args__ = (Index("ix_officer_paper_account", "account_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    kind: str
    signed_on: str
    until: int = Field(sa_type=BigInteger)
    scan: str = ""
    by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
