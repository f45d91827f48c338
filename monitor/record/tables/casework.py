"""Rows of rectification: cases as they stand, every move of them, and what was handed in."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity

LIVE = text("live")


class CaseRow(SQLModel, table=True):
    """A case 整改单 as it stands; compare-and-swap on `version`. One account has one live case.

    `facts` is the frozen evidence as text, `sha256` its hash: whatever is learned later, a letter
    is made again from these bytes. `standing` is the state machine's value.
    """

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("desk_id", "year", "serial", name="uq_case_number"),
        Index(
            "uq_case_live",
            "account_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_case_state", "state", "due_at"),
        Index("ix_case_unit", "unit_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    desk_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    year: int
    serial: int
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    transit_id: int | None = Field(default=None, foreign_key="unit.id", sa_type=BigInteger)
    source: str
    opened_at: int = Field(sa_type=BigInteger)
    opened_by: int | None = Field(default=None, sa_type=BigInteger)
    nth: int = 1
    state: str
    holder: str
    held_since: int = Field(sa_type=BigInteger)
    live: bool = True
    due_at: int | None = Field(default=None, sa_type=BigInteger)
    standing: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    facts: str
    sha256: str
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class CaseMoveRow(SQLModel, table=True):
    """One move of a case: who did what, for whom, when, with which words. Never changed."""

    __tablename__ = "case_move"
    __table_args__ = (
        Index("ix_case_move_case", "case_id"),
        Index("ix_case_move_made", "move", "at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    case_id: int = Field(foreign_key="case.id", sa_type=BigInteger)
    move: str
    side: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    behalf_id: int | None = Field(default=None, sa_type=BigInteger)
    words: str = ""
    given: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    before: str
    after: str
    at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class CaseFileRow(SQLModel, table=True):
    """A file that came with a move: kept under its hash in the local folder."""

    __tablename__ = "case_file"
    __table_args__ = (Index("ix_case_file_case", "case_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    case_id: int = Field(foreign_key="case.id", sa_type=BigInteger)
    move_id: int = Field(foreign_key="case_move.id", sa_type=BigInteger)
    name: str
    kind: str
    size: int = Field(sa_type=BigInteger)
    sha256: str
    recorded_at: int = Field(sa_type=BigInteger)
