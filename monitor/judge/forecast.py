"""Days to breach 距超期: from the account's own rhythm, and held against its own past."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_high
from typing import Final

from monitor.domain.account import State
from monitor.domain.facts import Facts
from monitor.domain.finding import Outcome
from monitor.domain.forecast import HORIZON, LIKELY, Backtest, Forecast, Foreseen
from monitor.domain.instants import DAY
from monitor.domain.interval import clip, unite
from monitor.domain.rulebook import Rulebook
from monitor.judge.coverage import sufficient
from monitor.judge.evaluate import fitted_to, judge
from monitor.judge.status import standing_at

LOOK_BACK: Final = 180 * DAY
LEAST_PAUSES: Final = 5
COVERAGE_KEPT: Final = 32 * DAY
"""How far before `as_of` facts hold every coverage row."""
BACK: Final = (HORIZON, 2 * HORIZON)
"""How long before `as_of` forecasts of the past are made."""


def forecast(posts: Sequence[int], as_of: int, limit: int) -> Forecast | None:
    """Of an account whose posts (last seconds, rising) end before `as_of`; None without any.

    `limit` is in seconds. The share is that of the pauses over the limit among those at least as
    long as the present one, with half a pause added to each side: few pauses are never certain.
    """
    known = posts[: bisect_left(posts, as_of)]
    if not known:
        return None
    last = known[-1]
    recent = known[bisect_left(known, as_of - LOOK_BACK) :]
    pauses = sorted(b - a for a, b in pairwise(recent) if b > a)
    if len(pauses) < LEAST_PAUSES:
        return Forecast(last + limit, len(pauses))
    longer = pauses[bisect_left(pauses, as_of - last) :]
    over = len(longer) - bisect_right(longer, limit)
    sure = (over + 0.5) / (len(longer) + 1)
    ends = last + median_high(longer) if longer else None
    return Forecast(last + limit, len(pauses), sure, ends)


def foresee(facts: Facts, posts: Sequence[int], book: Rulebook) -> Foreseen | None:
    """What the own rhythm says of an account in use that nothing is held against.

    None where the data do not suffice: too few pauses, any time since the last post that nobody
    saw, or agreed silence, which a rhythm knows nothing of.
    """
    if not _rhythmic(facts):
        return None
    found = judge(facts, book)
    least, most = found.silence_min, found.silence_max
    if found.outcome not in (Outcome.OK, Outcome.HINT) or found.cutoff is None:
        return None
    if least is None or most is None or most - least > DAY:
        return None
    limit = fitted_to(book, facts).least_failing_limit
    said = forecast(posts, facts.as_of, limit)
    if said is None or said.sure is None or said.at <= facts.as_of:
        return None
    return Foreseen(facts.account_id, said.at - limit, said.at, said.sure, said.pauses)


def _rhythmic(facts: Facts) -> bool:
    """Whether an account is in use, and its silence its own."""
    standing = standing_at(facts, facts.as_of)
    return standing is not None and standing.state is State.ACTIVE and not facts.excuses


@dataclass
class Calibration:
    """Counts how often a forecast was right while accounts pass by."""

    book: Rulebook
    hit: int = 0
    false_alarm: int = 0
    missed: int = 0
    quiet: int = 0
    unseen: int = 0

    def add(self, facts: Facts, posts: Sequence[int]) -> None:
        """Forecast at instants before `as_of` and look what came; nothing where no proof says it.

        An account in use only, and without agreed silence, which a rhythm knows nothing of.
        """
        if not _rhythmic(facts):
            return
        limit = fitted_to(self.book, facts).least_failing_limit
        for back in BACK:
            self._hold(facts, posts, facts.as_of - back, limit)

    def _hold(self, facts: Facts, posts: Sequence[int], at: int, limit: int) -> None:
        said = forecast(posts, at, limit)
        if said is None or said.sure is None or not at <= said.at < at + HORIZON:
            return
        last = said.at - limit
        if not self._seen(facts, last, said.at):
            self.unseen += 1
            return
        came = bisect_right(posts, said.at) == bisect_right(posts, last)
        likely = said.sure >= LIKELY
        self.hit += likely and came
        self.false_alarm += likely and not came
        self.missed += came and not likely
        self.quiet += not came and not likely

    def _seen(self, facts: Facts, last: int, at: int) -> bool:
        """Whether (last, at] was seen whole: asked whatever came, so that neither is favoured."""
        if last < facts.as_of - COVERAGE_KEPT:
            return False
        standing = standing_at(facts, facts.as_of)
        platform = "" if standing is None else standing.platform
        rows = sufficient(facts, self.book, platform)
        return clip(unite([(each.a, each.b) for each in rows]), last + 1, at) == [(last + 1, at)]

    def result(self) -> Backtest:
        """What was counted."""
        return Backtest(self.hit, self.false_alarm, self.missed, self.quiet, self.unseen)
