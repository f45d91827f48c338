"""Rows of what an assessment froze and found: roster, facts, lines and totals, never changed."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class AssessmentRosterRow(SQLModel, table=True):
    """A unit as it was when the roster was frozen; `parent` and `unit` are codes."""

    __tablename__ = "assessment_roster"
    __table_args__ = (Index("ix_assessment_roster_unit", "unit_id"),)
    assessment_id: int = Field(primary_key=True, foreign_key="assessment.id", sa_type=BigInteger)
    unit: str = Field(primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    name: str
    path: str
    level: str
    parent: str = ""
    kind: str = ""
    peers: str = ""
    headcount: float | None = None


class AssessmentFactRow(SQLModel, table=True):
    """One measurement of a unit or of one of its official accounts, as `score.measured` has it."""

    __tablename__ = "assessment_fact"
    __table_args__ = (Index("ix_assessment_fact_unit", "assessment_id", "unit", "measure"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    assessment_id: int = Field(foreign_key="assessment.id", sa_type=BigInteger)
    unit: str
    measure: str
    account: str | None = None
    platform: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    samples: float | None = None
    cause: str | None = None
    asked: float | None = None
    coverage: float | None = None
    carried: float | None = None
    self_reported: float | None = None
    sources: str | None = None
    note: str | None = None


class AssessmentLineRow(SQLModel, table=True):
    """评分明细: one line of one unit (or account), as `score.assess` explains it."""

    __tablename__ = "assessment_line"
    __table_args__ = (Index("ix_assessment_line_unit", "assessment_id", "unit"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    assessment_id: int = Field(foreign_key="assessment.id", sa_type=BigInteger)
    unit: str
    account: str | None = None
    place: int
    part: str
    indicator: str
    name: str
    most: float
    numerator: float | None = None
    denominator: float | None = None
    samples: float | None = None
    raw: float | None = None
    share: float | None = None
    points: float | None = None
    status: str
    adjusted: float
    coverage: float | None = None
    self_reported: float | None = None
    carry: float | None = None
    sources: str = ""
    note: str = ""


class AssessmentCountRow(SQLModel, table=True):
    """A deduction (negative) or a bonus that was counted beside the lines."""

    __tablename__ = "assessment_count"
    __table_args__ = (Index("ix_assessment_count_unit", "assessment_id", "unit"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    assessment_id: int = Field(foreign_key="assessment.id", sa_type=BigInteger)
    unit: str
    account: str | None = None
    item: str
    name: str
    points: float


class AssessmentTotalRow(SQLModel, table=True):
    """单位考核结果: total, grade, place, and how far the place can be trusted.

    `parts` is JSON text of points by part id. `place`, `low`, `high` and `tier` are None for who
    has no total or no interval; `shift` is how many places it moves on average, `weakest` the line
    whose absence moves it most, `percentile` its place by the other method.
    """

    __tablename__ = "assessment_total"
    assessment_id: int = Field(primary_key=True, foreign_key="assessment.id", sa_type=BigInteger)
    unit: str = Field(primary_key=True)
    peers: str = ""
    parts: str
    base: float | None = None
    deducted: float | None = None
    bonus: float | None = None
    own: float | None = None
    below: float | None = None
    final: float | None = None
    grade: str = ""
    reason: str = ""
    unscored: float | None = None
    coverage: float | None = None
    place: int | None = None
    low: int | None = None
    high: int | None = None
    tier: int | None = None
    shift: float | None = None
    out_low: int | None = None
    out_high: int | None = None
    weakest: str = ""
    percentile: int | None = None
