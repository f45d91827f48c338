"""Who was told of silences that grow, for letters: by the roles these people hold now."""

from monitor.domain.instants import DAY
from monitor.domain.person import Role
from monitor.domain.week import Reminded
from monitor.record import people, silences
from monitor.record.store import Reading

LOOK_BACK = 60 * DAY
"""Older silences are past every limit: nothing of them is about to run out."""


def gather(tx: Reading, now: int) -> tuple[Reminded, ...]:
    """Everybody told of a silence that began not long ago, once for an account and a silence."""
    told = silences.reminders(tx, now - LOOK_BACK)
    if not told:
        return ()
    held = {each.id: each.roles for each in people.everyone(tx, now)}
    found: dict[tuple[int, int], set[Role]] = {}
    for account_id, since, persons in told:
        roles = found.setdefault((account_id, since), set())
        roles.update(*(held.get(each, ()) for each in persons))
    return tuple(Reminded(*key, frozenset(roles)) for key, roles in found.items())
