"""Rows of 填报: the lines of each week, the tasks that asked for them, and links without login."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Document, Identity

STANDS = text(f"superseded_at = {OPEN}")


class ReportLineRow(SQLModel, table=True):
    """What a unit said of one account in one week; a later version supersedes, none is changed.

    `words` are what was typed; the other columns what it means, empty while it is a draft.
    """

    __tablename__ = "report_line"
    __table_args__ = (
        UniqueConstraint("account_id", "week", "version", name="uq_report_line_version"),
        Index("ix_report_line_week", "week", sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_report_line_link", "link_id"),
        CheckConstraint("newest_from <= newest_until", name="order"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    week: str
    version: int
    submitted: bool = False
    words: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    posts: int | None = None
    newest_from: int | None = Field(default=None, sa_type=BigInteger)
    newest_until: int | None = Field(default=None, sa_type=BigInteger)
    url: str = ""
    received: int | None = None
    replied: int | None = None
    comments_open: bool | None = None
    reason: str | None = None
    keeper: str = ""
    remark: str = ""
    save_key: str = Field(unique=True)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    link_id: int | None = Field(default=None, foreign_key="receipt_link.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)


class ReportTaskRow(SQLModel, table=True):
    """One unit asked for one week's lines, due at a second."""

    __tablename__ = "report_task"
    __table_args__ = (UniqueConstraint("week", "unit_id", name="uq_report_task_unit"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    week: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    due: int = Field(sa_type=BigInteger)
    opened_by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class ReceiptLinkRow(SQLModel, table=True):
    """A way to one unit's part of one task without login; only the hash of its token is kept."""

    __tablename__ = "receipt_link"
    __table_args__ = (
        Index("ix_receipt_link_task", "kind", "task_id"),
        Index("ix_receipt_link_created", "created_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    kind: str
    task_id: int = Field(sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    token_sha256: str = Field(unique=True)
    created_at: int = Field(sa_type=BigInteger)
    created_by: int | None = Field(default=None, sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    revoked_at: int | None = Field(default=None, sa_type=BigInteger)


class ReceiptAnswerRow(SQLModel, table=True):
    """What a unit answered by its link: a later version supersedes, none is changed."""

    __tablename__ = "receipt_answer"
    __table_args__ = (
        UniqueConstraint("kind", "task_id", "unit_id", "version", name="uq_receipt_answer_version"),
        Index("ix_receipt_answer_link", "link_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    kind: str
    task_id: int = Field(sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    link_id: int = Field(foreign_key="receipt_link.id", sa_type=BigInteger)
    version: int
    url: str = ""
    note: str = ""
    signed_at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)
