"""Twins: one post under the ids of two sources, found by its address, or by its title and time.

An interface names a post by its message id, an export by its address, a patrol by neither. Were
they two posts, the second to come would look like one that a complete pass had missed, and would
revoke honest coverage.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, text

from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import Provenance
from monitor.record.store import Writing

_KNOWN: Final = text(f"""
SELECT p.account_id, p.key_id, p.published_from, p.published_until, k.title, k.url
FROM (SELECT account_id, min(published_from) AS low, max(published_until) AS high
      FROM stage_sighting WHERE key_id IS NULL GROUP BY account_id) AS w
JOIN post p ON p.account_id = w.account_id
  AND p.published_from >= w.low - {DAY} AND p.published_from <= w.high
JOIN post_key k ON k.id = p.key_id
WHERE p.superseded_at = {OPEN} AND p.source <> :source
  AND NOT EXISTS (SELECT 1 FROM stage_sighting t WHERE t.key_id = p.key_id)
ORDER BY p.key_id
""")

_UNKNOWN: Final = text("""
SELECT account_id, native_id, max(published_from) AS published_from,
       min(published_until) AS published_until, max(title) AS title, max(url) AS url
FROM stage_sighting WHERE key_id IS NULL GROUP BY account_id, native_id
ORDER BY account_id, native_id
""")

_ADOPT: Final = text("""
INSERT INTO post_alias (account_id, native_id, key_id) VALUES (:account_id, :native_id, :key_id)
""")

_USE: Final = text("""
UPDATE stage_sighting SET key_id = :key_id
WHERE account_id = :account_id AND native_id = :native_id AND key_id IS NULL
""")


def find(tx: Writing, source: Provenance) -> int:
    """Give staged sightings the posts other sources know them as, one each; how many were found."""
    known = tx.conn.execute(_KNOWN, {"source": source.value}).all()
    if not known:
        return 0
    shelf = _Shelf(known)
    found: list[dict[str, Any]] = []
    for sighting in tx.conn.execute(_UNKNOWN).all():
        key = shelf.take(sighting)
        if key is not None:
            found.append(
                {
                    "account_id": sighting.account_id,
                    "native_id": sighting.native_id,
                    "key_id": key,
                }
            )
    if found:
        tx.conn.execute(_ADOPT, found)
        tx.conn.execute(_USE, found)
    return len(found)


@dataclass
class _Shelf:
    """Posts other sources know, by what a twin would share with them; each is taken once."""

    by_mark: dict[tuple[int, str, str], list[Row[Any]]]
    taken: set[int]

    def __init__(self, known: Iterable[Row[Any]]) -> None:
        self.by_mark = {}
        self.taken = set()
        for post in known:
            for mark in _marks(post):
                self.by_mark.setdefault(mark, []).append(post)

    def take(self, sighting: Row[Any]) -> int | None:
        """The post a sighting is, by its address first; None where no other source knows it."""
        for mark in _marks(sighting):
            for post in self.by_mark.get(mark, ()):
                if post.key_id not in self.taken and _may_be(post, sighting):
                    self.taken.add(post.key_id)
                    return int(post.key_id)
        return None


def _marks(post: Row[Any]) -> list[tuple[int, str, str]]:
    said = (("url", post.url), ("title", post.title))
    return [(post.account_id, name, value) for name, value in said if value]


def _may_be(post: Row[Any], sighting: Row[Any]) -> bool:
    return bool(
        post.published_from <= sighting.published_until
        and sighting.published_from <= post.published_until
    )
