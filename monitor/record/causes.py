"""Why nothing could be told of accounts, from their passes, credentials and newest coverage."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

from monitor.domain import cause as causes
from monitor.domain.cause import Cause
from monitor.domain.collecting import ErrorClass, PassOutcome
from monitor.domain.numbers import Provenance
from monitor.record.facts_at import At, fetch
from monitor.record.store import Reading

NEWEST_PASS = """
SELECT p.account_id, p.outcome, p.error_class FROM ({accounts}) AS w
JOIN pass p ON p.id = (SELECT q.id FROM pass q
                       WHERE q.account_id = w.account_id AND q.ended_at <= :second
                       ORDER BY q.started_at DESC, q.id DESC LIMIT 1)
"""
NEWEST_SOURCE = """
SELECT c.account_id, r.source FROM ({accounts}) AS w
JOIN coverage c ON c.id = (SELECT k.id FROM coverage k
                           WHERE k.account_id = w.account_id AND k.recorded_at <= :known_at
                           ORDER BY k.b DESC, k.id DESC LIMIT 1)
JOIN route r ON r.id = c.route_id
"""
IDENTITIES = """
SELECT a.id, a.uid FROM ({accounts}) AS w JOIN account a ON a.id = w.account_id
"""
KEYED = text("SELECT account_id FROM credential WHERE account_id <> 0")
"""A key that serves all accounts (an application's) is nobody's authorisation."""

AGED = {
    Provenance.INTERFACE.value: causes.INTERFACE_AGED,
    Provenance.EXPORT.value: causes.EXPORT_AGED,
    Provenance.PATROL.value: causes.PATROL_AGED,
}


def of(tx: Reading, account_ids: Iterable[int], known_at: int) -> dict[int, Cause]:
    """The cause for each account, as known at `known_at` (us): its newest pass that was not whole,
    else what its newest coverage was and no longer is, else that it has no source."""
    asked = tuple(account_ids)
    accounts, ids = At(0, known_at, asked).accounts(tx)

    def rows(statement: str, **instant: int) -> Iterable[Any]:
        return fetch(tx, statement.format(accounts=accounts), {**ids, **instant})

    failed = {
        key: ErrorClass(error)
        for key, outcome, error in rows(NEWEST_PASS, second=known_at // 1_000_000)
        if outcome != PassOutcome.COMPLETE and error is not None
    }
    sources = dict(rows(NEWEST_SOURCE, known_at=known_at))
    keyed = set(tx.conn.execute(KEYED).scalars())
    named = {key: uid is not None for key, uid in rows(IDENTITIES)}
    found: dict[int, Cause] = {}
    for account_id in asked:
        if account_id in failed:
            found[account_id] = causes.BY_ERROR[failed[account_id]]
        elif account_id in sources:
            found[account_id] = AGED.get(sources[account_id], causes.GAP)
        elif not named[account_id]:
            found[account_id] = causes.ID_MISSING
        elif account_id in keyed:
            found[account_id] = causes.NOT_YET
        else:
            found[account_id] = causes.NO_SOURCE
    return found
