"""正文 of posts: of official accounts, of young posts, for as long as a campaign may ask for it."""

from typing import Final

from sqlalchemy import text

from monitor.domain.account import Kind
from monitor.domain.instants import DAY, OPEN
from monitor.domain.numbers import Provenance
from monitor.record.store import Writing

YOUNG: Final = 30 * DAY
"""A post older than that when it is seen is no campaign's: its words are not kept (again)."""


def merge(tx: Writing, source: Provenance) -> None:
    """Keep the words of the posts that stand in `stage_sighting`, their keys found.

    The last that a source says stands; another source is heard only where it says more.
    """
    if tx.conn.execute(_ANY).first() is not None:
        tx.conn.execute(_KEEP, {"source": source.value})


_ANY: Final = text("SELECT 1 FROM stage_sighting WHERE text <> '' LIMIT 1")

_KEEP: Final = text(f"""
INSERT INTO post_text (key_id, text, source, seen_at)
SELECT s.key_id, s.text, :source, s.observed_at
FROM (SELECT key_id, account_id, text, observed_at,
             row_number() OVER (PARTITION BY key_id ORDER BY observed_at DESC, text) AS place
      FROM stage_sighting
      WHERE text <> '' AND published_until >= observed_at - {YOUNG}) AS s
WHERE s.place = 1
  AND EXISTS (SELECT 1 FROM account_rev r
              WHERE r.account_id = s.account_id AND r.superseded_at = {OPEN}
                AND r.valid_from <= s.observed_at AND s.observed_at < r.valid_until
                AND r.kind = '{Kind.OFFICIAL.value}')
ON CONFLICT (key_id) DO UPDATE
SET text = excluded.text, source = excluded.source, seen_at = excluded.seen_at
WHERE excluded.text <> post_text.text
  AND (excluded.source = post_text.source OR length(excluded.text) > length(post_text.text))
""")
