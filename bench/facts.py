"""Facts of all accounts against one DuckDB aggregate that gives the same columns of posts."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas

from bench import world
from bench.figures import Figure, interleave, ratio
from bench.world import MICRO, NOW, Size
from monitor.domain.facts import Facts
from monitor.domain.instants import DAY
from monitor.record import facts
from monitor.record.store import Store

PAIRS = (
    ("now, known now", NOW, NOW * MICRO),
    ("30 d ago, known now", NOW - 30 * DAY, NOW * MICRO),
    ("30 d ago, known then", NOW - 30 * DAY, (NOW - 30 * DAY) * MICRO),
    ("2 y ago, known now", NOW - 730 * DAY, NOW * MICRO),
)

AGGREGATE = """
SELECT account_id,
  max(published_from) FILTER (WHERE published_from < $as_of AND published_until < $as_of),
  max(least(published_until, $as_of - 1)) FILTER (WHERE published_from < $as_of),
  max(published_until) FILTER (WHERE published_from < $as_of),
  count(*) FILTER (WHERE published_from >= $since AND published_until < $as_of),
  count(*) FILTER (WHERE published_until >= $since AND published_from < $as_of)
FROM post WHERE recorded_at <= $known_at AND superseded_at > $known_at GROUP BY account_id
"""


def duck(size: Size) -> duckdb.DuckDBPyConnection:
    """The same versions of posts in memory, two threads."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    frame = pandas.DataFrame(world.posts(size))
    connection.register("frame", frame)
    connection.execute("CREATE TABLE post AS SELECT * FROM frame")
    connection.unregister("frame")
    return connection


def aggregate(
    connection: duckdb.DuckDBPyConnection, as_of: int, known_at: int
) -> dict[int, tuple[Any, ...]]:
    """The columns of posts by account, as DuckDB gives them."""
    values = {"as_of": as_of, "known_at": known_at, "since": as_of - 30 * DAY}
    return {row[0]: tuple(row[1:]) for row in connection.execute(AGGREGATE, values).fetchall()}


def measured(store: Store, as_of: int, known_at: int) -> list[Facts]:
    """Whole facts of all accounts."""
    with store.reading() as tx:
        return facts.measure(tx, as_of, known_at)


def agree(store: Store, connection: duckdb.DuckDBPyConnection, as_of: int, known_at: int) -> None:
    """AssertionError unless both say the same of every account."""
    theirs = aggregate(connection, as_of, known_at)
    nothing = (None, None, None, 0, 0)
    for each in measured(store, as_of, known_at):
        ours = (
            each.newest_from,
            each.newest_until,
            each.last_second,
            each.posts_30d_min,
            each.posts_30d_max,
        )
        assert ours == theirs.get(each.account_id, nothing), each.account_id


def run(store: Store, connection: duckdb.DuckDBPyConnection, name: str) -> list[Figure]:
    """One figure per pair of instants: on SQLite as a multiple of DuckDB, else in seconds."""
    figures = []
    for label, as_of, known_at in PAIRS:
        agree(store, connection, as_of, known_at)
        ours, theirs = interleave(
            _bound(measured, store, as_of, known_at),
            _bound(aggregate, connection, as_of, known_at),
        )
        times, spread = ratio(ours, theirs)
        note = f"{ours}; DuckDB {theirs}"
        if store.sqlite:
            figures.append(
                Figure(
                    f"facts, {name}, {label}",
                    times,
                    5,
                    "lower",
                    "x DuckDB",
                    theirs.median,
                    spread,
                    note,
                )
            )
        else:
            rounds = (min(ours.rounds), max(ours.rounds))
            figures.append(
                Figure(
                    f"facts, {name}, {label}",
                    ours.median,
                    1,
                    "lower",
                    "s",
                    theirs.median,
                    rounds,
                    note,
                )
            )
    return figures


def _bound(work: Callable[..., object], *arguments: object) -> Callable[[], object]:
    return lambda: work(*arguments)
