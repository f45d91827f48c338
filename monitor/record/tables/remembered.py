"""Rows of what a person decided once and is not asked again."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class RememberedRow(SQLModel, table=True):
    """A choice of one `kind`, known again by its `signature`."""

    __tablename__ = "remembered"
    __table_args__ = (UniqueConstraint("kind", "signature", name="uq_remembered_signature"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    kind: str
    signature: str
    document: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    recorded_at: int = Field(sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)
