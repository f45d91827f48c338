"""Rows of 距超期: what each account's own rhythm says now, and how often that was right."""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from monitor.record.tables.base import Identity


class AccountForecastRow(SQLModel, table=True):
    """A disposable cache of the present, as account_day is: `last_post` (seconds) is what it rests
    on, `at` when the limit runs out, `sure` the share of pauses that went on over it."""

    __tablename__ = "account_forecast"
    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    last_post: int = Field(sa_type=BigInteger)
    at: int = Field(sa_type=BigInteger)
    sure: float
    pauses: int
    as_of: int = Field(sa_type=BigInteger)


class ForecastCheckRow(SQLModel, table=True):
    """The one newest count of forecasts of the past held against what came."""

    __tablename__ = "forecast_check"
    id: int | None = Field(default=None, primary_key=True, sa_type=Identity)
    as_of: int = Field(sa_type=BigInteger)
    hit: int
    false_alarm: int
    missed: int
    quiet: int
    unseen: int
