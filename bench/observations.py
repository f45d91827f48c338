"""200,000 observations from parsed rows into a store of 2 million, half of them unchanged."""

import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from bench import stores
from bench.figures import ROUNDS, Figure, Timing, ratio, timed
from bench.world import MICRO, NOW, Size
from monitor.domain.collecting import Route
from monitor.domain.instants import DAY, HOUR
from monitor.domain.loading import LoadedAccount, LoadedFile
from monitor.domain.numbers import PostNumbers, Provenance
from monitor.domain.post import SeenPost
from monitor.record import harvests
from monitor.record.harvests import FileSaved
from monitor.record.posts import NUMBERS
from monitor.record.store import Store

SOURCE = Provenance.EXPORT
ROUTE = Route("wechat", "file/bench", SOURCE, 4, 168)
POSTS_EACH = 400
COLUMNS = ("key_id", "source", "observed_at", "final", "capped", *NUMBERS, "recorded_at")
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536", "mmap_size=268435456")


def reads(post: int, nth: int) -> int:
    """Reads of a post at its nth observation."""
    return post % 997 * 10 + nth * 7


def kept(size: Size) -> Iterator[tuple[Any, ...]]:
    """The observations that stand already, one a day."""
    for post in range(1, size.observed_posts + 1):
        for nth in range(size.observations_each):
            at = NOW - (20 - nth) * DAY
            numbers = (None, reads(post, nth), None, post % 31, None, post % 7, None, None)
            yield (post, SOURCE.value, at, False, "", *numbers, None, None, None, None, at * MICRO)


def store(path: Path, size: Size) -> None:
    """Posts and the observations that stand already."""
    opened = stores.fresh(f"sqlite:///{path}")
    accounts = size.observed_posts // POSTS_EACH
    posts = range(size.observed_posts)
    began = NOW - 40 * DAY
    with sqlite3.connect(path) as raw:
        raw.executemany(
            "INSERT INTO account (id, platform, uid, registered_at) VALUES (?, 'wechat', ?, 0)",
            ((n, f"u{n}") for n in range(1, accounts + 1)),
        )
        raw.executemany(
            "INSERT INTO post_key (id, account_id, native_id, title, url, form, last_seen_at)"
            " VALUES (?, ?, ?, '题', '', '', ?)",
            ((n + 1, n // POSTS_EACH + 1, f"p{n % POSTS_EACH}", NOW - 11 * DAY) for n in posts),
        )
        raw.executemany(
            "INSERT INTO post (key_id, account_id, published_from, published_until, source,"
            f" recorded_at, superseded_at) VALUES (?, ?, ?, ?, '{SOURCE.value}', 1, {1 << 62})",
            ((n + 1, n // POSTS_EACH + 1, *[began + n % POSTS_EACH * HOUR] * 2) for n in posts),
        )
        raw.executemany(_insert(), kept(size))
    raw.close()
    opened.close()


def _insert() -> str:
    marks = ", ".join("?" * len(COLUMNS))
    return f"INSERT INTO post_obs ({', '.join(COLUMNS)}) VALUES ({marks})"


def parsed(size: Size) -> dict[int, LoadedAccount]:
    """The rows of a file, parsed: one sight of every post, a day after the last; half as before."""
    accounts: dict[int, LoadedAccount] = {}
    last = size.observations_each - 1
    for number in range(size.observed_posts // POSTS_EACH):
        seen = []
        for place in range(POSTS_EACH):
            post = number * POSTS_EACH + place + 1
            at = NOW - 40 * DAY + place * HOUR
            numbers = PostNumbers(
                reads=reads(post, last) + post % 2, likes=post % 31, comments=post % 7
            )
            seen.append(SeenPost(f"p{place}", at, at, NOW - 10 * DAY, "题", numbers=numbers))
        accounts[number + 1] = LoadedAccount("wechat", f"u{number + 1}", "", tuple(seen))
    return accounts


def run(folder: Path, size: Size) -> list[Figure]:
    """How fast they go in, beside a plain executemany of the same rows into a copy of the store."""
    template = folder / "observed.db"
    store(template, size)
    accounts = parsed(size)
    tuples = [
        (post, SOURCE.value, NOW - 10 * DAY, False, "", *_numbers(seen.numbers), NOW * MICRO)
        for post, seen in enumerate((s for one in accounts.values() for s in one.posts), 1)
    ]
    ours: list[float] = []
    raw: list[float] = []
    saved: list[FileSaved] = []
    for nth in range(ROUNDS):
        copy = Path(shutil.copy(template, folder / f"raw{nth}.db"))
        raw.append(timed(partial(_executemany, copy, tuples)))
        copy.unlink()
        copy = Path(shutil.copy(template, folder / f"ours{nth}.db"))
        opened = stores.standing(f"sqlite:///{copy}")
        with opened.reading():
            pass  # the connection is made, and its pragmas are set, before the clock runs
        ours.append(timed(partial(_save, opened, accounts, saved)))
        opened.close()
        copy.unlink()
    value, spread = ratio(Timing(tuple(raw)), Timing(tuple(ours)))
    note = f"{Timing(tuple(ours))}, {saved[0].observations} written; raw {Timing(tuple(raw))}"
    name = "observations, half unchanged, speed of executemany"
    return [Figure(name, value, 0.3, "higher", "x raw", Timing(tuple(raw)).median, spread, note)]


def _numbers(numbers: PostNumbers) -> tuple[int | None, ...]:
    return tuple(getattr(numbers, name) for name in NUMBERS)


def _save(store: Store, accounts: dict[int, LoadedAccount], saved: list[FileSaved]) -> None:
    file = LoadedFile("bench", "bench", "bench", "wechat", ())
    saved.append(harvests.save_file(store, file, accounts, ROUTE, None, NOW))


def _executemany(path: Path, rows: list[tuple[Any, ...]]) -> None:
    raw = sqlite3.connect(path)
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    with raw:
        raw.executemany(_insert(), rows)
    raw.close()
