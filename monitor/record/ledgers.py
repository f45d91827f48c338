"""A ledger enters the registry: what it adds and changes, and what it attests of functions."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.domain.account import Account
from monitor.domain.loading import LedgerDiff
from monitor.domain.numbers import Provenance
from monitor.domain.service import SeenService
from monitor.record import accounts, services
from monitor.record.store import Writing

Attest = Callable[[Account, int], Sequence[SeenService]]


def enter(tx: Writing, diff: LedgerDiff, attest: Attest) -> list[int]:
    """Write what a ledger adds and changes; nothing is removed. The ids of these accounts."""
    entered = [*diff.added, *(account for account, _ in diff.changed)]
    ids = accounts.save(tx, entered)
    for account_id, account in zip(ids, entered, strict=True):
        attested = attest(replace(account, id=account_id), tx.second)
        services.merge(tx, account_id, attested, Provenance.MANUAL)
    return ids
