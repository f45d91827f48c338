"""Facts of all accounts at (as_of, known_at): a few set-based statements in one read transaction.

Each statement seeks per account along its own index, because one statement over everything is
planned badly by both stores; what they find is put together here by account.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from monitor.domain.facts import Excuse, Facts
from monitor.record import (
    facts_coverage,
    facts_doubt,
    facts_posts,
    facts_presence,
    facts_registry,
    facts_replies,
)
from monitor.record.facts_at import At
from monitor.record.facts_posts import NO_POSTS
from monitor.record.resting import collector_resting
from monitor.record.store import Reading

NOTHING: Final[frozenset[str]] = frozenset()


def measure(
    tx: Reading,
    as_of: int,
    known_at: int,
    account_ids: Sequence[int] | None = None,
    windows: Sequence[int] = (),
) -> list[Facts]:
    """Facts of every account registered by `known_at` (microseconds), or of those in `account_ids`,
    at `as_of` (seconds), in order of their ids. `windows` are the days over which a rulebook asks
    how comments were answered; where none does, that is not measured."""
    at = At(as_of, known_at, None if account_ids is None else tuple(sorted(set(account_ids))))
    with collector_resting():
        return _measure(tx, at, windows)


def _measure(tx: Reading, at: At, windows: Sequence[int]) -> list[Facts]:
    registry = facts_registry.measure(tx, at)
    posts = facts_posts.measure(tx, at)
    without = registry.keys() - posts.keys()
    later = facts_posts.later(tx, replace(at, ids=tuple(without))) if without else set()
    newest = {key: posts.get(key, NO_POSTS).newest_from for key in registry}
    coverage = facts_coverage.measure(tx, at, newest)
    excuses = facts_registry.excuses(tx, at)
    services = facts_registry.services(tx, at)
    replies = facts_replies.measure(tx, at, windows)
    presence = facts_presence.measure(tx, at)
    doubts = facts_doubt.measure(tx, at)
    return [
        Facts(
            account_id=key,
            as_of=at.as_of,
            known_at=at.known_at,
            registered_at=entry.registered_at,
            standings=entry.standings,
            newest_from=known.newest_from,
            newest_until=known.newest_until,
            last_second=known.last_second,
            any_post=known is not NO_POSTS or key in later,
            opened_from=entry.opened_from,
            opened_until=entry.opened_until,
            posts_30d_min=known.posts_30d_min,
            posts_30d_max=known.posts_30d_max,
            coverage=coverage.get(key, ()),
            excuses=_since(excuses.get(key, ()), known.newest_from),
            services=services.get(key, ()),
            peers=entry.peers,
            replies=replies.get(key, ()),
            presence=presence.get(key),
            doubted=doubts.get(entry.standings[-1].platform, NOTHING) if doubts else NOTHING,
        )
        for key, entry in registry.items()
        for known in (posts.get(key, NO_POSTS),)
    ]


def _since(excuses: tuple[Excuse, ...], second: int | None) -> tuple[Excuse, ...]:
    """Those that end after the newest known post; all where none is known."""
    if not excuses or second is None:
        return excuses
    return tuple(each for each in excuses if each.b > second)
