"""Where the points of lines that are not scored go: within their part, then over the parts."""

import numpy as np

from monitor.domain.scheme import Scheme, Spread
from monitor.score.measured import Bools, Floats, Places


def maxima(scheme: Scheme) -> Floats:
    """The points of each line as the scheme has them."""
    return np.array([each.max for each in scheme.indicators()], float)


def section_of(scheme: Scheme) -> Places:
    """The number of each line's section."""
    sizes = [len(each.indicators) for each in scheme.sections]
    return np.repeat(np.arange(len(sizes), dtype=np.intp), sizes)


def adjusted(scheme: Scheme, counts: Bools) -> Floats:
    """The points of each line (who x lines) once those not scored are spread; `counts` says which
    are scored. Each row sums to the scheme's full points, or to 0 where nothing is scored."""
    if scheme.missing.spread is Spread.EVEN:
        return _evenly(maxima(scheme), counts)
    if scheme.missing.spread is Spread.EVEN_IN_PART:
        return _by_part(scheme, _evenly_in_parts(scheme, counts))
    return _by_part(scheme, np.where(counts, maxima(scheme), 0.0))


def _by_part(scheme: Scheme, found: Floats) -> Floats:
    """Each part made whole in proportion, then the parts of which nothing is scored spread over the
    others."""
    alive = np.zeros(len(found))
    sections = section_of(scheme)
    for number, section in enumerate(scheme.sections):
        mine = sections == number
        present = found[:, mine].sum(axis=1)
        scored = present > 0
        found[:, mine] *= np.divide(section.max, present, where=scored, out=np.zeros_like(present))[
            :, None
        ]
        alive += np.where(scored, section.max, 0.0)
    factor = np.divide(scheme.full, alive, where=alive > 0, out=np.zeros_like(alive))
    return found * factor[:, None]


def _evenly_in_parts(scheme: Scheme, counts: Bools) -> Floats:
    points, sections = maxima(scheme), section_of(scheme)
    found = np.zeros(counts.shape)
    for number in range(len(scheme.sections)):
        mine = sections == number
        found[:, mine] = _evenly(points[mine], counts[:, mine])
    return found


def _evenly(points: Floats, counts: Bools) -> Floats:
    """Each of the others gets the same; lines without points take none."""
    kept = counts & (points > 0)
    number = kept.sum(axis=1)
    lost = np.where(kept, 0.0, points).sum(axis=1)
    more = np.divide(lost, number, where=number > 0, out=np.zeros_like(lost))
    return np.where(kept, points + more[:, None], 0.0)


def unscored(scheme: Scheme, counts: Bools) -> Floats:
    """How many of the scheme's points were not scored on."""
    found: Floats = np.where(counts, 0.0, maxima(scheme)).sum(axis=1)
    return found
