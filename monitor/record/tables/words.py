"""Rows of 词语提示: the office's words, hints found, and how far each source has looked."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class OfficeWordRow(SQLModel, table=True):
    """A word of the office's own list."""

    __tablename__ = "office_word"
    word: str = Field(primary_key=True)
    category: str
    recorded_at: int = Field(sa_type=BigInteger)


class WordHintRow(SQLModel, table=True):
    """A word found in a post's title; `decision` '' waits for a person."""

    __tablename__ = "word_hint"
    __table_args__ = (
        UniqueConstraint("key_id", "source", "word", name="uq_word_hint_key"),
        Index("ix_word_hint_decision", "decision", "id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    key_id: int = Field(foreign_key="post_key.id", sa_type=BigInteger)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    source: str
    word: str
    category: str
    found_at: int = Field(sa_type=BigInteger)
    decision: str = ""
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: int | None = Field(default=None, sa_type=BigInteger)


class WordPassRow(SQLModel, table=True):
    """How far a source has looked: up to which post's key, with which list."""

    __tablename__ = "word_pass"
    source: str = Field(primary_key=True)
    digest: str
    upto: int = Field(sa_type=BigInteger)
