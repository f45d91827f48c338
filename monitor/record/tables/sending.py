"""Rows of forms on screen: what was sent once, and what somebody typed and did not send yet."""

from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Document, Identity


class SendingRow(SQLModel, table=True):
    """A form that was sent: the same `key` again is answered with the same `result`."""

    __tablename__ = "sending"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    key: str = Field(unique=True)
    form: str
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    recorded_at: int = Field(sa_type=BigInteger)


class FormDraftRow(SQLModel, table=True):
    """What one person typed into one form, on top of the version then shown."""

    __tablename__ = "form_draft"
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=BigInteger)
    form: str = Field(primary_key=True)
    words: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    version: int = 0
    recorded_at: int = Field(sa_type=BigInteger)
