"""How WeChat articles went out: the first 头条 of those sent together, and how often was sent 推送.

An article's id is <message>_<place>: its place tells the headline, its message what went together.
A short link tells neither, and whether a message went to followers only the interface says.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.domain.assessed import Fact
from monitor.domain.measuring import Span
from monitor.domain.post import MASS_SENT
from monitor.domain.scheme import Cause
from monitor.record.facts_at import fetch
from monitor.record.score_frame import ENOUGH, FRAME, Framed, by_account, fact, lacking, over, rate
from monitor.record.score_posts import MINE
from monitor.record.score_weeks import Weeks
from monitor.record.store import Reading

HEADLINES: Final = "头条作品数"
SENDS: Final = "推送次数"
KEYS: Final = frozenset({HEADLINES, SENDS})
PLATFORM: Final = "wechat"
OWN_PLACED: Final = (
    "k.native_id LIKE '%\\_%' ESCAPE '\\' AND rtrim(k.native_id, '0123456789_') = ''"
)
OTHER_PLACED: Final = OWN_PLACED.replace("k.", "a.")
PLACE: Final = f"""CASE WHEN {OWN_PLACED} THEN k.native_id ELSE (
    SELECT max(a.native_id) FROM post_alias a WHERE a.account_id = k.account_id
      AND a.key_id = k.id AND {OTHER_PLACED}) END"""
"""The id of a post k that tells its place, be it another source's; NULL where none does."""
FIRST: Final = "place LIKE '%\\_1' ESCAPE '\\'"
"""Whether an article with a `place` is the headline of its message."""
_SENT: Final = f"""
WITH {FRAME}, mine AS (
  SELECT f.account_id, k.form, {PLACE} AS place
  {MINE} JOIN post_key k ON k.id = p.key_id WHERE f.platform = '{PLATFORM}')
SELECT account_id, count(*), count(place),
  sum(CASE WHEN {FIRST} THEN 1 ELSE 0 END),
  sum(CASE WHEN place IS NOT NULL AND form <> '' THEN 1 ELSE 0 END),
  count(DISTINCT CASE WHEN form = '{MASS_SENT}' THEN rtrim(place, '0123456789') END)
FROM mine GROUP BY account_id
"""


def measure(
    tx: Reading, span: Span, frame: Mapping[int, Framed], seen: Mapping[int, Weeks]
) -> Iterator[Fact]:
    """Headlines and mass sendings of every WeChat account; of others there are none to count."""
    rows = by_account(fetch(tx, _SENT, over(span)))
    for key, account in frame.items():
        if account.platform != PLATFORM:
            for each in (HEADLINES, SENDS):
                yield fact(account, each, cause=Cause.NOT_APPLICABLE.value, note="只统计微信公众号")
            continue
        _, works, placed, first, told, sends = map(int, rows.get(key, (key, *[0] * 5)))
        share = seen.get(key, Weeks()).seen
        yield _count(account, HEADLINES, first, (placed, works, share), "能看出是否头条")
        yield _count(account, SENDS, sends, (told, works, share), "能看出是否群发")


def _count(
    account: Framed, measure: str, number: int, known: tuple[int, int, float | None], what: str
) -> Fact:
    """`known`: of how many works it is known, of all, and the share of the span that was seen."""
    told, works, seen = known
    said: dict[str, Any] = {"value": number, "samples": told}
    if told < ENOUGH * works:
        note = f"{works}条作品中{told}条{what}"
        return lacking(account, measure, note, coverage=rate(told, works), **said)
    if seen is not None and seen < ENOUGH:
        return lacking(account, measure, "统计期内数据不完整", coverage=seen, **said)
    return fact(account, measure, coverage=seen, **said)
