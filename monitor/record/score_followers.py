"""Followers 粉丝: the last number of the span, and how many more than the last one before it."""

from collections.abc import Iterator, Mapping
from typing import Final

from monitor.domain.assessed import Fact
from monitor.domain.instants import DAY
from monitor.domain.measuring import Span
from monitor.record.facts_at import fetch
from monitor.record.score_frame import FRAME, Framed, fact, lacking, over
from monitor.record.store import Reading

LEVEL: Final = "粉丝数"
GAINED: Final = "粉丝净增数"
KEYS: Final = frozenset({LEVEL, GAINED})
FRESH: Final = 31 * DAY
"""A number older than this at either end of the span says nothing of it."""
_FOLLOWERS: Final = f"""
WITH {FRAME}, told AS (
  SELECT f.account_id, o.followers,
    CASE WHEN o.observed_at < :since THEN 0 ELSE 1 END AS ended,
    row_number() OVER (
      PARTITION BY f.account_id, CASE WHEN o.observed_at < :since THEN 0 ELSE 1 END
      ORDER BY o.observed_at DESC, o.recorded_at DESC, o.source) AS place
  FROM frame f JOIN account_obs o ON o.account_id = f.account_id AND o.basis = '累计'
    AND o.followers IS NOT NULL AND o.recorded_at <= :known_at
    AND (o.observed_at >= :before AND o.observed_at < :since
      OR o.observed_at >= :late AND o.observed_at >= :since AND o.observed_at < :end))
SELECT account_id, ended, followers FROM told WHERE place = 1
"""


def ends(tx: Reading, span: Span) -> Mapping[int, tuple[int | None, int | None]]:
    """The last number before the span and the last in it, of every account that has any."""
    values = {**over(span), "before": span.since - FRESH, "late": span.end - FRESH}
    found: dict[int, tuple[int | None, int | None]] = {}
    for key, ended, followers in fetch(tx, _FOLLOWERS, values):
        before, after = found.get(key, (None, None))
        found[key] = (before, int(followers)) if ended else (int(followers), after)
    return found


def measure(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """Both of every account; without a number at one end there is no change to tell."""
    found = ends(tx, span)
    for key, account in frame.items():
        before, after = found.get(key, (None, None))
        if after is None:
            yield lacking(account, LEVEL, "期末31天内没有粉丝数")
        else:
            yield fact(account, LEVEL, value=after, samples=1)
        if after is None or before is None:
            yield lacking(account, GAINED, "期初或期末没有粉丝数")
        else:
            yield fact(account, GAINED, value=after - before, samples=1)
