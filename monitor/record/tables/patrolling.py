"""Rows of who patrols what."""

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class PatrolTurnRow(SQLModel, table=True):
    """A person looks at part `part` of `parts` of a unit's sub-tree in [since, until) (seconds),
    unless ended before."""

    __tablename__ = "patrol_turn"
    __table_args__ = (
        Index("ix_patrol_turn_unit", "unit_id"),
        CheckConstraint("part >= 1 AND part <= parts", name="part"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    person_id: int = Field(foreign_key="person.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    part: int = 1
    parts: int = 1
    since: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    given_by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
