"""Rows of 政策解读清单: a quarter's list, its documents, and which campaign interprets which."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class InterpretationListRow(SQLModel, table=True):
    """A quarter's list of one office; compare-and-swap on `version`. Once it is final (`final_at`,
    a stamp) nothing of it changes."""

    __tablename__ = "interpretation_list"
    __table_args__ = (UniqueConstraint("desk_id", "quarter", name="uq_interpretation_list"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    desk_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    quarter: str
    drafted_by: int = Field(sa_type=BigInteger)
    changed_by: int = Field(sa_type=BigInteger)
    final_by: int | None = Field(default=None, sa_type=BigInteger)
    final_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 1
    recorded_at: int = Field(sa_type=BigInteger)


class InterpretationDocumentRow(SQLModel, table=True):
    """A document of a list: `issued_at` is the first second of its Shanghai day, `unit_id` who
    drafted it."""

    __tablename__ = "interpretation_document"
    __table_args__ = (Index("ix_interpretation_document_list", "list_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    list_id: int = Field(foreign_key="interpretation_list.id", sa_type=BigInteger)
    place: int
    number: str
    title: str
    issued_at: int = Field(sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)


class InterpretationLinkRow(SQLModel, table=True):
    """Which campaign interprets a document; the newest row of a document holds. Never changed. One
    that does not yet `stands` was neither tied by the drafting unit nor confirmed."""

    __tablename__ = "interpretation_link"
    __table_args__ = (Index("ix_interpretation_link_document", "document_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    document_id: int = Field(foreign_key="interpretation_document.id", sa_type=BigInteger)
    campaign_id: int = Field(foreign_key="campaign.id", sa_type=BigInteger)
    by: int = Field(sa_type=BigInteger)
    stands: bool = True
    recorded_at: int = Field(sa_type=BigInteger)
