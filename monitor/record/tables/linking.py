"""Rows of service links: what accounts offer citizens, and how each entry fared when asked."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class ServiceLinkRow(SQLModel, table=True):
    """An entry of a menu or of the ledger. `dropped_at` says since when it is offered no more;
    `url` is '' where the entry answers by itself. Seconds."""

    __tablename__ = "service_link"
    __table_args__ = (
        UniqueConstraint("account_id", "found_in", "name", "url", name="uq_service_link"),
        Index("ix_service_link_due", "dropped_at", "checked_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    found_in: str
    name: str
    url: str = ""
    first_seen_at: int = Field(sa_type=BigInteger)
    dropped_at: int | None = Field(default=None, sa_type=BigInteger)
    checked_at: int | None = Field(default=None, sa_type=BigInteger)
    status: int | None = None
    told: str = ""
    failing_since: int | None = Field(default=None, sa_type=BigInteger)
    dead_since: int | None = Field(default=None, sa_type=BigInteger)
