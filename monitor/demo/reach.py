"""How far an invented post reaches: heavy-tailed numbers, and how they grow from day to day."""

from datetime import date
from typing import Final

from monitor.demo.dice import Name, between, pick, roll
from monitor.demo.world import WorldAccount
from monitor.domain.instants import DAY, shanghai_day
from monitor.domain.unit import Level

READERS: Final = {
    Level.PROVINCE: (8_000, 60_000),
    Level.DEPARTMENT: (3_000, 15_000),
    Level.PREFECTURE: (2_000, 8_000),
    Level.BRANCH: (600, 3_000),
    Level.COUNTY: (300, 1_200),
}
"""Usual readers of one post by level; smaller units reach 60 to 400."""

TAIL: Final = (3, 5, 8, 10, 10, 10, 12, 15, 25, 60)
"""Tenths of the usual that a film reaches."""

ANCHOR: Final = date(2026, 11, 23)
"""The day on which an account has the followers it is said to have."""
GROWTH: Final = ((1, 62), (2, 78), (3, 85), (7, 94), (14, 98))
"""(days since publication, per cent of what is reached after 30 days)."""


def readers(level: Level, film: bool, *names: Name) -> int:  # noqa: FBT001  # a fact, not a switch
    """Readers (plays of a film) after 30 days; one text in 300 is read by more than 100,000."""
    low, high = READERS.get(level, (60, 400))
    usual = between(low, high, "readers", *names)
    if film:
        return usual * pick(TAIL, "tail", *names) // 10
    return 100_001 + usual if roll(300, "hit", *names) == 0 else usual


def followers(account: WorldAccount, at: int) -> int:
    """Followers at second `at`: some more each day, and more or fewer as days go."""
    days = (shanghai_day(at) - ANCHOR).days
    unrest = roll(account.grows + 1, "followers", account.uid, days)
    level = max(0, account.followers + account.grows * days + unrest)
    return level * 4 // 3 if account.leap and at >= account.leap else level


def share(whole: int, low: int, high: int, *names: Name) -> int:
    """Between `low` and `high` thousandths of `whole`."""
    return whole * between(low, high, *names) // 1000


def grown(final: int, age_seconds: int) -> int:
    """What of `final` is reached at an age; all of it after 30 days."""
    if age_seconds >= 30 * DAY:
        return final
    before = (0, 0)
    for days, percent in (*GROWTH, (30, 100)):
        if age_seconds < days * DAY:
            span = (days - before[0]) * DAY
            gained = (percent - before[1]) * max(0, age_seconds - before[0] * DAY) // span
            return final * (before[1] + gained) // 100
        before = (days, percent)
    return final
