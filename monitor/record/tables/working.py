"""Rows of the work itself: the stamp, the run log, jobs, the outbox, the audit chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity, Instant


class StampRow(SQLModel, table=True):
    """The last stamp given out, in microseconds; moved on by every writing transaction."""

    __tablename__ = "stamp"
    id: int = Field(primary_key=True, sa_type=BigInteger)
    last_us: int = Field(sa_type=BigInteger)


class RunRow(SQLModel, table=True):
    """One run of one command; `known_at` is its own stamp, so nothing can appear behind it."""

    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("command", "scheduled_for", name="uq_run_command_scheduled"),
        Index("ix_run_started", "started_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    command: str
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    known_at: int = Field(sa_type=BigInteger)
    scheduled_for: datetime | None = Field(default=None, sa_type=Instant)
    started_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    outcome: str | None = None
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    note: str = ""


class JobRow(SQLModel, table=True):
    """A run asked for by a person; claimed by compare-and-swap on `version`."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state", "state", "created_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    kind: str
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    state: str
    progress: int = 0
    result: str = ""
    cancel: bool = False
    owner: str | None = None
    lease_until: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    idempotency_key: str = Field(unique=True)
    asked_by: int | None = Field(default=None, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)


class OutboxRow(SQLModel, table=True):
    """A letter that must leave: claimed by compare-and-swap, known again by its `dedupe_key`. One
    of `once` that may have arrived is sent again by a person's word only."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_next",
            "next_at",
            sqlite_where=text("state IN ('待发', '重试')"),
            postgresql_where=text("state IN ('待发', '重试')"),
        ),
        Index("ix_outbox_recipient", "recipient", "claimed_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    channel: str
    dedupe_key: str = Field(unique=True)
    recipient: str
    body: bytes
    state: str = "待发"
    claimed_by: str | None = None
    claim_until: int | None = Field(default=None, sa_type=BigInteger)
    claimed_at: int | None = Field(default=None, sa_type=BigInteger)
    once: bool = False
    attempts: int = 0
    next_at: int = Field(sa_type=BigInteger)
    sent_at: int | None = Field(default=None, sa_type=BigInteger)
    receipt: str = ""
    error: str = ""
    recorded_at: int = Field(sa_type=BigInteger)


class AuditRow(SQLModel, table=True):
    """Who did what to what, and why: chained by hash, append only, ids and no personal text."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"), Index("ix_audit_actor", "actor_id", "at"))
    seq: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    at: int = Field(sa_type=BigInteger)
    actor_id: int | None = Field(default=None, sa_type=BigInteger)
    action: str
    object_kind: str = ""
    object_id: str = ""
    reason: str = ""
    prev_hash: str
    hash: str
    behalf_id: int | None = Field(default=None, sa_type=BigInteger)


class AuditHeadRow(SQLModel, table=True):
    """Where the audit chain ends: one row that only moves on, so that a cut tail is missed."""

    __tablename__ = "audit_head"
    id: int = Field(primary_key=True, sa_type=BigInteger)
    seq: int = Field(sa_type=BigInteger)
    hash: str
    at: int = Field(sa_type=BigInteger)


class AuditAnchorRow(SQLModel, table=True):
    """The head of the chain at the end of one Shanghai day (ISO); written once, never changed."""

    __tablename__ = "audit_anchor"
    day: str = Field(primary_key=True)
    seq: int = Field(sa_type=BigInteger)
    hash: str
