"""Rows of rulebooks in force and of their drafts."""

from sqlalchemy import BigInteger, Index, false
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Identity


class RulebookTermRow(SQLModel, table=True):
    """From when a kept rulebook is in force; never deleted, and changed only by calling it off."""

    __tablename__ = "rulebook_term"
    __table_args__ = (Index("ix_rulebook_term_since", "upper", "since"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    rulebook_id: int = Field(foreign_key="rulebook.id", sa_type=BigInteger)
    upper: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    since: int = Field(sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    called_off_at: int = Field(default=OPEN, sa_type=BigInteger)
    called_off_by: int | None = Field(default=None, sa_type=BigInteger)


class RulebookDraftRow(SQLModel, table=True):
    """A revision being written; once final its text is a row of `rulebook`."""

    __tablename__ = "rulebook_draft"
    __table_args__ = (Index("ix_rulebook_draft_name", "name", "version"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    name: str
    version: int
    base: str
    base_text: str
    text: str
    state: str
    edits: int = 0
    drafted_by: int = Field(sa_type=BigInteger)
    changed_by: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    submitted_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    reason: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
