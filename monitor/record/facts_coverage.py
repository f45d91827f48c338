"""The coverage part of facts: live rows that can matter, capped by their routes' ceilings.

Two statements: one reads the last 32 days of every account, the other goes further back for those
whose newest post is older, or who have none.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import text

from monitor.domain.facts import CoverageRow
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.numbers import Provenance
from monitor.record import routes
from monitor.record.facts_at import At, fetch, pairs
from monitor.record.store import Reading

ALWAYS: Final = 32 * DAY
"""Coverage of so many days before `as_of` is always told, for the screens' completeness."""

_LIVE: Final = """
  AND c.a < :as_of AND c.recorded_at <= :known_at
  AND NOT EXISTS (SELECT 1 FROM coverage_revocation v
                  WHERE v.coverage_id = c.id AND v.recorded_at <= :known_at)
ORDER BY c.account_id, c.b, c.a, c.looked_at, c.id
"""
_COLUMNS: Final = "c.account_id, c.a, c.b, c.grade, c.fresh_s, c.looked_at, c.route_id"

_RECENT: Final = f"""
SELECT {_COLUMNS} FROM ({{accounts}}) AS w
JOIN coverage c ON c.account_id = w.account_id AND c.b >= :since {_LIVE}
"""
_OLDER: Final = f"""
SELECT {_COLUMNS} FROM ({{accounts}}) AS w
JOIN coverage c ON c.account_id = w.account_id AND c.b > w.low AND c.b < :since {_LIVE}
"""


def measure(
    tx: Reading, at: At, newest: Mapping[int, int | None]
) -> dict[int, tuple[CoverageRow, ...]]:
    """Live rows by account, in order of their ends; `newest` says each account's newest post."""
    since = at.as_of - ALWAYS
    accounts, ids = at.accounts(tx)
    values = {**at.values, "since": since}
    recent = fetch(tx, _RECENT.format(accounts=accounts), {**values, **ids})
    quiet = {
        key: BEGINNING if second is None else second
        for key, second in newest.items()
        if second is None or second < since - 1
    }
    found: dict[int, list[CoverageRow]] = {}
    told = _teller(tx, at)
    if quiet:
        lows, pairs_of = pairs(tx, quiet)
        _gather(found, fetch(tx, _OLDER.format(accounts=lows), {**values, **pairs_of}), told)
    _gather(found, recent, told)
    return {key: tuple(rows) for key, rows in found.items()}


class _Told:
    """What is the same for all rows of a route: its ceiling at `known_at`, source and confirm."""

    def __init__(self, ceiling: int | None, confirm: int, source: str) -> None:
        self.ceiling = ceiling
        self.confirm = confirm
        self.source = Provenance(source)


def _teller(tx: Reading, at: At) -> dict[int, _Told]:
    ceilings = routes.ceilings(tx, at.known_at)
    rows = tx.conn.execute(text("SELECT id, confirm_s, source FROM route"))
    return {row.id: _Told(ceilings.get(row.id), row.confirm_s, row.source) for row in rows}


def _gather(
    found: dict[int, list[CoverageRow]], rows: Iterable[Any], told: Mapping[int, _Told]
) -> None:
    for key, a, b, grade, fresh, looked_at, route_id in rows:
        route = told[route_id]
        capped = grade if route.ceiling is None else min(grade, route.ceiling)
        row = CoverageRow(a, b, capped, fresh, looked_at, route.confirm, route.source)
        if key in found:
            found[key].append(row)
        else:
            found[key] = [row]
