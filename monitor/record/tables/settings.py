"""Rows of what the office itself decided, and of the bundles that came and went."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class SettingRow(SQLModel, table=True):
    """One decision by its name; `version` grows with each change, `by` is None at the machine."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    recorded_at: int = Field(sa_type=BigInteger)
    by: int | None = Field(default=None, sa_type=BigInteger)
    version: int = 1


class BundleRow(SQLModel, table=True):
    """A bundle made here (出) or taken in (入); those of one `origin` are numbered and chained.

    What it holds was recorded after the bundle `since` and up to `mark` (microseconds of its maker)
    and, for passes, up to the id `pass_mark`.
    """

    __tablename__ = "bundle"
    __table_args__ = (UniqueConstraint("direction", "origin", "number", name="uq_bundle_number"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    direction: str
    origin: str
    number: int
    since: int
    sha256: str
    mark: int = Field(sa_type=BigInteger)
    pass_mark: int = Field(sa_type=BigInteger)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    recorded_at: int = Field(sa_type=BigInteger)
