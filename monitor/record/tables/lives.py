"""Rows of the life of accounts: what waits of each, and every move that was made."""

from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity

RUNNING = text("due_at IS NOT NULL AND met_at IS NULL")


class AccountLifeRow(SQLModel, table=True):
    """What waits of one account; its state stands in the registry. Compare-and-swap on `version`.

    `text_id` is the manuscript the pending application is signed with. Days are ISO texts, ''
    where there is none.
    """

    __tablename__ = "account_life"
    __table_args__ = (Index("ix_account_life_text", "text_id"),)
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    pending: str = ""
    applicant: int | None = Field(default=None, sa_type=BigInteger)
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    back: str = ""
    closure: bool = False
    until: str = ""
    there: str = ""
    here: str = ""
    text_id: int | None = Field(default=None, sa_type=BigInteger)
    version: int


class AccountMoveRow(SQLModel, table=True):
    """One move: from which state to which, what was given, and the filing clock it started.

    `year` is the year a 年度核对 is of; `due_at` the last second of the clock, `met_at` when what
    it asks was entered.
    """

    __tablename__ = "account_move"
    __table_args__ = (
        Index("ix_account_move_account", "account_id"),
        Index("ix_account_move_year", "year", "account_id"),
        Index("ix_account_move_running", "due_at", sqlite_where=RUNNING, postgresql_where=RUNNING),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    move: str
    before: str
    after: str
    given: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    year: int | None = None
    clock: str = ""
    due_at: int | None = Field(default=None, sa_type=BigInteger)
    provisional: bool = False
    met_at: int | None = Field(default=None, sa_type=BigInteger)
