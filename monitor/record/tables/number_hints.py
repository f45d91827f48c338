"""Rows of 数据提示: what of an account's numbers a person is asked to look at."""

from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity

WAITING = text("decision = ''")


class NumberHintRow(SQLModel, table=True):
    """`told` are [signal, sentence] of those that agree; `decision` '' waits for a person."""

    __tablename__ = "number_hint"
    __table_args__ = (
        Index(
            "uq_number_hint_waiting",
            "account_id",
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index("ix_number_hint_account", "account_id", "decided_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    as_of: int = Field(sa_type=BigInteger)
    rate: float
    told: list[Any] = Field(default_factory=list, sa_type=Document)
    found_at: int = Field(sa_type=BigInteger)
    decision: str = ""
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: int | None = Field(default=None, sa_type=BigInteger)
