"""Why nothing could be told of accounts, from their passes, credentials and newest coverage."""

from collections.abc import Iterable

from sqlalchemy import text

from monitor.domain import cause as causes
from monitor.domain.cause import Cause
from monitor.domain.collecting import ErrorClass, PassOutcome
from monitor.domain.numbers import Provenance
from monitor.record.store import Reading

NEWEST_PASS = text(
    "SELECT account_id, outcome, error_class FROM ("
    " SELECT account_id, outcome, error_class, row_number() OVER"
    " (PARTITION BY account_id ORDER BY ended_at DESC, id DESC) AS place"
    " FROM pass WHERE ended_at <= :second) AS ranked WHERE place = 1"
)
NEWEST_SOURCE = text(
    "SELECT account_id, source FROM ("
    " SELECT coverage.account_id, route.source, row_number() OVER"
    " (PARTITION BY coverage.account_id ORDER BY coverage.b DESC, coverage.id DESC) AS place"
    " FROM coverage JOIN route ON route.id = coverage.route_id"
    " WHERE coverage.recorded_at <= :known_at) AS ranked WHERE place = 1"
)
KEYED = text("SELECT platform, account_id FROM credential")
IDENTITIES = text("SELECT id, platform, uid FROM account")

AGED = {
    Provenance.INTERFACE.value: causes.INTERFACE_AGED,
    Provenance.EXPORT.value: causes.EXPORT_AGED,
    Provenance.PATROL.value: causes.PATROL_AGED,
}


def of(tx: Reading, account_ids: Iterable[int], known_at: int) -> dict[int, Cause]:
    """The cause for each account, as known at `known_at` (us): its newest pass that was not whole,
    else what its newest coverage was and no longer is, else that it has no source."""
    second = known_at // 1_000_000
    failed = {
        row.account_id: ErrorClass(row.error_class)
        for row in tx.conn.execute(NEWEST_PASS, {"second": second})
        if row.outcome != PassOutcome.COMPLETE and row.error_class is not None
    }
    sources = {
        row.account_id: row.source for row in tx.conn.execute(NEWEST_SOURCE, {"known_at": known_at})
    }
    keyed = {(row.platform, row.account_id) for row in tx.conn.execute(KEYED)}
    known = {row.id: (row.platform, row.uid) for row in tx.conn.execute(IDENTITIES)}
    found: dict[int, Cause] = {}
    for account_id in account_ids:
        platform, uid = known[account_id]
        if account_id in failed:
            found[account_id] = causes.BY_ERROR[failed[account_id]]
        elif account_id in sources:
            found[account_id] = AGED.get(sources[account_id], causes.GAP)
        elif uid is None:
            found[account_id] = causes.ID_MISSING
        elif (platform, account_id) in keyed or (platform, 0) in keyed:
            found[account_id] = causes.NOT_YET
        else:
            found[account_id] = causes.NO_SOURCE
    return found
