"""Rows of evidence: routes, passes, imports, looks, coverage, posts, observations, services."""

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from monitor.domain.instants import OPEN
from monitor.record.tables.base import Identity


class RouteRow(SQLModel, table=True):
    """A way to read accounts of one platform; `key` is 'wechat/own'."""

    __tablename__ = "route"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    key: str = Field(unique=True)
    platform: str
    source: str
    confirm_s: int = 0


class RouteCeilingRow(SQLModel, table=True):
    """The most a route's word was worth from `recorded_at` on: a calibration or a suspension."""

    __tablename__ = "route_ceiling"
    route_id: int = Field(primary_key=True, foreign_key="route.id", sa_type=BigInteger)
    recorded_at: int = Field(primary_key=True, sa_type=BigInteger)
    ceiling: int = Field(sa_type=SmallInteger)
    reason: str
    by: int | None = Field(default=None, sa_type=BigInteger)


class PassRow(SQLModel, table=True):
    """One attempt to read one account."""

    __tablename__ = "pass"
    __table_args__ = (
        Index("ix_pass_account", "account_id", "started_at"),
        Index("ix_pass_route", "route_id", "ended_at"),
        Index("ix_pass_run", "run_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    route_id: int = Field(foreign_key="route.id", sa_type=BigInteger)
    run_id: int | None = Field(default=None, foreign_key="run.id", sa_type=BigInteger)
    started_at: int = Field(sa_type=BigInteger)
    ended_at: int = Field(sa_type=BigInteger)
    outcome: str
    error_class: str | None = None
    cause: str = ""
    remedy: str = ""
    pages: int = 0
    items: int = 0
    reread_from: int | None = Field(default=None, sa_type=BigInteger)


class ImportRow(SQLModel, table=True):
    """One file taken in; the same bytes are taken in once."""

    __tablename__ = "import"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    sha256: str = Field(unique=True)
    name: str
    layout: str
    rows: int = 0
    refused: int = 0
    covers_a: int | None = Field(default=None, sa_type=BigInteger)
    covers_b: int | None = Field(default=None, sa_type=BigInteger)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class LookRow(SQLModel, table=True):
    """A person looked at a page, or a unit reported: what was seen and when.

    `empty` is 主页无任何作品; `second_from` BEGINNING says that there is no second post. `photo` is
    the sha256 of a screenshot; `doubt` says why the look proves nothing yet.
    """

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_account", "account_id", "looked_from"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    looked_from: int = Field(sa_type=BigInteger)
    looked_until: int = Field(sa_type=BigInteger)
    newest_from: int | None = Field(default=None, sa_type=BigInteger)
    newest_until: int | None = Field(default=None, sa_type=BigInteger)
    second_from: int | None = Field(default=None, sa_type=BigInteger)
    second_until: int | None = Field(default=None, sa_type=BigInteger)
    seen: str
    source: str
    remark: str = ""
    empty: bool = False
    title: str = ""
    url: str = ""
    comments: str = ""
    name_now: str = ""
    photo: str = ""
    doubt: str = ""
    grade: int = Field(default=0, sa_type=SmallInteger)
    idempotency_key: str | None = Field(default=None, unique=True)
    recorded_at: int = Field(sa_type=BigInteger)


class CoverageRow(SQLModel, table=True):
    """[a, b) in which every post that still stood was seen; never deleted, only revoked."""

    __tablename__ = "coverage"
    __table_args__ = (
        Index(
            "ix_coverage_account",
            "account_id",
            "b",
            "a",
            "grade",
            "fresh_s",
            "looked_at",
            "recorded_at",
            "route_id",
        ),
        Index("ix_coverage_recorded", "account_id", "recorded_at"),
        CheckConstraint("a <= b", name="order"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    a: int = Field(sa_type=BigInteger)
    b: int = Field(sa_type=BigInteger)
    grade: int = Field(sa_type=SmallInteger)
    fresh_s: int
    route_id: int = Field(foreign_key="route.id", sa_type=BigInteger)
    looked_at: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    evidence_kind: str
    evidence_id: int | None = Field(default=None, sa_type=BigInteger)


class CoverageRevocationRow(SQLModel, table=True):
    """From `recorded_at` on, the coverage row counts for nothing."""

    __tablename__ = "coverage_revocation"
    __table_args__ = (Index("ix_coverage_revocation_recorded", "recorded_at"),)
    coverage_id: int = Field(primary_key=True, foreign_key="coverage.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
    reason: str
    by: int | None = Field(default=None, sa_type=BigInteger)


class PostKeyRow(SQLModel, table=True):
    """A post's identity and what does not bear on judging: title, address, form, last sight."""

    __tablename__ = "post_key"
    __table_args__ = (UniqueConstraint("account_id", "native_id", name="uq_post_key_native"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    native_id: str
    title: str = ""
    url: str = ""
    form: str = ""
    last_seen_at: int = Field(sa_type=BigInteger)


class PostTextRow(SQLModel, table=True):
    """What a source gives of a post's words beside its title, for as long as campaigns ask for it.

    `seen_at` is when these words were first seen there.
    """

    __tablename__ = "post_text"
    key_id: int = Field(primary_key=True, foreign_key="post_key.id", sa_type=BigInteger)
    text: str
    source: str
    seen_at: int = Field(sa_type=BigInteger)


class PostAliasRow(SQLModel, table=True):
    """The id another source gives a post that was known already."""

    __tablename__ = "post_alias"
    account_id: int = Field(primary_key=True, sa_type=BigInteger)
    native_id: str = Field(primary_key=True)
    key_id: int = Field(foreign_key="post_key.id", sa_type=BigInteger)


class PostRow(SQLModel, table=True):
    """A version of a post's publishing time or deletion; a narrower time is a new version."""

    __tablename__ = "post"
    __table_args__ = (
        Index(
            "ix_post_f",
            "account_id",
            "published_from",
            "published_until",
            "recorded_at",
            "superseded_at",
        ),
        Index(
            "ix_post_wide",
            "account_id",
            "published_until",
            "published_from",
            "recorded_at",
            "superseded_at",
            sqlite_where=text("published_until - published_from >= 86400"),
            postgresql_where=text("published_until - published_from >= 86400"),
        ),
        Index("ix_post_key", "key_id"),
        Index("ix_post_recorded", "account_id", "recorded_at"),
        CheckConstraint("published_from <= published_until", name="order"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    key_id: int = Field(foreign_key="post_key.id", sa_type=BigInteger)
    account_id: int = Field(sa_type=BigInteger)
    published_from: int = Field(sa_type=BigInteger)
    published_until: int = Field(sa_type=BigInteger)
    deleted_seen_at: int | None = Field(default=None, sa_type=BigInteger)
    source: str
    recorded_at: int = Field(sa_type=BigInteger)
    superseded_at: int = Field(default=OPEN, sa_type=BigInteger)


class PostObsRow(SQLModel, table=True):
    """Numbers of a post at one instant; NULL is missing, people and times are kept apart.

    Append only: where a source later says otherwise of the same instant (final at last), a second
    row stands beside the first, and the one recorded later is the one to read.
    """

    __tablename__ = "post_obs"
    __table_args__ = {"sqlite_with_rowid": False}
    key_id: int = Field(primary_key=True, sa_type=BigInteger)
    source: str = Field(primary_key=True)
    observed_at: int = Field(primary_key=True, sa_type=BigInteger)
    final: bool = False
    capped: str = ""
    readers: int | None = Field(default=None, sa_type=BigInteger)
    reads: int | None = Field(default=None, sa_type=BigInteger)
    plays: int | None = Field(default=None, sa_type=BigInteger)
    likes: int | None = Field(default=None, sa_type=BigInteger)
    recommends: int | None = Field(default=None, sa_type=BigInteger)
    comments: int | None = Field(default=None, sa_type=BigInteger)
    shares: int | None = Field(default=None, sa_type=BigInteger)
    sharers: int | None = Field(default=None, sa_type=BigInteger)
    favourites: int | None = Field(default=None, sa_type=BigInteger)
    coins: int | None = Field(default=None, sa_type=BigInteger)
    danmaku: int | None = Field(default=None, sa_type=BigInteger)
    replies: int | None = Field(default=None, sa_type=BigInteger)
    reply_seconds: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(primary_key=True, sa_type=BigInteger)


class AccountObsRow(SQLModel, table=True):
    """Numbers of an account at one instant (累计) or of the Shanghai day it ends (单日)."""

    __tablename__ = "account_obs"
    __table_args__ = {"sqlite_with_rowid": False}
    account_id: int = Field(primary_key=True, sa_type=BigInteger)
    source: str = Field(primary_key=True)
    basis: str = Field(primary_key=True)
    observed_at: int = Field(primary_key=True, sa_type=BigInteger)
    final: bool = False
    followers: int | None = Field(default=None, sa_type=BigInteger)
    followers_gained: int | None = Field(default=None, sa_type=BigInteger)
    followers_lost: int | None = Field(default=None, sa_type=BigInteger)
    posts: int | None = Field(default=None, sa_type=BigInteger)
    readers: int | None = Field(default=None, sa_type=BigInteger)
    reads: int | None = Field(default=None, sa_type=BigInteger)
    plays: int | None = Field(default=None, sa_type=BigInteger)
    likes: int | None = Field(default=None, sa_type=BigInteger)
    recommends: int | None = Field(default=None, sa_type=BigInteger)
    comments: int | None = Field(default=None, sa_type=BigInteger)
    sharers: int | None = Field(default=None, sa_type=BigInteger)
    favourites: int | None = Field(default=None, sa_type=BigInteger)
    messages: int | None = Field(default=None, sa_type=BigInteger)
    message_senders: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(primary_key=True, sa_type=BigInteger)


class ServiceCheckRow(SQLModel, table=True):
    """One answer about one function of an account; written only when the answer changed or aged."""

    __tablename__ = "service_check"
    __table_args__ = (
        Index("ix_service_check_account", "account_id", "function", "checked_at", "recorded_at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    account_id: int = Field(foreign_key="account.id", sa_type=BigInteger)
    function: str
    works: bool | None = None
    measured: bool
    checked_at: int = Field(sa_type=BigInteger)
    detail: str = ""
    source: str
    recorded_at: int = Field(sa_type=BigInteger)
