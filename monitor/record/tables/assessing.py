"""Rows of 考核: revisions of schemes, assessments with their moves, what units say, reviewers."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Document, Identity


class SchemeRevisionRow(SQLModel, table=True):
    """A scheme as one revision states it: `text` is its whole sheet, `key` the name the command
    line knows it by. It binds periods that begin at `valid_from` (seconds) or later."""

    __tablename__ = "scheme_revision"
    __table_args__ = (UniqueConstraint("key", "number", name="uq_scheme_revision_number"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    key: str
    number: int
    name: str
    text: str
    text_hash: str
    base: str = ""
    state: str
    valid_from: int = Field(sa_type=BigInteger)
    author_id: int | None = Field(default=None, sa_type=BigInteger)
    submitted_by: int | None = Field(default=None, sa_type=BigInteger)
    approver_id: int | None = Field(default=None, sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    issued_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class AssessmentRow(SQLModel, table=True):
    """A scheme applied to a period. `as_of` (seconds), `known_at` (stamp) and the hashes are empty
    until its facts are frozen; `reviewed_at` (stamp) is up to when objections and marks count
    beside them. A later one that puts it right names it in `amends_id`."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index("ix_assessment_period", "period", "kind"),
        Index("ix_assessment_amends", "amends_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    period: str
    level: str = ""
    kind: str
    scheme_revision_id: int = Field(foreign_key="scheme_revision.id", sa_type=BigInteger)
    state: str
    title: str
    roster_hash: str = ""
    as_of: int | None = Field(default=None, sa_type=BigInteger)
    known_at: int | None = Field(default=None, sa_type=BigInteger)
    reviewed_at: int | None = Field(default=None, sa_type=BigInteger)
    facts_hash: str = ""
    result_hash: str = ""
    amends_id: int | None = Field(default=None, foreign_key="assessment.id", sa_type=BigInteger)
    feedback_until: int | None = Field(default=None, sa_type=BigInteger)
    opened_by: int | None = Field(default=None, sa_type=BigInteger)
    opened_at: int = Field(sa_type=BigInteger)
    frozen_at: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class AssessmentMoveRow(SQLModel, table=True):
    """One move of an assessment, from which state to which; `papers` are ids of what was signed."""

    __tablename__ = "assessment_move"
    __table_args__ = (Index("ix_assessment_move_assessment", "assessment_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    assessment_id: int = Field(foreign_key="assessment.id", sa_type=BigInteger)
    move: str
    before: str
    after: str
    words: str = ""
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    papers: list[Any] = Field(default_factory=list, sa_type=Document)
    at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class AssessmentObjectionRow(SQLModel, table=True):
    """提出异议: what a unit says of one line, and what became of it. The contact is in `contact`,
    sealed. `granted` points stand for the line once `decided_at` (stamp)."""

    __tablename__ = "assessment_objection"
    __table_args__ = (
        Index("ix_assessment_objection_assessment", "assessment_id", "unit_id"),
        Index("ix_assessment_objection_unit", "unit_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    assessment_id: int = Field(foreign_key="assessment.id", sa_type=BigInteger)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    indicator: str
    words: str
    wanted: float | None = None
    files: list[Any] = Field(default_factory=list, sa_type=Document)
    state: str
    answer: str = ""
    granted: float | None = None
    answer_files: list[Any] | None = Field(default=None, sa_type=Document)
    raised_by: int | None = Field(default=None, sa_type=BigInteger)
    raised_at: int = Field(sa_type=BigInteger)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: int = Field(default=OPEN, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class AssessmentManualRow(SQLModel, table=True):
    """One thing that reviewers look at, each blind to the others: an item of a manual line.

    Marks are shares 0..1 (a count where the line counts). `agreed` counts from `agreed_at` on.
    """

    __tablename__ = "assessment_manual"
    __table_args__ = (
        UniqueConstraint(
            "assessment_id", "indicator", "unit_id", "item", name="uq_assessment_manual"
        ),
        Index("ix_assessment_manual_unit", "unit_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    assessment_id: int = Field(foreign_key="assessment.id", sa_type=BigInteger)
    indicator: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    item: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id", sa_type=BigInteger)
    evidence: str = ""
    first_by: int | None = Field(default=None, sa_type=BigInteger)
    first_mark: float | None = None
    first_at: int | None = Field(default=None, sa_type=BigInteger)
    second_by: int | None = Field(default=None, sa_type=BigInteger)
    second_mark: float | None = None
    second_at: int | None = Field(default=None, sa_type=BigInteger)
    third_by: int | None = Field(default=None, sa_type=BigInteger)
    third_mark: float | None = None
    third_at: int | None = Field(default=None, sa_type=BigInteger)
    agreed: float | None = None
    agreed_by: int | None = Field(default=None, sa_type=BigInteger)
    agreed_at: int = Field(default=OPEN, sa_type=BigInteger)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class AssessmentAskRow(SQLModel, table=True):
    """A unit asked in writing for what it has not given: from `asked_at` (seconds) days count."""

    __tablename__ = "assessment_ask"
    __table_args__ = (
        Index("ix_assessment_ask_unit", "unit_id", "period"),
        Index("ix_assessment_ask_period", "period"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    period: str
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    measure: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id", sa_type=BigInteger)
    words: str = ""
    paper: str = ""
    asked_at: int = Field(sa_type=BigInteger)
    asked_by: int | None = Field(default=None, sa_type=BigInteger)
    withdrawn_at: int = Field(default=OPEN, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
