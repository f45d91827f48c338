"""What an index 传播指数 is made of: totals, headline totals and peaks of each account, in SQL.

A work counts where every number the index needs is known of it; how many do is told beside, so that
nobody takes what was not seen for nothing. The newest number of each kind stands, whoever gave it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.instants import OPEN
from monitor.domain.measuring import Ingredients, Span
from monitor.record import score_followers, score_weeks
from monitor.record.facts_at import fetch
from monitor.record.score_frame import FRAME, Framed, by_account, over
from monitor.record.score_posts import MINE, NUMBERS, ORIGINAL_FORMS, TELLING_FORMS
from monitor.record.score_sends import FIRST, PLACE
from monitor.record.score_weeks import Weeks
from monitor.record.store import Reading

WORKS: Final = "作品数"
ORIGINALS: Final = "原创作品数"
MARKS: Final = {"头条": f"place IS NOT NULL AND {FIRST}", "原创": f"form IN ({ORIGINAL_FORMS})"}
"""Of which works a total is, by how its name begins."""
PEAK: Final = "最高"
KNOWN: Final = {"头条": "place IS NOT NULL", "原创": f"form IN ({TELLING_FORMS})"}
"""When it is known whether a work is one of them."""
_NEWEST: Final = """(SELECT o.{column} FROM post_obs o WHERE o.key_id = p.key_id
    AND o.{column} IS NOT NULL AND o.observed_at < :as_of AND o.recorded_at <= :known_at
    ORDER BY o.observed_at DESC, o.recorded_at DESC, o.source LIMIT 1) AS {column}"""
_CAPPED: Final = "CASE WHEN {column} > :most THEN :most ELSE {column} END AS {column}"
_TOTALS: Final = f"""
WITH {FRAME}, seen AS MATERIALIZED (
  SELECT f.account_id, k.form, {PLACE} AS place{{newest}}
  {MINE} JOIN post_key k ON k.id = p.key_id WHERE f.platform = :platform),
told AS MATERIALIZED (
  SELECT account_id, form, place{{capped}}, CASE WHEN {{whole}} THEN 1 ELSE 0 END AS whole
  FROM seen)
SELECT account_id, count(*), sum(whole){{known}}{{totals}} FROM told GROUP BY account_id
"""


@dataclass(frozen=True, slots=True)
class Needs:
    """What an index takes: the platform, the names of its numbers (`阅读数`, `头条阅读数`,
    `最高阅读数`, `原创作品数`, `粉丝数`), and what a number is entered as at most."""

    platform: str
    names: tuple[str, ...]
    most: int = OPEN

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns of a post's numbers, by what they are called."""
        bare = {_bare(name)[1] for name in self.names}
        return {name: column for name, column in NUMBERS.items() if name in bare}

    @property
    def marks(self) -> tuple[str, ...]:
        """What must be known of a work beside its numbers."""
        begun = {_bare(name)[0] for name in self.names}
        return tuple(mark for mark in KNOWN if mark in begun)

    @property
    def of_works(self) -> tuple[str, ...]:
        """The names that are summed up from works."""
        summed = {WORKS, *NUMBERS}
        return tuple(name for name in self.names if _bare(name)[1] in summed)


def measure(
    tx: Reading, span: Span, frame: Mapping[int, Framed], needs: Needs
) -> Iterator[Ingredients]:
    """The ingredients of every account of the platform: what one statement sums up, and followers
    where the index asks for them."""
    given = {**over(span), "platform": needs.platform, "most": needs.most}
    rows = by_account(fetch(tx, _statement(needs), given))
    seen = score_weeks.weeks(tx, span)
    followers = score_followers.ends(tx, span) if score_followers.KEYS & {*needs.names} else {}
    for key, account in frame.items():
        if account.platform == needs.platform:
            yield Ingredients(
                account=str(key),
                unit=account.unit,
                seen=seen.get(key, Weeks()).seen,
                **_told(needs, rows.get(key), followers.get(key)),
            )


def _told(needs: Needs, row: Any, ends: tuple[int | None, int | None] | None) -> dict[str, Any]:
    """Works, whole ones, known ones by number, and totals; nothing published is nought of each."""
    names = (*needs.columns, *needs.marks)
    size = 2 + len(names) + len(needs.of_works)
    works, whole, *numbers = map(int, row[1:]) if row else [0] * size
    before, after = ends or (None, None)
    gained = None if before is None or after is None else after - before
    followed = {score_followers.LEVEL: after, score_followers.GAINED: gained}
    totals: dict[str, float | None] = dict(zip(needs.of_works, numbers[len(names) :], strict=True))
    return {
        "works": works,
        "whole": whole,
        "known": dict(zip(names, numbers[: len(names)], strict=True)),
        "totals": totals | {name: followed[name] for name in needs.names if name in followed},
    }


def _statement(needs: Needs) -> str:
    columns = needs.columns.values()
    whole = [f"{each} IS NOT NULL" for each in columns] + [KNOWN[each] for each in needs.marks]
    known = [f"count({each})" for each in columns]
    known += [f"sum(CASE WHEN {KNOWN[each]} THEN 1 ELSE 0 END)" for each in needs.marks]
    return _TOTALS.format(
        newest="".join(f", {_NEWEST.format(column=each)}" for each in columns),
        capped="".join(f", {_CAPPED.format(column=each)}" for each in columns),
        whole=" AND ".join(whole) or "1 = 1",
        known="".join(f", {each}" for each in known),
        totals="".join(f", {_total(name)}" for name in needs.of_works),
    )


def _total(name: str) -> str:
    """SQL of one total over the whole works."""
    mark, bare = _bare(name)
    what = "1" if bare == WORKS else NUMBERS[bare]
    how = "max" if mark == PEAK else "sum"
    these = f" AND {MARKS[mark]}" if mark in MARKS else ""
    return f"{how}(CASE WHEN whole = 1{these} THEN {what} ELSE 0 END)"


def _bare(name: str) -> tuple[str, str]:
    """('头条', '阅读数') of 头条阅读数; ('', name) of a plain one."""
    return (name[:2], name[2:]) if name[:2] in {*MARKS, PEAK} else ("", name)
