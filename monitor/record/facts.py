"""Facts of all accounts at (as_of, known_at): a few set-based statements in one read transaction.

Each statement seeks per account along its own index, because one statement over everything is
planned badly by both stores; what they find is put together here by account.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from monitor.domain.facts import Facts
from monitor.record import facts_coverage, facts_posts, facts_registry
from monitor.record.facts_at import At
from monitor.record.facts_posts import Posts
from monitor.record.store import Reading


def measure(
    tx: Reading, as_of: int, known_at: int, account_ids: Sequence[int] | None = None
) -> list[Facts]:
    """Facts of every account registered by `known_at` (microseconds), or of those in `account_ids`,
    at `as_of` (seconds), in order of their ids."""
    at = At(as_of, known_at, None if account_ids is None else tuple(sorted(set(account_ids))))
    registry = facts_registry.measure(tx, at)
    posts = facts_posts.measure(tx, at)
    posts |= _without(tx, at, registry.keys() - posts.keys())
    coverage = facts_coverage.measure(tx, at, {key: one.newest_from for key, one in posts.items()})
    excuses = facts_registry.excuses(tx, at)
    services = facts_registry.services(tx, at)
    found = []
    for key, entry in registry.items():
        known = posts[key]
        since = known.newest_from
        found.append(
            Facts(
                account_id=key,
                as_of=as_of,
                known_at=known_at,
                registered_at=entry.registered_at,
                standings=entry.standings,
                newest_from=since,
                newest_until=known.newest_until,
                last_second=known.last_second,
                any_post=known.any_post,
                opened_from=entry.opened_from,
                opened_until=entry.opened_until,
                posts_30d_min=known.posts_30d_min,
                posts_30d_max=known.posts_30d_max,
                coverage=coverage.get(key, ()),
                excuses=tuple(e for e in excuses.get(key, ()) if since is None or e.b > since),
                services=services.get(key, ()),
                peers=entry.peers,
            )
        )
    return found


def _without(tx: Reading, at: At, keys: Collection[int]) -> dict[int, Posts]:
    """What is to be said of accounts without a post before `as_of`."""
    if not keys:
        return {}
    later = facts_posts.later(tx, replace(at, ids=tuple(keys)))
    return {key: Posts(any_post=key in later) for key in keys}
