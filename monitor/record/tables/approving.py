"""Rows of approvals: texts with their versions, the way each goes, every signature and move."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class ManuscriptRow(SQLModel, table=True):
    """A text to be published 拟发信息, as it is now; `version` moves with every change."""

    __tablename__ = "manuscript"
    __table_args__ = (Index("ix_manuscript_unit", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    drafter_id: int = Field(sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
    version: int


class ManuscriptTextRow(SQLModel, table=True):
    """One version of a text: never changed, so that what was signed can always be shown."""

    __tablename__ = "manuscript_text"
    manuscript_id: int = Field(primary_key=True, foreign_key="manuscript.id", sa_type=BigInteger)
    version: int = Field(primary_key=True)
    kind: str
    title: str
    body: str
    platforms: list[Any] = Field(default_factory=list, sa_type=Document)
    planned_at: int | None = Field(default=None, sa_type=BigInteger)
    sha256: str
    by: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class ApprovalRow(SQLModel, table=True):
    """Where one subject stands on its way; compare-and-swap on `version`."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", name="uq_approval_subject"),
        Index("ix_approval_state", "state", "due_at"),
        Index("ix_approval_unit", "unit_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    subject_kind: str
    subject_id: int = Field(sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    drafter_id: int = Field(sa_type=BigInteger)
    title: str
    kind: str
    level: str
    chain: str = ""
    chain_version: int = 0
    state: str
    sha256: str
    round: int = 0
    due_at: int | None = Field(default=None, sa_type=BigInteger)
    provisional: bool = False
    planned_at: int | None = Field(default=None, sa_type=BigInteger)
    distinct: bool = False
    confirms: list[Any] = Field(default_factory=list, sa_type=Document)
    attested_by: str = ""
    paper: dict[str, Any] | None = Field(default=None, sa_type=Document)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class ApprovalStepRow(SQLModel, table=True):
    """One signature wanted in one round. `open` while it is its turn, `void` once it counts for
    nothing; `sha256` is of the text that was signed."""

    __tablename__ = "approval_step"
    __table_args__ = (
        Index("ix_approval_step_approval", "approval_id", "round"),
        Index(
            "ix_approval_step_turn",
            "role",
            "holder_id",
            sqlite_where=text("open"),
            postgresql_where=text("open"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    approval_id: int = Field(foreign_key="approval.id", sa_type=BigInteger)
    round: int
    position: int
    stage: str
    role: str
    holder_id: int | None = Field(default=None, sa_type=BigInteger)
    open: bool = False
    void: bool = False
    signed_by: int | None = Field(default=None, sa_type=BigInteger)
    behalf_id: int | None = Field(default=None, sa_type=BigInteger)
    signed_at: int | None = Field(default=None, sa_type=BigInteger)
    opinion: str = ""
    sha256: str = ""


class ApprovalMoveRow(SQLModel, table=True):
    """One transition: who, for whom, when, with what opinion, and the hash of the text seen."""

    __tablename__ = "approval_move"
    __table_args__ = (Index("ix_approval_move_approval", "approval_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    approval_id: int = Field(foreign_key="approval.id", sa_type=BigInteger)
    round: int
    move: str
    stage: str = ""
    before: str
    after: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    behalf_id: int | None = Field(default=None, sa_type=BigInteger)
    to_id: int | None = Field(default=None, sa_type=BigInteger)
    opinion: str = ""
    sha256: str = ""
    recorded_at: int = Field(sa_type=BigInteger)
