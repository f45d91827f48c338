"""Rows of what follows a case: reminders, the look after its end, papers, rules that erred."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Document, Identity


class CaseStepRow(SQLModel, table=True):
    """A reminder that fell due: of which case, of the clock that began at `clock`, which step.

    It is judged when entered and told when `told_at` is set, to the people of `told_to`.
    """

    __tablename__ = "case_step"
    __table_args__ = (
        UniqueConstraint("case_id", "clock", "step", name="uq_case_step"),
        Index("ix_case_step_told", "told_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    case_id: int = Field(foreign_key="case.id", sa_type=BigInteger)
    clock: int = Field(sa_type=BigInteger)
    step: str
    due_at: int = Field(sa_type=BigInteger)
    told_at: int | None = Field(default=None, sa_type=BigInteger)
    told_to: list[Any] = Field(default_factory=list, sa_type=Document)
    reached: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class CaseLookRow(SQLModel, table=True):
    """The look a closed case asks for: due at, put on the patrol's list at, and what it saw.

    `outcome` is '' until somebody looked; `next_id` is the case that was opened again.
    """

    __tablename__ = "case_look"
    __table_args__ = (Index("ix_case_look_due", "outcome", "due_at"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    case_id: int = Field(foreign_key="case.id", sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger)
    asked_at: int | None = Field(default=None, sa_type=BigInteger)
    looked_at: int | None = Field(default=None, sa_type=BigInteger)
    outcome: str = ""
    next_id: int | None = Field(default=None, foreign_key="case.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class CasePaperRow(SQLModel, table=True):
    """A paper that left the house out of a case: its number, and the frozen text it is made of.

    `facts` names the template by its hash, so that the same paper can be made again to the byte.
    `amends_id` is the paper that this one puts right.
    """

    __tablename__ = "case_paper"
    __table_args__ = (
        UniqueConstraint("desk_id", "kind", "year", "serial", name="uq_case_paper_number"),
        Index("ix_case_paper_case", "case_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    case_id: int = Field(foreign_key="case.id", sa_type=BigInteger)
    desk_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    kind: str
    year: int
    serial: int
    number: str
    facts: str
    sha256: str
    template: str
    amends_id: int | None = Field(default=None, foreign_key="case_paper.id", sa_type=BigInteger)
    issued_at: int = Field(sa_type=BigInteger)
    issued_by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class RuleFallbackRow(SQLModel, table=True):
    """A rule that erred too often on a platform: from `since` on it is a hint and opens no case,
    until a person restores it. `verified` and `overturned` are what was counted.

    Whether it was doubted at an instant is what `recorded_at` and `superseded_at` (stamps) say.
    """

    __tablename__ = "rule_fallback"
    __table_args__ = (Index("ix_rule_fallback_rule", "rule", "platform"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    rule: str
    platform: str
    verified: int
    overturned: int
    since: int = Field(sa_type=BigInteger)
    until: int | None = Field(default=None, sa_type=BigInteger)
    restored_by: int | None = Field(default=None, sa_type=BigInteger)
    words: str = ""
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)
