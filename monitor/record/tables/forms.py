"""Rows of 分发—回收: rounds of forms sent out, each unit's form."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class FormRoundRow(SQLModel, table=True):
    """One distribution of forms to the units of a level; `due_at` in seconds."""

    __tablename__ = "form_round"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    title: str
    level: str
    due_at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)


class FormRow(SQLModel, table=True):
    """One unit's form; `token` is hidden in its workbook, `sha256` is of the last one returned."""

    __tablename__ = "form"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id", name="uq_form_round_unit"),
        Index("ix_form_unit", "unit_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    round_id: int = Field(foreign_key="form_round.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    token: str = Field(unique=True)
    state: str
    accounts: int = 0
    problems: list[Any] = Field(default_factory=list, sa_type=Document)
    file: str = ""
    sha256: str = ""
    returned_at: int | None = Field(default=None, sa_type=BigInteger)
