"""A synthetic province for the benches: accounts, posts and coverage as numpy columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from monitor.domain.instants import DAY, HOUR, OPEN

NOW = int(datetime(2026, 11, 22, 16, tzinfo=UTC).timestamp())
MICRO = 1_000_000
SHANGHAI_OFFSET = 8 * HOUR
PLATFORMS = ("wechat", "weibo", "douyin", "channels")
Columns = dict[str, Any]
POST_COLUMNS = (
    *("key_id", "account_id", "published_from", "published_until", "recorded_at"),
    "superseded_at",
)
"""What `posts` gives, in order."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    accounts: int
    posts: int
    observed_posts: int
    observations_each: int

    @property
    def units(self) -> int:
        """Four accounts to a unit, one on each platform."""
        return self.accounts // len(PLATFORMS)


FULL = Size(accounts=10_000, posts=4_400_000, observed_posts=200_000, observations_each=10)
QUICK = Size(accounts=500, posts=220_000, observed_posts=10_000, observations_each=10)


def posts(size: Size) -> Columns:
    """Versions of posts over three years: 15 % dated, 220 of 4.4 million wider than a day, 0.5 %
    narrowed later; one account in seven has been silent for over a week."""
    rng = np.random.default_rng(20261123)
    account = np.sort(rng.integers(1, size.accounts + 1, size.posts))
    quiet = rng.random(size.accounts + 1)
    silence = np.where(
        quiet < 0.85,
        rng.integers(0, 7 * DAY, size.accounts + 1),
        np.where(
            quiet < 0.95,
            rng.integers(7 * DAY, 100 * DAY, size.accounts + 1),
            rng.integers(100 * DAY, 700 * DAY, size.accounts + 1),
        ),
    )
    first = NOW - 1095 * DAY
    span = NOW - silence[account] - first
    start = first + (rng.random(size.posts) * span).astype(np.int64)
    start = start[np.lexsort((start, account))]
    dated = rng.random(size.posts) < 0.15
    day = (start + SHANGHAI_OFFSET) // DAY * DAY - SHANGHAI_OFFSET
    start = np.where(dated, day, start)
    until = np.where(dated, day + DAY - 1, start)
    wide = rng.choice(size.posts, max(1, size.posts // 20_000), replace=False)
    until[wide] = start[wide] + rng.integers(2 * DAY, 20 * DAY, len(wide))
    recorded = np.minimum((until + rng.integers(HOUR, 2 * DAY, size.posts)), NOW) * MICRO
    return _with_narrowed(rng, account, start, until, recorded)


def _with_narrowed(rng: Any, account: Any, start: Any, until: Any, recorded: Any) -> Columns:
    count = len(account)
    superseded = np.full(count, OPEN, np.int64)
    narrowed = np.flatnonzero((until - start == DAY - 1) & (rng.random(count) < 0.033))
    later = np.minimum(recorded[narrowed] + DAY * MICRO, NOW * MICRO)
    superseded[narrowed] = later
    exact = start[narrowed] + rng.integers(0, DAY, len(narrowed))
    key = np.arange(1, count + 1)
    return {
        "key_id": np.concatenate([key, key[narrowed]]),
        "account_id": np.concatenate([account, account[narrowed]]),
        "published_from": np.concatenate([start, exact]),
        "published_until": np.concatenate([until, exact]),
        "recorded_at": np.concatenate([recorded, later]),
        "superseded_at": np.concatenate([superseded, np.full(len(narrowed), OPEN, np.int64)]),
    }


def coverage(size: Size) -> tuple[Columns, Columns]:
    """Four looks at each account, 30 days each, the newest some hours old; 2 % revoked."""
    rng = np.random.default_rng(7)
    account = np.repeat(np.arange(1, size.accounts + 1), 4)
    nth = np.tile(np.arange(4), size.accounts)
    b = NOW - nth * 30 * DAY - rng.integers(2 * HOUR, 30 * HOUR, len(account))
    rows = {
        "id": np.arange(1, len(account) + 1),
        "account_id": account,
        "a": b - 31 * DAY,
        "b": b,
        "looked_at": b + 2 * HOUR,
        "recorded_at": (b + 2 * HOUR) * MICRO,
    }
    revoked = np.sort(rng.choice(len(account), len(account) // 50, replace=False))
    return rows, {
        "coverage_id": rows["id"][revoked],
        "recorded_at": np.minimum(rows["recorded_at"][revoked] + DAY * MICRO, NOW * MICRO),
    }


def rows(columns: Columns, *constants: Any) -> Iterator[tuple[Any, ...]]:
    """The columns as tuples of plain values, each followed by the constants."""
    step = 200_000
    length = len(next(iter(columns.values())))
    for at in range(0, length, step):
        parts = [column[at : at + step].tolist() for column in columns.values()]
        for row in zip(*parts, strict=True):
            yield (*row, *constants)
