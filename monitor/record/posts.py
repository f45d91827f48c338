"""Posts: sightings become versions; a narrower time or a deletion is a new version."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import TextClause, text

from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import PostNumbers, Provenance
from monitor.domain.post import SeenPost
from monitor.record import post_texts, twins
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
        ("text", "TEXT"),
        *((name, "BIGINT") for name in NUMBERS),
        ("key_id", "BIGINT"),
    ),
    given=12 + len(NUMBERS),
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
        post.text,
        *_NUMBERS_OF(post.numbers),
    )


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of staged sightings; `once`: no post is among them twice."""

    new: int
    changed: int
    once: bool


def merge(tx: Writing, rows: Iterable[tuple[Any, ...]], source: Provenance) -> Merged:
    """Stage sightings of one source and write their versions.

    The narrowest time ever seen stands, of equally narrow ones the first; a deletion once seen
    stays. `stage_sighting` and `stage_version` keep what was merged, for what follows in the same
    transaction.
    """
    fill(tx, SIGHTINGS, list(rows))
    tx.conn.execute(_FIND_KEYS)
    tx.conn.execute(_FIND_ALIASES)
    twins.find(tx, source)
    tx.conn.execute(_NEW_KEYS)
    tx.conn.execute(_FIND_KEYS)
    once = bool(tx.conn.execute(_ONCE).scalar_one())
    fill(tx, VERSIONS, [])
    tx.conn.execute(_NEW_VERSIONS[once])
    tx.conn.execute(_SUPERSEDE, {"stamp": tx.stamp})
    tx.conn.execute(_INSERT, {"stamp": tx.stamp, "source": source.value})
    tx.conn.execute(_DESCRIBE[once])
    post_texts.merge(tx, source)
    count = tx.conn.execute(_COUNT).one()
    return Merged(int(count.fresh), int(count.changed), once)


_FIND_KEYS: Final = text("""
UPDATE stage_sighting SET key_id = (
  SELECT k.id FROM post_key k
  WHERE k.account_id = stage_sighting.account_id AND k.native_id = stage_sighting.native_id)
WHERE key_id IS NULL
""")

_FIND_ALIASES: Final = text("""
UPDATE stage_sighting SET key_id = (
  SELECT k.key_id FROM post_alias k
  WHERE k.account_id = stage_sighting.account_id AND k.native_id = stage_sighting.native_id)
WHERE key_id IS NULL
""")

_NEW_KEYS: Final = text("""
INSERT INTO post_key (account_id, native_id, title, url, form, last_seen_at)
SELECT account_id, native_id, max(title), max(url), max(form), max(observed_at)
FROM stage_sighting WHERE key_id IS NULL
GROUP BY account_id, native_id ORDER BY account_id, min(published_from), native_id
""")

_ONCE: Final = text("SELECT count(*) = count(DISTINCT key_id) FROM stage_sighting")

_SEEN_ONCE: Final = """
SELECT key_id, account_id, published_from, published_until,
       CASE WHEN deleted THEN observed_at END AS deleted_seen_at, 1 AS place
FROM stage_sighting
"""
_NARROWEST: Final = """
SELECT key_id, account_id, published_from, published_until,
       min(CASE WHEN deleted THEN observed_at END) OVER (PARTITION BY key_id) AS deleted_seen_at,
       row_number() OVER (PARTITION BY key_id
                          ORDER BY published_until - published_from, observed_at, published_from)
         AS place
FROM stage_sighting
"""


def _new_versions(sightings: str) -> TextClause:
    return text(f"""
INSERT INTO stage_version
SELECT s.key_id, s.account_id,
       CASE WHEN o.published_until - o.published_from <= s.published_until - s.published_from
            THEN o.published_from ELSE s.published_from END,
       CASE WHEN o.published_until - o.published_from <= s.published_until - s.published_from
            THEN o.published_until ELSE s.published_until END,
       coalesce(o.deleted_seen_at, s.deleted_seen_at), o.id
FROM ({sightings}) AS s
LEFT JOIN post o ON o.key_id = s.key_id AND o.superseded_at = {OPEN}
WHERE s.place = 1
  AND (o.id IS NULL
       OR s.published_until - s.published_from < o.published_until - o.published_from
       OR (o.deleted_seen_at IS NULL AND s.deleted_seen_at IS NOT NULL))
""")


_NEW_VERSIONS: Final = {True: _new_versions(_SEEN_ONCE), False: _new_versions(_NARROWEST)}
"""By whether no post is staged twice: then nothing must be ranked."""

_SUPERSEDE: Final = text("""
UPDATE post SET superseded_at = :stamp WHERE id IN (SELECT old_id FROM stage_version)
""")

_INSERT: Final = text(f"""
INSERT INTO post (key_id, account_id, published_from, published_until, deleted_seen_at, source,
                  recorded_at, superseded_at)
SELECT key_id, account_id, published_from, published_until, deleted_seen_at, :source, :stamp, {OPEN}
FROM stage_version ORDER BY account_id, published_from, key_id
""")

_LATEST: Final = """
SELECT key_id, max(observed_at) AS observed_at, max(title) AS title, max(url) AS url,
       max(form) AS form
FROM stage_sighting GROUP BY key_id
"""


def _describe(sightings: str) -> TextClause:
    return text(f"""
UPDATE post_key SET
  last_seen_at = s.observed_at,
  title = CASE WHEN s.title = '' THEN post_key.title ELSE s.title END,
  url = CASE WHEN s.url = '' THEN post_key.url ELSE s.url END,
  form = CASE WHEN s.form = '' THEN post_key.form ELSE s.form END
FROM {sightings} AS s
WHERE post_key.id = s.key_id AND s.observed_at >= post_key.last_seen_at + {DAY}
""")


_DESCRIBE: Final = {True: _describe("stage_sighting"), False: _describe(f"({_LATEST})")}
"""The last sight is good to a day: nothing is judged by it, and most passes then write nothing."""

_COUNT: Final = text("""
SELECT count(*) - count(old_id) AS fresh, count(old_id) AS changed FROM stage_version
""")
