"""Posts: sightings become versions; a narrower time or a deletion is a new version."""

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import text

from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import PostNumbers, Provenance
from monitor.domain.post import SeenPost
from monitor.record.staging import Stage, fill
from monitor.record.store import Writing

NUMBERS: Final = tuple(each.name for each in fields(PostNumbers))
_NUMBERS_OF: Final = attrgetter(*NUMBERS)

SIGHTINGS: Final = Stage(
    "stage_sighting",
    (
        ("account_id", "BIGINT"),
        ("native_id", "TEXT"),
        ("published_from", "BIGINT"),
        ("published_until", "BIGINT"),
        ("observed_at", "BIGINT"),
        ("title", "TEXT"),
        ("url", "TEXT"),
        ("form", "TEXT"),
        ("deleted", "BOOLEAN"),
        ("final", "BOOLEAN"),
        ("capped", "TEXT"),
        *((name, "BIGINT") for name in NUMBERS),
        ("key_id", "BIGINT"),
    ),
    given=11 + len(NUMBERS),
)
"""What sources showed; `key_id` is found once they are in."""

VERSIONS: Final = Stage(
    "stage_version",
    (
        ("key_id", "BIGINT"),
        ("account_id", "BIGINT"),
        ("published_from", "BIGINT"),
        ("published_until", "BIGINT"),
        ("deleted_seen_at", "BIGINT"),
        ("old_id", "BIGINT"),
    ),
    given=6,
)
"""Versions about to be written; `old_id` is the one each replaces, NULL for a new post."""


def row(account_id: int, post: SeenPost) -> tuple[Any, ...]:
    """A sighting as it is staged; nothing is published after it was captured."""
    seen = post.observed_at
    return (
        account_id,
        post.native_id,
        min(post.published_from, seen),
        min(post.published_until, seen),
        seen,
        post.title,
        post.url,
        post.form,
        post.deleted,
        post.final,
        ",".join(sorted(post.capped)) if post.capped else "",
        *_NUMBERS_OF(post.numbers),
    )


def merge(tx: Writing, rows: Iterable[tuple[Any, ...]], source: Provenance) -> tuple[int, int]:
    """Stage sightings of one source and write their versions: (new posts, changed posts).

    The narrowest time ever seen stands, of equally narrow ones the first; a deletion once seen
    stays. `stage_sighting` and `stage_version` keep what was merged, for what follows in the same
    transaction.
    """
    fill(tx, SIGHTINGS, list(rows))
    tx.conn.execute(_FIND_KEYS)
    tx.conn.execute(_FIND_TWINS, {"source": source.value})
    tx.conn.execute(_NEW_KEYS)
    tx.conn.execute(_FIND_KEYS)
    fill(tx, VERSIONS, [])
    tx.conn.execute(_NEW_VERSIONS)
    tx.conn.execute(_SUPERSEDE, {"stamp": tx.stamp})
    tx.conn.execute(_INSERT, {"stamp": tx.stamp, "source": source.value})
    tx.conn.execute(_DESCRIBE)
    count = tx.conn.execute(_COUNT).one()
    return count.new, count.changed


_FIND_KEYS: Final = text("""
UPDATE stage_sighting SET key_id = (
  SELECT k.id FROM post_key k
  WHERE k.account_id = stage_sighting.account_id AND k.native_id = stage_sighting.native_id)
WHERE key_id IS NULL
""")

_FIND_TWINS: Final = text("""
UPDATE stage_sighting SET key_id = twin.key_id
FROM (
  SELECT s.account_id, s.native_id, min(k.id) AS key_id
  FROM stage_sighting s
  JOIN post_key k ON k.account_id = s.account_id
  JOIN post p ON p.key_id = k.id AND p.superseded_at = 4611686018427387904
  WHERE s.key_id IS NULL AND p.source <> :source
    AND ((s.url <> '' AND k.url = s.url)
         OR (s.title <> '' AND k.title = s.title
             AND p.published_from <= s.published_until AND s.published_from <= p.published_until))
  GROUP BY s.account_id, s.native_id
) AS twin
WHERE stage_sighting.key_id IS NULL
  AND stage_sighting.account_id = twin.account_id AND stage_sighting.native_id = twin.native_id
""")
"""The same post under the id another source gives it: by its address, or its title and time."""
