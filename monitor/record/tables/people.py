"""Rows of people: who may sign in, what for, from which browser, and failed attempts."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class PersonRow(SQLModel, table=True):
    """Somebody who may sign in; `password` is an argon2id hash."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    login: str = Field(unique=True)
    name: str
    password: str
    must_change: bool = True
    active: bool = True
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)


class GrantRow(SQLModel, table=True):
    """A role over a unit sub-tree (`path`) or a line, from until (seconds)."""

    __tablename__ = "grant"
    __table_args__ = (Index("ix_grant_person", "person_id"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    person_id: int = Field(foreign_key="person.id", sa_type=BigInteger)
    role: str
    path: str = ""
    line: str = ""
    since: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)


class DeputyRow(SQLModel, table=True):
    """A deputy (B岗): holds the rights of `person_id` in [since, until), unless ended before."""

    __tablename__ = "deputy"
    __table_args__ = (
        Index("ix_deputy_deputy", "deputy_id"),
        Index("ix_deputy_person", "person_id"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    person_id: int = Field(foreign_key="person.id", sa_type=BigInteger)
    deputy_id: int = Field(foreign_key="person.id", sa_type=BigInteger)
    since: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    given_by: int | None = Field(default=None, sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class SessionRow(SQLModel, table=True):
    """A signed-in browser: only the hash of its token is kept."""

    __tablename__ = "session"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    token_sha256: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", sa_type=BigInteger)
    csrf: str
    created_at: int = Field(sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    revoked_at: int | None = Field(default=None, sa_type=BigInteger)
    address: str = ""
    device: str = ""


class AttemptRow(SQLModel, table=True):
    """A failed sign-in, for the lock-out: by login and by address, never the password."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_login", "login", "at"),
        Index("ix_attempt_address", "address", "at"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    login: str
    address: str
    at: int = Field(sa_type=BigInteger)


class SignOnUsedRow(SQLModel, table=True):
    """A way back from the sign-on service that was used: only the hash of its state is kept."""

    __tablename__ = "sign_on_used"
    state_sha256: str = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)


class SignOnSubjectRow(SQLModel, table=True):
    """Who a subject of a sign-on service is here; names may change there, the subject does not."""

    __tablename__ = "sign_on_subject"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", name="uq_sign_on_subject"),
        UniqueConstraint("issuer", "person_id", name="uq_sign_on_person"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    issuer: str
    subject: str
    person_id: int = Field(foreign_key="person.id", sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)
