"""Whom an assessment measures: the official accounts of the units of its levels, as SQL.

An officer's own account is in no frame. The owner is who the registry names at the last second of
the span, as known at `known_at`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from monitor.domain.account import Kind, State
from monitor.domain.assessed import Fact, Listed
from monitor.domain.instants import BEGINNING
from monitor.domain.measuring import WEEK, Span
from monitor.domain.scheme import Cause
from monitor.domain.unit import UNPLACED_CODE, Level
from monitor.record.facts_at import fetch
from monitor.record.store import Reading

ENOUGH: Final = 0.8
"""The share that must be seen of what is counted; under it the data are missing."""
LEAST_GRADE: Final = 2
"""本厅设定: coverage that may hold silence against a unit, as under 上级口径."""
_STATES: Final = (State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED)
IN_USE: Final = ", ".join(f"'{each.value}'" for each in _STATES)
_UNITS: Final = """
SELECT v.unit_id FROM unit_rev v WHERE v.recorded_at <= :known_at AND v.superseded_at > :known_at
  AND v.valid_from <= :last AND v.valid_until > :last
  AND CAST(:levels AS TEXT) LIKE '%|' || v.level || '|%'
"""
FRAME: Final = f"""frame AS MATERIALIZED (
  SELECT r.account_id, r.unit_id, u.code AS unit, a.platform, r.main, r.state,
    CASE WHEN r.opened_until IS NULL THEN {BEGINNING} ELSE r.opened_until END AS opened
  FROM account_rev r JOIN account a ON a.id = r.account_id JOIN unit u ON u.id = r.unit_id
  WHERE r.recorded_at <= :known_at AND r.superseded_at > :known_at
    AND r.valid_from <= :last AND r.valid_until > :last
    AND r.kind = '{Kind.OFFICIAL.value}' AND r.state IN ({IN_USE})
    AND r.unit_id IN ({_UNITS}))"""
"""A table expression `frame`: account_id, unit_id, unit (code), platform, main, state, opened."""
_ACCOUNTS: Final = f"""
WITH {FRAME} SELECT account_id, unit, platform, main, state FROM frame ORDER BY account_id
"""
_ROSTER: Final = f"""
SELECT u.code, v.unit_id, v.name, v.path, v.level, coalesce(w.code, '')
FROM unit_rev v JOIN unit u ON u.id = v.unit_id LEFT JOIN unit w ON w.id = v.parent_id
WHERE v.recorded_at <= :known_at AND v.superseded_at > :known_at
  AND v.valid_from <= :last AND v.valid_until > :last AND u.code <> '{UNPLACED_CODE}'
  AND CAST(:levels AS TEXT) LIKE '%|' || v.level || '|%'
ORDER BY u.code
"""


class Framed(NamedTuple):
    """One account of the frame; `unit` is its owner's code."""

    id: int
    unit: str
    platform: str
    main: bool
    state: str


def values(span: Span) -> dict[str, Any]:
    """The parameters every statement over the frame takes."""
    levels = span.levels or {each.value for each in Level}
    return {
        "known_at": span.known_at,
        "last": span.end - 1,
        "levels": "|" + "|".join(sorted(levels)) + "|",
    }


def over(span: Span) -> dict[str, Any]:
    """The same with the span's own bounds and weeks."""
    return {
        **values(span),
        "since": span.since,
        "end": span.end,
        "as_of": span.as_of,
        "monday": span.monday,
        "weeks": span.weeks,
        "week": WEEK,
        "least": LEAST_GRADE,
    }


def accounts(tx: Reading, span: Span) -> Mapping[int, Framed]:
    """The accounts of the frame by id."""
    rows = fetch(tx, _ACCOUNTS, values(span))
    return {row[0]: Framed(row[0], row[1], row[2], bool(row[3]), row[4]) for row in rows}


def roster(tx: Reading, span: Span) -> list[Listed]:
    """The units of the levels by code, as they were at the last second of the span."""
    return [Listed(*row) for row in fetch(tx, _ROSTER, values(span))]


def fact(account: Framed, measure: str, **said: Any) -> Fact:
    """A fact of one account."""
    return Fact(account.unit, measure, str(account.id), account.platform, **said)


def lacking(account: Framed, measure: str, note: str, **evidenced: Any) -> Fact:
    """What could not be seen of one account, with what is evidenced all the same. Whose fault that
    is follows from what its unit was asked for."""
    return fact(account, measure, cause=Cause.SYSTEM.value, note=note, **evidenced)


def rate(numerator: float, denominator: float) -> float | None:
    """A share; None of nothing."""
    return numerator / denominator if denominator else None


def by_account(rows: Sequence[Any]) -> Mapping[int, Any]:
    """Rows by their first column."""
    return {row[0]: row for row in rows}
