"""Totals and places under other weights and with data missing, by the scheme's own rules."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from monitor.domain.errors import InputError
from monitor.domain.scheme import Scheme, Spread
from monitor.score import rollup
from monitor.score.assess import Assessment, Basis
from monitor.score.measured import Bools, Floats, Places
from monitor.score.spread import maxima, section_of
from monitor.score.tally import Tally, bonus, bounded

LEVEL: Final = 1e-9
"""Totals nearer than this are level."""


@dataclass(frozen=True, slots=True)
class Field:
    """The lines of all who are scored: `share` and `there` (who x lines, share 0 where it is not
    there), points and section of each line, what bounds totals, who has one (`ranked`), and the
    positions of those who are compared with each other (`peers`)."""

    scheme: Scheme
    share: Floats
    there: Floats
    points: Floats
    section: Places
    tally: Tally
    families: list[tuple[int, Places]]
    groups: Places
    ranked: Bools
    peers: tuple[Places, ...]

    @property
    def size(self) -> int:
        """How many are scored, those without a total too."""
        return len(self.share)


def field(assessment: Assessment) -> Field:
    """What an assessment can be tried upon; InputError for schemes put together of others, or that
    score accounts, whose parts are tried by themselves."""
    basis: Basis | None = assessment.basis
    if basis is None:
        raise InputError(
            "按账号计分、由几个方案组成的方案不作排名稳定性试算", assessment.scheme.title
        )
    lines = basis.result.lines
    ranked = assessment.totals["final"].notna().to_numpy(bool)
    there = lines.counts.astype(float)
    return Field(
        scheme=assessment.scheme,
        share=np.where(lines.counts, lines.share, 0.0),
        there=there,
        points=maxima(assessment.scheme),
        section=section_of(assessment.scheme),
        tally=basis.result.tally,
        families=basis.families,
        groups=basis.groups,
        ranked=ranked,
        peers=tuple(
            np.flatnonzero((basis.groups == number) & ranked)
            for number in np.unique(basis.groups[ranked])
        ),
    )


def weights(rng: np.random.Generator, points: Floats, draws: int, spread: float) -> Floats:
    """(draws x lines) points: each up to `spread` of itself more or less, their sum unchanged."""
    found = points * rng.uniform(1 - spread, 1 + spread, (draws, len(points)))
    scaled: Floats = found * (points.sum() / found.sum(axis=1))[:, None]
    return scaled


def dropped(rng: np.random.Generator, cells: int, chance: float) -> Places:
    """Positions of cells that are lost, each with the same chance: by the gaps between them, so
    that only what is lost costs anything."""
    if chance <= 0:
        return np.empty(0, np.intp)
    expected = cells * chance
    enough = int(expected + 6 * np.sqrt(expected) + 10)
    found = np.cumsum(_gaps(rng, chance, enough)) - 1
    while found[-1] < cells:
        found = np.append(found, found[-1] + np.cumsum(_gaps(rng, chance, enough)))
    kept: Places = found[: np.searchsorted(found, cells)]
    return kept


def _gaps(rng: np.random.Generator, chance: float, number: int) -> Places:
    """Geometric waits: whole parts of exponential ones, which are drawn several times as fast."""
    waits = rng.standard_exponential(number) / -np.log1p(-chance)
    found: Places = waits.astype(np.intp) + 1
    return found


def totals(tried: Field, points: Floats, lost: Places) -> Floats:
    """The totals under other points of the lines, with the cells `lost` (of who x lines) gone."""
    parts = len(tried.scheme.sections)
    if tried.scheme.missing.spread is Spread.EVEN:
        return finals(tried, _evenly(tried, points, lost))
    if tried.scheme.missing.spread is Spread.EVEN_IN_PART:
        return finals(tried, _evenly_in_parts(tried, points, lost))
    blocks = np.zeros((len(points), parts))
    blocks[np.arange(len(points)), tried.section] = points
    got, of = tried.share @ blocks, tried.there @ blocks
    if len(lost):
        who, line = np.divmod(lost, len(points))
        place = who * parts + tried.section[line]
        weight = points[line]
        got -= _sums(place, tried.share.ravel()[lost] * weight, got.shape)
        of -= _sums(place, tried.there.ravel()[lost] * weight, of.shape)
    return finals(tried, _spread(tried, blocks.sum(axis=0), got, of))


def _sums(place: Places, values: Floats, shape: tuple[int, int]) -> Floats:
    found: Floats = np.bincount(place, values, shape[0] * shape[1]).astype(float, copy=False)
    return found.reshape(shape)


def _spread(tried: Field, most: Floats, got: Floats, of: Floats) -> Floats:
    """What was not scored is spread within its part, then over the parts, of `most` points each."""
    alive = of > LEVEL
    base = np.divide(got, of, where=alive, out=np.zeros_like(got)) @ most
    scored = alive @ most
    found: Floats = np.divide(base, scored, where=scored > 0, out=np.zeros_like(base))
    return found * tried.scheme.full


def _evenly(tried: Field, points: Floats, lost: Places) -> Floats:
    """What was not scored is spread in equal parts over the lines that have points."""
    there = tried.there * (points > 0)
    there.ravel()[lost] = 0.0
    share = tried.share * there
    number = there.sum(axis=1)
    missing = points.sum() - there @ points
    each = np.divide(missing, number, where=number > 0, out=np.zeros(tried.size))
    found: Floats = share @ points + each * share.sum(axis=1)
    return found


def _evenly_in_parts(tried: Field, points: Floats, lost: Places) -> Floats:
    """The same part by part; a part of which nothing is scored is spread over the others."""
    there = tried.there * (points > 0)
    there.ravel()[lost] = 0.0
    share = tried.share * there
    most = np.bincount(tried.section, points, len(tried.scheme.sections)).astype(float)
    got, of = np.zeros((2, tried.size, len(most)))
    for number, whole in enumerate(most):
        mine = tried.section == number
        scored = there[:, mine].sum(axis=1)
        left = whole - there[:, mine] @ points[mine]
        each = np.divide(left, scored, where=scored > 0, out=np.zeros(tried.size))
        got[:, number] = share[:, mine] @ points[mine] + each * share[:, mine].sum(axis=1)
        of[:, number] = np.where(scored > 0, whole, 0.0)
    return _spread(tried, most, got, of)


def finals(tried: Field, base: Floats) -> Floats:
    """Totals from base points: deductions, bonus, gates and roll-up, as in the assessment."""
    found = tried.tally
    after = np.maximum(0.0, base - found.deducted)
    own = bounded(after + bonus(tried.scheme, after, found.offered), found)
    if not tried.families:
        return own
    own[~tried.ranked] = np.nan
    below = rollup.medians(own, tried.families)
    return bounded(rollup.rolled(own, below, tried.scheme.rollup), found)


def order(tried: Field, total: Floats) -> Floats:
    """The place of each within its group, the level sharing the better; NaN for who has none."""
    found = np.full(tried.size, np.nan)
    for mine in tried.peers:
        value = -total[mine]
        sequence = np.argsort(value)
        inside = value[sequence]
        place = np.arange(1, len(mine) + 1)
        place[1:][np.diff(inside) <= LEVEL] = 0
        found[mine[sequence]] = np.maximum.accumulate(place)
    return found
