"""Instants, seconds and days: instants are aware and UTC, days are those of Asia/Shanghai.

Publishing times and coverage are integers, seconds since 1970 in UTC, because bounds need whole
seconds; stamps of the record are microseconds. Everything a person reads is Shanghai time.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86400
OPEN: Final = 1 << 62
"""`superseded_at` of a row nothing has replaced yet: no NULL in range predicates."""
BEGINNING: Final = -(1 << 40)
"""Stands for minus infinity among seconds (about 33,000 years before 1970)."""


def to_second(instant: datetime) -> int:
    """Whole seconds since 1970 of an aware instant, rounded down."""
    return to_micro(instant) // 1_000_000


def to_micro(instant: datetime) -> int:
    """Microseconds since 1970 of an aware instant, exactly."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its time zone: {instant.isoformat()}")
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def typed_minute(text: str) -> int:
    """The second of a minute somebody typed, as `2026-11-26 18:00` on a Shanghai clock; ValueError
    where it is none."""
    return to_second(datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI))


def from_second(second: int) -> datetime:
    """The aware UTC instant of whole seconds since 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)


def from_micro(micro: int) -> datetime:
    """The aware UTC instant of microseconds since 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micro)


def shanghai(second: int) -> datetime:
    """The same second on a Shanghai clock."""
    return from_second(second).astimezone(SHANGHAI)


def shanghai_day(second: int) -> date:
    """The Shanghai calendar day a second falls on."""
    return shanghai(second).date()


def day_start(day: date) -> int:
    """The first second of a Shanghai day."""
    return to_second(datetime.combine(day, time(), SHANGHAI))


def day_end(day: date) -> int:
    """The last second of a Shanghai day."""
    return day_start(day + timedelta(days=1)) - 1


def say_minute(second: int) -> str:
    """`2026-11-22 09:30` on a Shanghai clock, as every table prints it."""
    return shanghai(second).strftime("%Y-%m-%d %H:%M")


def say_day(second: int) -> str:
    """`2026-11-22`, the Shanghai day a second falls on."""
    return shanghai_day(second).isoformat()


def parse_instant(text: str) -> datetime:
    """An ISO instant; one without a zone is read on a Shanghai clock. ValueError if it is none."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=SHANGHAI)
