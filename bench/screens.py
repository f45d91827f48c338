"""The pages of the desk over 10,000 accounts: what the script of each costs its processor.

The province of the other benches, judged, with the passes, keys and sightings of a week on top;
each page is drawn by Streamlit itself, without a browser, for somebody who sees all of it.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import thread_time
from typing import Any
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from bench import stores, world
from bench.evaluation import opened
from bench.figures import ROUNDS, Figure
from bench.stores import Filling
from bench.world import Size
from dashboard import page
from dashboard.page import PAGES, Visit
from monitor import wiring
from monitor.domain.instants import DAY, HOUR, OPEN
from monitor.domain.person import Person, Role, Session
from monitor.domain.scope import EVERYTHING
from monitor.record.store import Store
from tests.service.parts import some_parts

BOUND_MS = 200.0
PREFECTURES = 17
FIRST_COUNTY = PREFECTURES + 2
"""Unit 1 is the department, those up to here its prefectures, the rest their counties."""
FAILING = 20
"""One account in so many cannot be read."""
TITLE = "双11退款电话别急着信,先打96110核实"


def run(folder: Path, size: Size) -> list[Figure]:
    """Milliseconds of each page's script, the median of several runs after a first."""
    path = folder / "screens.db"
    store = fill(path, size)
    visit = _visit(store)
    figures = [_figure(each.slug, each.render, visit) for each in PAGES]
    store.close()
    path.unlink()
    return figures


def fill(path: Path, size: Size) -> Store:
    """The province with its tree of units, a week of collecting, and everything judged."""
    stores.sqlite(path, size).close()
    with sqlite3.connect(path) as raw:
        raw.executemany(
            "UPDATE unit_rev SET level = ?, parent_id = ?, path = ?, region = ?, region_name = ?,"
            " county_name = ? WHERE unit_id = ?",
            map(_placed, range(1, size.units + 1)),
        )
        raw.execute(
            "INSERT INTO post_key (id, account_id, native_id, title, url, form, last_seen_at)"
            " SELECT key_id, account_id, key_id, ?, '', '', max(published_until) FROM post"
            " GROUP BY key_id",
            (TITLE,),
        )
        for table, columns, rows in _collected(size):
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    raw.close()
    bench = opened(f"sqlite:///{path}")
    bench.first()
    return bench.store


def _placed(unit: int) -> tuple[Any, ...]:
    """Level, parent, path, place and id of a unit."""
    if unit == 1:
        return ("省厅", None, "/1/", "", "", "", unit)
    if unit < FIRST_COUNTY:
        return ("市州局", 1, f"/1/{unit}/", *_region(unit), "", unit)
    above = 2 + unit % PREFECTURES
    return ("县级局", above, f"/1/{above}/{unit}/", *_region(above), f"示例{unit}县", unit)


def _region(prefecture: int) -> tuple[str, str]:
    return f"42{prefecture:02}00", f"示例{prefecture}市"


def _collected(size: Size) -> list[Filling]:
    """Two passes a day of each account over a week with their claims, keys, and sightings."""
    accounts = range(1, size.accounts + 1)
    passes = ("id", "account_id", "route_id", "started_at", "ended_at", "outcome", "error_class")
    claims = ("id", "account_id", "route_id", "pass_id", "a", "b", "grade", "fresh_s", "looked_at")
    seen = ("account_id", "route_id", "seen_at", "present", "name", "verified", "recorded_at")
    return [
        ("pass", (*passes, "cause", "remedy", "pages", "items"), _passes(accounts)),
        (
            "coverage_proposal",
            (*claims, "items", "newest", "recorded_at", "settled_at", "outcome"),
            _claims(accounts),
        ),
        (
            "credential",
            ("platform", "account_id", "sealed", "expires_at", "recorded_at", "state"),
            (
                (_platform(n), n, b"", world.NOW + (n % 90) * DAY, world.NOW * world.MICRO, "有效")
                for n in accounts
            ),
        ),
        (
            "account_sighting",
            seen,
            (
                (n, _route(n), at, True, _seen_name(n), True, at * world.MICRO)
                for n in accounts
                for at in range(world.NOW - 7 * DAY, world.NOW, DAY)
            ),
        ),
    ]


def _platform(account: int) -> str:
    return world.PLATFORMS[account % len(world.PLATFORMS)]


def _route(account: int) -> int:
    return account % len(world.PLATFORMS) + 1


def _seen_name(account: int) -> str:
    return f"账号{account}" if account % 50 else f"改名{account}"


def _looked(accounts: range) -> Iterator[tuple[int, int, int]]:
    """Number, account and second of each pass, in the order of their time."""
    number = 0
    for back in range(7 * 2, 0, -1):
        for account in accounts:
            number += 1
            yield number, account, world.NOW - back * 12 * HOUR + account % (11 * HOUR)


def _passes(accounts: range) -> Iterator[tuple[Any, ...]]:
    failed = ("失败", "需重新授权", "授权已过期", "账号管理员重新授权", 0, 0)
    whole = ("完整", None, "", "", 1, 20)
    for number, account, at in _looked(accounts):
        told = failed if account % FAILING == 0 else whole
        yield (number, account, _route(account), at, at + 2, *told)


def _claims(accounts: range) -> Iterator[tuple[Any, ...]]:
    for number, account, at in _looked(accounts):
        if account % FAILING:
            stretch = (at - DAY, at - 2 * HOUR, 4, 26 * HOUR, at)
            stamps = (at * world.MICRO, at * world.MICRO if number % 999 else OPEN, "采信")
            yield (number, account, _route(account), number, *stretch, 20, at - 3 * HOUR, *stamps)


def _visit(store: Store) -> Visit:
    """Somebody who may see everything."""
    roles = frozenset(Role)
    person = Person(1, "editor", "示例人员", roles, EVERYTHING)
    session = Session(1, person, world.NOW + HOUR, "x")
    return Visit(session, store, world.NOW, "示例省公安厅", demo=False)


def milliseconds(render: Callable[[Visit], None], visit: Visit, **query: str) -> list[float]:
    """What the script of a page costs, after a first run that reads what later ones remember."""
    taken: list[float] = []

    def script(render, visit, taken, clock):  # type: ignore[no-untyped-def]
        begun = clock()
        render(visit)
        taken.append(1000 * (clock() - begun))

    given = (render, visit, taken, thread_time)
    parts = some_parts(visit.store, visit.store.clock)
    arrived = patch.object(page, "arrive", lambda *, working=True: visit)
    with arrived, patch.object(wiring, "parts", lambda: parts):
        test = AppTest.from_function(script, default_timeout=120, args=given)
        for key, value in query.items():
            test.query_params[key] = value
        for _ in range(ROUNDS + 1):
            test.run()
            if test.exception:
                raise RuntimeError(test.exception[0].value)
    return taken[1:]


def _figure(slug: str, render: Callable[[Visit], None], visit: Visit) -> Figure:
    taken = milliseconds(render, visit)
    spread = (min(taken), max(taken))
    name = f"page {slug}, script of its own"
    return Figure(name, median(taken), BOUND_MS, "lower", "ms", None, spread)
