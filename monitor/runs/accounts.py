"""列: the registry as a ledger people can open, change and import again."""

from collections.abc import Iterator

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import to_micro, to_second
from monitor.domain.judged import Registered
from monitor.domain.scope import EVERYTHING
from monitor.record import runlog
from monitor.record.registered import registered
from monitor.runs.parts import Parts


def _all(parts: Parts) -> list[Registered]:
    now = parts.now()
    with parts.store.reading() as tx:
        known_at = runlog.known_now(tx, to_micro(now))
        return registered(tx, EVERYTHING, to_second(now), known_at)


def lines(parts: Parts) -> Iterator[str]:
    """One line per account: platform, id, name, state, unit."""
    for each in _all(parts):
        account = each.account
        uid = account.uid or "ID待补"
        platform = PLATFORMS[account.platform]
        yield f"{platform}\t{uid}\t{account.name}\t{account.state.value}\t{each.unit.name}"
