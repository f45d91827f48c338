"""Numbers of posts and accounts: append only, written when a number or its finality changed.

Compared is the neighbour in *observed* time, whatever order files came in: the newest at or before
it of the same source, kept or staged. Provenance is part of the key, so that another source's word
is never taken for a repetition.
"""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import TextClause, text

from monitor.domain.numbers import AccountNumbers, AccountObservation, Provenance
from monitor.record.posts import NUMBERS
from monitor.record.staging import Stage, fill, same
from monitor.record.store import Writing

ACCOUNT_NUMBERS: Final = tuple(each.name for each in fields(AccountNumbers))
_NUMBERS_OF: Final = attrgetter(*ACCOUNT_NUMBERS)

SAID: Final = Stage(
    "stage_said",
    (
        ("account_id", "BIGINT"),
        ("basis", "TEXT"),
        ("observed_at", "BIGINT"),
        ("final", "BOOLEAN"),
        *((name, "BIGINT") for name in ACCOUNT_NUMBERS),
    ),
    given=4 + len(ACCOUNT_NUMBERS),
)

_ONCE: Final = """
INSERT INTO {table} ({key}, source, observed_at, {values}, recorded_at)
SELECT {staged_key}, CAST(:source AS TEXT), s.observed_at, {staged_values}, :stamp
FROM {stage} s
WHERE coalesce({numbers}) IS NOT NULL
  AND NOT coalesce((SELECT {same_as_kept} FROM {table} o
                    WHERE {kept_key} AND o.source = :source AND o.observed_at <= s.observed_at
                    ORDER BY o.observed_at DESC, o.recorded_at DESC LIMIT 1), {no})
"""
"""Where no key is staged twice: one seek for each, for its neighbour."""

_REPEATED: Final = """
INSERT INTO {table} ({key}, source, observed_at, {values}, recorded_at)
SELECT {staged_key}, CAST(:source AS TEXT), s.observed_at, {staged_values}, :stamp
FROM (SELECT {key}, observed_at, {values},
             row_number() OVER (PARTITION BY {key}, observed_at ORDER BY final DESC) AS place,
             lag(observed_at) OVER w AS lag_observed_at, {lags}
      FROM {stage}
      WHERE coalesce({numbers}) IS NOT NULL
      WINDOW w AS (PARTITION BY {key} ORDER BY observed_at)) AS s
LEFT JOIN {table} o ON {kept_key} AND o.source = :source
  AND o.observed_at = (SELECT max(p.observed_at) FROM {table} p
                       WHERE {earlier_key} AND p.source = :source
                         AND p.observed_at <= s.observed_at)
  AND o.recorded_at = (SELECT max(p.recorded_at) FROM {table} p
                       WHERE {earlier_key} AND p.source = :source
                         AND p.observed_at = o.observed_at)
WHERE s.place = 1
  AND NOT CASE WHEN s.lag_observed_at >= coalesce(o.observed_at, s.lag_observed_at)
               THEN {same_as_staged}
               ELSE o.observed_at IS NOT NULL AND {same_as_kept} END
ORDER BY {staged_key}, s.observed_at
"""


def _statement(
    tx: Writing, template: str, names: tuple[str, str], key: Sequence[str], values: Sequence[str]
) -> TextClause:
    numbers = [name for name in values if name not in ("final", "capped")]
    stage, table = names
    return text(
        template.format(
            table=table,
            stage=stage,
            no="0" if tx.sqlite else "false",
            key=", ".join(key),
            values=", ".join(values),
            numbers=", ".join(numbers),
            lags=", ".join(f"lag({name}) OVER w AS lag_{name}" for name in values),
            staged_key=", ".join(f"s.{name}" for name in key),
            staged_values=", ".join(f"s.{name}" for name in values),
            kept_key=" AND ".join(f"o.{name} = s.{name}" for name in key),
            earlier_key=" AND ".join(f"p.{name} = s.{name}" for name in key),
            same_as_staged=same(tx, [(f"s.{name}", f"s.lag_{name}") for name in values]),
            same_as_kept=same(tx, [(f"s.{name}", f"o.{name}") for name in values]),
        )
    )


def merge_posts(tx: Writing, source: Provenance, *, once: bool) -> int:
    """Write the numbers of the sightings `posts.merge` staged, and said whether each post is among
    them once; how many were news."""
    template = _ONCE if once else _REPEATED
    values = ("final", "capped", *NUMBERS)
    names = ("stage_sighting", "post_obs")
    statement = _statement(tx, template, names, ("key_id",), values)
    written = tx.conn.execute(statement, {"source": source.value, "stamp": tx.stamp})
    return written.rowcount


def merge_accounts(
    tx: Writing, said: Sequence[tuple[int, AccountObservation]], source: Provenance
) -> int:
    """Write what a source said of accounts by their id; how many were news."""
    if not said:
        return 0
    rows: list[tuple[Any, ...]] = [
        (key, each.basis, each.observed_at, each.final, *_NUMBERS_OF(each.numbers))
        for key, each in said
    ]
    fill(tx, SAID, rows)
    values = ("final", *ACCOUNT_NUMBERS)
    names = ("stage_said", "account_obs")
    statement = _statement(tx, _REPEATED, names, ("account_id", "basis"), values)
    written = tx.conn.execute(statement, {"source": source.value, "stamp": tx.stamp})
    return written.rowcount
