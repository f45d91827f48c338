"""Rows of what is private: sealed contacts and robots, typed reasons, this house's own secrets."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class ContactRow(SQLModel, table=True):
    """A phone or mail: `sealed` is AES-GCM ciphertext, `lookup` a keyed hash of the value."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("uq_contact_owner", "owner_kind", "owner_id", "kind", unique=True),
        Index("ix_contact_lookup", "lookup"),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    owner_kind: str
    owner_id: int = Field(sa_type=BigInteger)
    kind: str
    sealed: bytes
    masked: str
    lookup: str
    recorded_at: int = Field(sa_type=BigInteger)


class OwnSecretRow(SQLModel, table=True):
    """A secret of this installation, made once, sealed."""

    __tablename__ = "own_secret"
    name: str = Field(primary_key=True)
    sealed: bytes
    recorded_at: int = Field(sa_type=BigInteger)


class TypedReasonRow(SQLModel, table=True):
    """Why somebody looked or took away, as typed; the audit holds `id` only. It may be deleted from
    the second `keep_until` on."""

    __tablename__ = "typed_reason"
    __table_args__ = (Index("ix_typed_reason_keep_until", "keep_until"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    label: str
    sealed: bytes
    keep_until: int = Field(sa_type=BigInteger)
    recorded_at: int = Field(sa_type=BigInteger)


class RobotRow(SQLModel, table=True):
    """A group's robot: `sealed` holds the right to send by it, `hint` the end of its address."""

    __tablename__ = "robot"
    __table_args__ = (UniqueConstraint("unit_id", "channel", "name", name="uq_robot_name"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    unit_id: int = Field(foreign_key="unit.id", sa_type=BigInteger)
    channel: str
    name: str
    sealed: bytes
    hint: str
    tried_at: int | None = Field(default=None, sa_type=BigInteger)
    tried: str = ""
    recorded_at: int = Field(sa_type=BigInteger)
