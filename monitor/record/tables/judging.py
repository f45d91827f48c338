"""Rows of judging: rulebooks, findings, changes, what is due, frozen facts, the screens' cache."""

from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, SmallInteger, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Document, Identity
from monitor.record.tables.registry import STILL_SO


class RulebookRow(SQLModel, table=True):
    """A version of a rulebook, as the text it was read from."""

    __tablename__ = "rulebook"
    __table_args__ = (UniqueConstraint("name", "version", name="uq_rulebook_name_version"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    name: str
    version: int
    sha256: str
    document: str
    recorded_at: int = Field(sa_type=BigInteger)


class FindingRow(SQLModel, table=True):
    """What a rule concluded; written when outcome, class or evidence identity changed."""

    __tablename__ = "finding"
    __table_args__ = (
        Index(
            "uq_finding_open",
            "account_id",
            "rule",
            "rulebook_id",
            unique=True,
            sqlite_where=STILL_SO,
            postgresql_where=STILL_SO,
        ),
        Index(
            "ix_finding_outcome",
            "rulebook_id",
            "outcome",
            sqlite_where=STILL_SO,
            postgresql_where=STILL_SO,
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    rule: str
    rule_version: int
    rulebook_id: int = Field(foreign_key="rulebook.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)
    as_of: int = Field(sa_type=BigInteger)
    known_at: int = Field(sa_type=BigInteger)
    outcome: str
    status: str = ""
    status_max: str = ""
    cutoff: int | None = Field(default=None, sa_type=BigInteger)
    silence_min: int | None = Field(default=None, sa_type=BigInteger)
    silence_max: int | None = Field(default=None, sa_type=BigInteger)
    grade: int | None = Field(default=None, sa_type=SmallInteger)
    breach_at: int | None = Field(default=None, sa_type=BigInteger)
    identity: str = ""
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    sentence: str = ""
    held: bool = False


class ChangeRow(SQLModel, table=True):
    """One status became another; told once. `amends`: what it replaces stood on coverage that was
    withdrawn since, or on posts not known then: a correction, no event."""

    __tablename__ = "change"
    __table_args__ = (
        Index(
            "ix_change_untold",
            "recorded_at",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
        Index("ix_change_account", "account_id", "at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    rulebook_id: int = Field(foreign_key="rulebook.id", sa_type=BigInteger)
    rule: str
    before: str
    after: str
    at: int = Field(sa_type=BigInteger)
    finding_id: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    told_at: int | None = Field(default=None, sa_type=BigInteger)
    amends: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class DueRow(SQLModel, table=True):
    """When an account must be judged again without new evidence, and what it was judged on."""

    __tablename__ = "due"
    __table_args__ = (Index("ix_due_next", "next_at"),)
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    next_at: int = Field(default=OPEN, sa_type=BigInteger)
    judged_known_at: int = Field(default=0, sa_type=BigInteger)


class FrozenRow(SQLModel, table=True):
    """Facts as they were when something left the house: bytes under their hash, never updated."""

    __tablename__ = "frozen"
    sha256: str = Field(primary_key=True)
    kind: str
    as_of: int = Field(sa_type=BigInteger)
    known_at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    content: bytes = Field(sa_type=LargeBinary)


class AccountDayRow(SQLModel, table=True):
    """账号日报: a disposable cache of the present; rebuilt by `judge`, read by screens only.

    One row per account: the newest judgement under both rulebooks with its moving figures.
    `overdue_s` is the silence from `last_post_until` to `as_of` less the least failing limit:
    negative while there is time left, NULL where no post is known. `problems` are the names of
    what fails, joined by '、'. `missing` are the uncovered Shanghai days as
    'YYYY-MM-DD..YYYY-MM-DD' joined by ','; `cause`, `mender` and `remedy` say in Chinese why, who
    can supply them, and how.
    """

    __tablename__ = "account_day"
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    as_of: int = Field(sa_type=BigInteger)
    known_at: int = Field(sa_type=BigInteger)
    status: str
    status_max: str
    outcome: str
    cutoff: int | None = Field(default=None, sa_type=BigInteger)
    silence_min: int | None = Field(default=None, sa_type=BigInteger)
    silence_max: int | None = Field(default=None, sa_type=BigInteger)
    upper_status: str
    upper_outcome: str
    upper_cutoff: int | None = Field(default=None, sa_type=BigInteger)
    last_post_from: int | None = Field(default=None, sa_type=BigInteger)
    last_post_until: int | None = Field(default=None, sa_type=BigInteger)
    posts_30d_min: int = 0
    posts_30d_max: int = 0
    coverage_30d: float = 0.0
    source: str = ""
    grade: int | None = Field(default=None, sa_type=SmallInteger)
    overdue_s: int | None = Field(default=None, sa_type=BigInteger)
    problems: str = ""
    sentence: str = ""
    missing: str = ""
    cause: str = ""
    mender: str = ""
    remedy: str = ""
    rulebook_id: int | None = Field(default=None, sa_type=BigInteger)
    upper_rulebook_id: int | None = Field(default=None, sa_type=BigInteger)
