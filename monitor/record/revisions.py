"""Revisions of the registry: what was so (valid) and since when it is known (recorded), apart.

A row is never changed but for `superseded_at`. Rows with `superseded_at` OPEN are what is believed
today; those of one key follow one another in valid time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table, bindparam, delete, insert, select, update

from monitor.domain.instants import BEGINNING, OPEN
from monitor.record.store import Reading, Writing

FETCHED_BY_KEY = 500
"""Up to so many keys are asked for by name; beyond that the whole table is read once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a key is to be from `since` on (seconds; None: for the whole stretch last known)."""

    values: Mapping[str, Any]
    since: int | None = None
    until: int = OPEN


def believed(tx: Reading, table: Table, ids: Sequence[int] | None = None) -> dict[int, list[Any]]:
    """The rows believed today by key, each key's in order of valid time."""
    key = _key(table)
    query = select(table).where(table.c.superseded_at == OPEN).order_by(key, table.c.valid_from)
    if ids is not None and len(ids) <= FETCHED_BY_KEY:
        query = query.where(key.in_(ids))
    found: dict[int, list[RowMapping]] = {}
    for row in tx.conn.execute(query).mappings():
        found.setdefault(row[key.name], []).append(row)
    return found


def _key(table: Table) -> ColumnElement[int]:
    return next(iter(table.primary_key.columns))


def revise(tx: Writing, table: Table, wanted: Mapping[int, Wanted]) -> set[int]:
    """Write a revision for every key that is to be something else; the keys that changed."""
    known = believed(tx, table, list(wanted))
    changed: set[int] = set()
    old: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for key, want in wanted.items():
        rows = known.get(key, [])
        if rows and _same(rows[-1], want):
            continue
        changed.add(key)
        replaced, added = _replace(rows, want)
        old += [{"k": key, "r": row["recorded_at"], "v": row["valid_from"]} for row in replaced]
        fresh += [{**row, _key(table).name: key, "recorded_at": tx.stamp} for row in added]
    _write(tx, table, old, fresh)
    return changed


def _same(row: RowMapping, want: Wanted) -> bool:
    if want.since is not None and want.since < row["valid_from"]:
        return False
    alike = all(row[name] == value for name, value in want.values.items())
    return alike and row["valid_until"] == want.until


def _replace(
    rows: Sequence[RowMapping], want: Wanted
) -> tuple[list[RowMapping], list[dict[str, Any]]]:
    """Rows no longer believed, and what is believed instead: the rest of them, and the new one."""
    start = want.since
    if start is None:
        start = rows[-1]["valid_from"] if rows else BEGINNING
    replaced = [row for row in rows if row["valid_until"] > start]
    added: list[dict[str, Any]] = [
        {**row, "valid_until": start} for row in replaced if row["valid_from"] < start
    ]
    added.append({**want.values, "valid_from": start, "valid_until": want.until})
    return replaced, [{**row, "superseded_at": OPEN} for row in added]


def _write(
    tx: Writing, table: Table, old: list[dict[str, Any]], fresh: list[dict[str, Any]]
) -> None:
    """Supersede and insert; a row of this very transaction was never seen and just goes."""
    mine = [each for each in old if each["r"] == tx.stamp]
    row = (
        _key(table) == bindparam("k"),
        table.c.recorded_at == bindparam("r"),
        table.c.valid_from == bindparam("v"),
    )
    if mine:
        tx.conn.execute(delete(table).where(*row), mine)
    seen = [each for each in old if each["r"] != tx.stamp]
    if seen:
        tx.conn.execute(update(table).where(*row).values(superseded_at=tx.stamp), seen)
    if fresh:
        tx.conn.execute(insert(table), fresh)
