"""Rows of 清理排查: projects, the units asked, one line an account, and every move."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class ClearingRow(SQLModel, table=True):
    """A project over the sub-tree `path` of a unit; the four `due_…` are seconds.

    `seed` and `size` stand once the sample was drawn, out of `population` checked accounts.
    """

    __tablename__ = "clearing"
    __table_args__ = (Index("ix_clearing_unit", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    path: str
    title: str
    words: str = ""
    stage: str
    due_self: int = Field(sa_type=BigInteger)
    due_check: int = Field(sa_type=BigInteger)
    due_spot: int = Field(sa_type=BigInteger)
    due_settle: int = Field(sa_type=BigInteger)
    seed: str = ""
    size: int = 0
    population: int = 0
    summed_up: str = ""
    opened_at: int = Field(sa_type=BigInteger)
    opened_by: int | None = Field(default=None, sa_type=BigInteger)
    closed_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class ClearingUnitRow(SQLModel, table=True):
    """A unit that was sent its form of a project: what the burden meter counts."""

    __tablename__ = "clearing_unit"
    __table_args__ = (
        UniqueConstraint("clearing_id", "unit_id", name="uq_clearing_unit"),
        Index("ix_clearing_unit_issued", "recorded_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    clearing_id: int = Field(foreign_key="clearing.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class ClearingLineRow(SQLModel, table=True):
    """One account of a project, from the unit's word to what becomes of it. Compare-and-swap.

    `place` is the 市州 it lay in when the project was ordered: the stratum it is drawn from.
    """

    __tablename__ = "clearing_line"
    __table_args__ = (
        UniqueConstraint("clearing_id", "account_id", name="uq_clearing_line"),
        Index("ix_clearing_line_account", "account_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    clearing_id: int = Field(foreign_key="clearing.id", sa_type=BigInteger)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    place: str = ""
    state: str
    answer: str = ""
    note: str = ""
    answered_by: int | None = Field(default=None, sa_type=BigInteger)
    answered_at: int | None = Field(default=None, sa_type=BigInteger)
    checked_by: int | None = Field(default=None, sa_type=BigInteger)
    returns: int = 0
    sampled: bool = False
    spot: str = ""
    spot_at: int | None = Field(default=None, sa_type=BigInteger)
    said: str = ""
    decision: str = ""
    why: str = ""
    version: int = 0


class ClearingMoveRow(SQLModel, table=True):
    """One move, of the whole project (`line_id` NULL) or of one line, from which state to which."""

    __tablename__ = "clearing_move"
    __table_args__ = (Index("ix_clearing_move_clearing", "clearing_id", "line_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    clearing_id: int = Field(foreign_key="clearing.id", sa_type=BigInteger)
    line_id: int | None = Field(default=None, foreign_key="clearing_line.id", sa_type=BigInteger)
    move: str
    before: str
    after: str
    words: str = ""
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
