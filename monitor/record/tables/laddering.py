"""Rows of the ladder: what was told of an account's silence before anything was named."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class SilenceNoticeRow(SQLModel, table=True):
    """One step of one silence, told to the people of `told_to`. A post begins another silence,
    with another `since` (second), and its steps are told anew."""

    __tablename__ = "silence_notice"
    __table_args__ = (UniqueConstraint("account_id", "since", "days", name="uq_silence_notice"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(sa_type=BigInteger)
    since: int = Field(sa_type=BigInteger)
    days: int
    told_to: list[Any] = Field(default_factory=list, sa_type=Document)
    recorded_at: int = Field(sa_type=BigInteger)
