"""Rows of calibration: how much of what is known a purchased feed had seen, and when measured."""

from sqlalchemy import BigInteger, Index, SmallInteger
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class CalibrationRow(SQLModel, table=True):
    """One measurement of one route over posts published in [since, until) seconds."""

    __tablename__ = "calibration"
    __table_args__ = (Index("ix_calibration_route", "route_id", "recorded_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    route_id: int = Field(foreign_key="route.id", sa_type=BigInteger)
    since: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    known: int
    found: int
    ceiling: int = Field(sa_type=SmallInteger)
    reason: str
    recorded_at: int = Field(sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)
