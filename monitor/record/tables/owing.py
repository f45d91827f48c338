"""Rows of 催补函: what units were asked for in writing, numbered by year without a gap."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Document, Identity


class AskLetterRow(SQLModel, table=True):
    """A letter to one unit for a period: its words lie frozen in `facts` under `sha256`, `accounts`
    are those it asks for, `template` is the hash of the Word file it was issued with."""

    __tablename__ = "ask_letter"
    __table_args__ = (
        UniqueConstraint("year", "serial", name="uq_ask_letter_number"),
        Index("ix_ask_letter_period", "period", "unit_id"),
        Index("ix_ask_letter_unit", "unit_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    period: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    year: int
    serial: int
    number: str
    accounts: list[Any] = Field(default_factory=list, sa_type=Document)
    facts: str
    sha256: str
    template: str
    issued_by: int | None = Field(default=None, sa_type=BigInteger)
    issued_at: int = Field(sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger)
    withdrawn_at: int = Field(default=OPEN, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
