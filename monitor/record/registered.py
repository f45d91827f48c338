"""Accounts as the registry knew them at two instants, with what lists show beside them."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import RowMapping, Table, bindparam, select, text

from monitor.access.scopes import covers
from monitor.domain.account import Account, Kind, State
from monitor.domain.instants import BEGINNING, DAY, shanghai_day
from monitor.domain.judged import Registered
from monitor.domain.scope import Scope
from monitor.record import officers, runlog
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA
from monitor.record.units import unit_of

ACCOUNT = METADATA.tables["account"]
ACCOUNT_REV = METADATA.tables["account_rev"]
UNIT = METADATA.tables["unit"]
MICRO: Final = 1_000_000
UNIT_REV = METADATA.tables["unit_rev"]

_NEWEST: Final = text("""
SELECT newest.account_id, k.title, k.url
FROM (SELECT a.id AS account_id,
             (SELECT p.key_id FROM post p
              WHERE p.account_id = a.id AND p.published_from < :as_of
                AND p.recorded_at <= :known_at AND p.superseded_at > :known_at
              ORDER BY p.published_from DESC, p.published_until DESC LIMIT 1) AS key_id
      FROM account a) AS newest
JOIN post_key k ON k.id = newest.key_id
""")

_RECENT: Final = text("""
SELECT p.account_id, count(*) AS posts
FROM account a
JOIN post p ON p.account_id = a.id AND p.published_from >= :since AND p.published_from < :as_of
WHERE p.published_until < :as_of
  AND p.recorded_at <= :known_at AND p.superseded_at > :known_at
GROUP BY p.account_id
""")

_SOURCES: Final = text("""
SELECT account_id, source FROM (
  SELECT c.account_id, r.source,
         row_number() OVER (PARTITION BY c.account_id
                            ORDER BY c.grade DESC, c.b DESC, c.id DESC) AS place
  FROM account a
  JOIN coverage c ON c.account_id = a.id AND c.b > :since
  JOIN route r ON r.id = c.route_id
  WHERE c.a < :as_of AND c.recorded_at <= :known_at
    AND NOT EXISTS (SELECT 1 FROM coverage_revocation v
                    WHERE v.coverage_id = c.id AND v.recorded_at <= :known_at)
) AS ranked WHERE place = 1
""")


def registered(
    tx: Reading,
    scope: Scope,
    as_of: int,
    known_at: int,
    ids: Collection[int] | None = None,
) -> list[Registered]:
    """The accounts of a scope (of those, `ids`) as they stood at `as_of` (seconds), as known at
    `known_at` (microseconds): with the newest post, the posts surely of the last 30 days, and the
    source of the best coverage of those days. Officers' accounts without valid papers are none."""
    codes = {row.id: row.code for row in tx.conn.execute(select(UNIT.c.id, UNIT.c.code))}
    units = {
        key: unit_of(row, codes) for key, row in _in_force(tx, UNIT_REV, as_of, known_at).items()
    }
    at = {"as_of": as_of, "known_at": known_at, "since": as_of - 30 * DAY}
    newest = {row.account_id: row for row in tx.conn.execute(_NEWEST, _only(at, "as_of"))}
    recent = {row.account_id: row.posts for row in tx.conn.execute(_RECENT, at)}
    sources = {row.account_id: row.source for row in tx.conn.execute(_SOURCES, at)}
    revisions = _in_force(tx, ACCOUNT_REV, as_of, known_at)
    hidden = _hidden(tx, revisions, as_of)
    found = []
    for row in tx.conn.execute(select(ACCOUNT).order_by(ACCOUNT.c.id)).mappings():
        key = row["id"]
        revision = revisions.get(key)
        if revision is None or key in hidden or (ids is not None and key not in ids):
            continue
        unit = units[revision["unit_id"]]
        if covers(scope, unit.path, unit.line) or revision["line"] in scope.lines:
            post = newest.get(key)
            found.append(
                Registered(
                    account=account_of(row, revision, codes),
                    unit=unit,
                    last_title=post.title if post else "",
                    last_url=post.url if post else "",
                    source=sources.get(key, ""),
                    posts_30d=recent.get(key, 0),
                )
            )
    return found


def _hidden(tx: Reading, revisions: Mapping[int, RowMapping], as_of: int) -> frozenset[int]:
    """Officers' accounts without valid papers today: they are gone from past results as well."""
    today = runlog.last_stamp(tx) // MICRO
    shown = officers.valid(tx, max(as_of, today))
    own = {key for key, each in revisions.items() if each["kind"] == Kind.PERSONAL.value}
    return frozenset(own - shown)


def _only(at: Mapping[str, int], *names: str) -> dict[str, int]:
    return {name: at[name] for name in (*names, "known_at")}


def _in_force(tx: Reading, table: Table, as_of: int, known_at: int) -> dict[int, RowMapping]:
    """By key, the revision believed at `known_at` that holds at `as_of`: of those that have begun
    the one that began last, else the first to begin."""
    key = next(iter(table.primary_key.columns)).name
    believed = (
        select(table)
        .where(table.c.recorded_at <= bindparam("k"), table.c.superseded_at > bindparam("k"))
        .order_by(table.c.valid_from)
    )
    found: dict[int, RowMapping] = {}
    for row in tx.conn.execute(believed, {"k": known_at}).mappings():
        if row["valid_from"] <= as_of or row[key] not in found:
            found[row[key]] = row
    return found


def account_of(
    row: RowMapping | Mapping[str, Any],
    revision: RowMapping | Mapping[str, Any],
    codes: Mapping[int, str],
) -> Account:
    """The account a row and one of its revisions state."""
    since = revision["valid_from"]
    return Account(
        platform=row["platform"],
        name=revision["name"],
        unit_code=codes[revision["unit_id"]],
        uid=row["uid"],
        kind=Kind(revision["kind"]),
        state=State(revision["state"]),
        line=revision["line"],
        main=revision["main"],
        key=revision["key"],
        opened_from=revision["opened_from"],
        opened_until=revision["opened_until"],
        valid_from=None if since == BEGINNING else shanghai_day(since),
        details=revision["details"],
        id=row["id"],
        unit_id=revision["unit_id"],
    )
