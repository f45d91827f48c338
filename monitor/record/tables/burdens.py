"""Rows of 基层负担: what a section head allowed beyond the week's cap."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class BurdenAllowanceRow(SQLModel, table=True):
    """So many more of one sort in one week, for all units of a sub-tree; why is sealed apart."""

    __tablename__ = "burden_allowance"
    __table_args__ = (Index("ix_burden_allowance_week", "week", "sort"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    week: str
    sort: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    path: str
    extra: int
    reason_id: int = Field(sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
