"""The purse of a sweep: leases calls from the store, one short transaction each."""

from math import ceil

from monitor.domain.allowance import Bucket, Lease
from monitor.record import allowances
from monitor.record.store import Store


class StorePurse:
    """Implements monitor.collect.throttle.Purse; safe to call from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lease(self, bucket: Bucket) -> Lease:
        """A few of the calls that are left."""
        with self._store.writing() as tx:
            return allowances.lease(tx, bucket)

    def give_back(self, bucket: Bucket, lease: Lease, calls: int) -> None:
        """Calls that were not made after all."""
        with self._store.writing() as tx:
            allowances.give_back(tx, bucket, lease.slot, calls)

    def hold(self, bucket: Bucket, seconds: float) -> None:
        """All processes stay away for so long."""
        with self._store.writing() as tx:
            allowances.pause(tx, bucket, ceil(seconds))
