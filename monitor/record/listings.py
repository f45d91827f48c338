"""Lists that leave the house: posts with their newest numbers, and how collecting went."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Final

from sqlalchemy import text

from monitor.domain.collecting import PassOutcome
from monitor.domain.judged import Registered
from monitor.domain.listed import ListedPost
from monitor.domain.numbers import PostNumbers
from monitor.domain.week import Collected
from monitor.record.store import Reading

NUMBERS: Final = tuple(each.name for each in fields(PostNumbers))

POSTS: Final = text(
    "SELECT post.account_id, post_key.native_id, post_key.url, post_key.title, post_key.form,"
    " post.published_from, post.published_until, post_obs.observed_at, post_obs.source, "
    + ", ".join(f"post_obs.{name}" for name in NUMBERS)
    + " FROM post JOIN post_key ON post_key.id = post.key_id"
    " LEFT JOIN post_obs ON post_obs.key_id = post.key_id AND post_obs.recorded_at <= :known_at"
    " AND post_obs.observed_at = (SELECT max(later.observed_at) FROM post_obs AS later"
    "  WHERE later.key_id = post.key_id AND later.recorded_at <= :known_at"
    "  AND later.observed_at < :as_of)"
    " WHERE post.recorded_at <= :known_at AND post.superseded_at > :known_at"
    " AND post.published_from < :as_of"
    " ORDER BY post.account_id, post.published_from DESC, post.key_id, post_obs.source,"
    " post_obs.recorded_at DESC"
)

PASSES: Final = text(
    "SELECT account.platform, pass.outcome, pass.error_class, count(*) AS passes, pass.account_id"
    " FROM pass JOIN account ON account.id = pass.account_id"
    " WHERE pass.ended_at >= :since AND pass.ended_at < :until"
    " GROUP BY account.platform, pass.outcome, pass.error_class, pass.account_id"
)


def posts(
    tx: Reading, accounts: Collection[Registered], as_of: int, known_at: int
) -> Iterator[ListedPost]:
    """The posts of these accounts published before `as_of`, as known at `known_at` (us)."""
    listed = {each.account.id: each.account for each in accounts}
    seen: set[tuple[int, str]] = set()
    for row in tx.conn.execute(POSTS, {"as_of": as_of, "known_at": known_at}):
        account = listed.get(row.account_id)
        key = (row.account_id, row.native_id)
        if account is None or key in seen:
            continue
        seen.add(key)
        yield ListedPost(
            platform=account.platform,
            account_name=account.name,
            uid=account.uid,
            native_id=row.native_id,
            url=row.url,
            title=row.title,
            form=row.form,
            published_from=row.published_from,
            published_until=row.published_until,
            observed_at=row.observed_at,
            source=row.source or "",
            numbers=PostNumbers(*(getattr(row, name) for name in NUMBERS)),
        )


def collected(
    tx: Reading, since: int, until: int, account_ids: Collection[int]
) -> tuple[Collected, ...]:
    """How the passes over these accounts ended in [since, until), by platform."""
    whole: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    causes: dict[str, Counter[str]] = {}
    for row in tx.conn.execute(PASSES, {"since": since, "until": until}):
        if row.account_id not in account_ids:
            continue
        if row.outcome == PassOutcome.COMPLETE:
            whole[row.platform] += row.passes
        else:
            broken[row.platform] += row.passes
            cause = row.error_class or row.outcome
            causes.setdefault(row.platform, Counter())[cause] += row.passes
    return tuple(
        Collected(
            platform=platform,
            complete=whole[platform],
            failed=broken[platform],
            causes=tuple(causes.get(platform, Counter()).most_common()),
        )
        for platform in sorted(whole | broken)
    )
