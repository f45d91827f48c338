"""Rows of bulletins and monthly hints: what was drafted, approved, issued, and whom it names."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class BulletinRow(SQLModel, table=True):
    """A bulletin of an office and period; its text lies under `sha256` in `frozen`.

    `serial` and `number` are NULL and '' until it is issued: a draft that is not issued leaves no
    gap. `template` is the hash of the Word template it is made with, `amends_id` what it puts
    right, `manuscript_id` the text that is approved.
    """

    __tablename__ = "bulletin"
    __table_args__ = (
        UniqueConstraint("unit_id", "sort", "year", "serial", name="uq_bulletin_number"),
        Index("ix_bulletin_unit", "unit_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    sort: str
    period: str
    sha256: str
    template: str
    entering: int = 0
    dropped: int = 0
    year: int | None = None
    serial: int | None = None
    number: str = ""
    amends_id: int | None = Field(default=None, foreign_key="bulletin.id", sa_type=BigInteger)
    manuscript_id: int | None = Field(default=None, foreign_key="manuscript.id", sa_type=BigInteger)
    drafted_by: int | None = Field(default=None, sa_type=BigInteger)
    drafted_at: int = Field(sa_type=BigInteger)
    issued_by: int | None = Field(default=None, sa_type=BigInteger)
    issued_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class BulletinCaseRow(SQLModel, table=True):
    """A case a bulletin names."""

    __tablename__ = "bulletin_case"
    __table_args__ = (Index("ix_bulletin_case_case", "case_id"),)
    bulletin_id: int = Field(primary_key=True, foreign_key="bulletin.id", sa_type=BigInteger)
    case_id: int = Field(primary_key=True, foreign_key="case.id", sa_type=BigInteger)
