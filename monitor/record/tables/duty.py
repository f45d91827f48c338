"""Rows of 值班表 and 联络员台账; their phones are sealed contacts."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class DutyRow(SQLModel, table=True):
    """Who is on duty in a unit on a day (ISO)."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("unit_id", "day", name="uq_duty_unit_day"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    day: str = Field(index=True)
    leader: str = ""
    officer: str = ""
    backup: str = ""
    remark: str = ""
    recorded_at: int = Field(sa_type=BigInteger)


class LiaisonRow(SQLModel, table=True):
    """Who speaks for a unit, from and until a day; `until` '' is open."""

    __tablename__ = "liaison"
    __table_args__ = (
        UniqueConstraint("unit_id", "name", "since", name="uq_liaison_unit_name"),
        Index("ix_liaison_predecessor", "predecessor"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    name: str
    badge: str = ""
    post: str = ""
    part: str
    since: str
    until: str = ""
    predecessor: int | None = Field(default=None, foreign_key="liaison.id", sa_type=BigInteger)
    confirmed_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 1
    recorded_at: int = Field(sa_type=BigInteger)
