"""Rows of connecting: authorisations under way, and what platforms said to us by themselves."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class ConnectingRow(SQLModel, table=True):
    """An authorisation somebody began: its link bears a token of which only the hash is kept.

    `account_id` is 0 where the owner's answer alone says which account it is.
    """

    __tablename__ = "connecting"
    __table_args__ = (Index("ix_connecting_account", "reader", "account_id", "started_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    token_hash: str = Field(unique=True)
    reader: str
    account_id: int = Field(default=0, sa_type=BigInteger)
    back: str
    started_by: int | None = Field(default=None, sa_type=BigInteger)
    started_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    finished_at: int | None = Field(default=None, sa_type=BigInteger)
    outcome: str = ""
    recorded_at: int = Field(sa_type=BigInteger)


class HookEventRow(SQLModel, table=True):
    """One event a platform pushed, without its content. `owner` is the platform's id of the account
    it concerns; `digest` tells an event sent twice. `settled` once it was counted."""

    __tablename__ = "hook_event"
    __table_args__ = (Index("ix_hook_event_owner", "reader", "kind", "owner", "at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    reader: str
    kind: str
    owner: str = ""
    digest: str = Field(unique=True)
    at: int = Field(sa_type=BigInteger)
    settled: bool = False
    recorded_at: int = Field(sa_type=BigInteger)


class CredentialNoticeRow(SQLModel, table=True):
    """What was told of an authorisation's end, once a step (days before): to the people of
    `told_to`. An authorisation renewed ends at another second, and is told of anew."""

    __tablename__ = "credential_notice"
    __table_args__ = (
        UniqueConstraint("reader", "account_id", "expires_at", "step", name="uq_credential_notice"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    reader: str
    account_id: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    step: int
    told_to: list[Any] = Field(default_factory=list, sa_type=Document)
    recorded_at: int = Field(sa_type=BigInteger)
