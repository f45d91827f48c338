"""What the versions of WCI share: overall, per article, headline and peak, squared."""

from collections.abc import Sequence
from typing import Final

from monitor.score.index import DAYS, POSTS, Inputs, ln, mean
from monitor.score.measured import Floats

READS: Final = ("阅读数", "头条阅读数", "最高阅读数")
WOWS: Final = ("在看数", "头条在看数", "最高在看数")
LIKES: Final = ("点赞数", "头条点赞数", "最高点赞数")
SHARES: Final = ("分享数", "头条分享数", "最高分享数")
"""Of each number: the total, that of the headline articles, the highest of one article. Before 2019
the publisher's likes were what is 在看 now; the columns of 在看 hold them."""

Term = tuple[float, float, tuple[str, str, str]]
"""(weight in f, factor inside the logarithm, the three columns)."""


def early(x: Inputs, times: float, per_day: Floats, decimals: int | None) -> Floats:
    """Versions 2.0 to 12: .40 total, .45 mean, .15 peak; reads .80, likes .20."""
    parts = []
    for factor, (total, _, peak) in ((1.0, READS), (times, WOWS)):
        average = mean(x[total], x[POSTS], decimals)
        parts.append(
            0.40 * ln(x[total] / per_day, factor)
            + 0.45 * ln(average, factor)
            + 0.15 * ln(x[peak], factor)
        )
    found: Floats = (0.80 * parts[0] + 0.20 * parts[1]) ** 2 * 10
    return found


def late(x: Inputs, terms: Sequence[Term], weights: Sequence[float]) -> Floats:
    """Versions 13 and 14: f of overall, article, headline and peak by their weights; squared."""
    total, article, headline, peak = weights
    found: Floats = (
        total * _f(terms, [x[name] / x[DAYS] for _, _, (name, _, _) in terms])
        + article * _f(terms, [x[name] / x[POSTS] for _, _, (name, _, _) in terms])
        + headline * _f(terms, [x[name] / x[DAYS] for _, _, (_, name, _) in terms])
        + peak * _f(terms, [x[name] for _, _, (_, _, name) in terms])
    ) ** 2
    return found


def _f(terms: Sequence[Term], values: Sequence[Floats]) -> Floats:
    first, *rest = (
        weight * ln(value, factor) for (weight, factor, _), value in zip(terms, values, strict=True)
    )
    return sum(rest, first)
