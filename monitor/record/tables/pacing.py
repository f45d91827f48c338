"""Rows of pacing: what each allowance has left, and the tokens that processes share."""

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class AllowanceRow(SQLModel, table=True):
    """One limit a platform sets to one holder; its calls are counted in `allowance_slot`.

    `per` and `span` are the words of Per and Window. `paused_until` is a second: the platform asked
    everybody to stay away until then.
    """

    __tablename__ = "allowance"
    key: str = Field(primary_key=True)
    reader: str
    per: str
    span: str
    who: str = ""
    of: str = ""
    most: int
    paused_until: int = Field(default=0, sa_type=BigInteger)


class AllowanceSlotRow(SQLModel, table=True):
    """Calls leased by all processes in the slot that begins at second `slot`."""

    __tablename__ = "allowance_slot"
    key: str = Field(primary_key=True, foreign_key="allowance.key")
    slot: int = Field(primary_key=True, sa_type=BigInteger)
    leased: int


class ReadFirstRow(SQLModel, table=True):
    """An account that is read before all others until a second: a campaign waits for its posts."""

    __tablename__ = "read_first"
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)


class SharedTokenRow(SQLModel, table=True):
    """A short-lived token, sealed; `claim_until` is when the right to renew it alone runs out."""

    __tablename__ = "shared_token"
    __table_args__ = (Index("uq_shared_token_place", "reader", "account_id", "name", unique=True),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    reader: str
    account_id: int = Field(sa_type=BigInteger)
    name: str
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    expires_at: int = Field(default=0, sa_type=BigInteger)
    claim_until: int = Field(default=0, sa_type=BigInteger)
