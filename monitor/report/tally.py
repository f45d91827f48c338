"""The count of a bulletin: every account once, in one class; rates over what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from monitor.domain.bulletin import Base
from monitor.domain.finding import Outcome
from monitor.domain.judged import Judged
from monitor.report import figures
from monitor.report.rates import Rate
from monitor.report.sampling import Candidate, Sample, draw

CLASSES: Final = ("failed", "passed", "waiting", "undecided", "excused")


@dataclass(frozen=True, slots=True)
class Tally:
    """Official accounts by what a bulletin says of them: each id is in exactly one class.

    `failed` are named, `passed` have no failing conclusion, `waiting` are suspected and not named
    (not verified, or the procedure is not over), `undecided` and `excused` as judged.
    """

    failed: frozenset[int] = frozenset()
    passed: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()
    undecided: frozenset[int] = frozenset()
    excused: frozenset[int] = frozenset()
    sample: Sample | None = None

    @property
    def decided(self) -> frozenset[int]:
        """可认定数."""
        return self.failed | self.passed

    @property
    def counted(self) -> frozenset[int]:
        """纳入数."""
        return self.decided | self.waiting | self.undecided

    @property
    def registered(self) -> frozenset[int]:
        """备案数."""
        return self.counted | self.excused

    def rate(self, base: Base) -> Rate:
        """合格率 over a denominator; with a sample only what was drawn counts."""
        wanted = self.of(base)
        return Rate(len(wanted), len(self.failed & wanted), base)

    def of(self, base: Base) -> frozenset[int]:
        """The accounts a denominator stands for."""
        if base is Base.SAMPLED:
            return frozenset(self.sample.drawn if self.sample else ())
        return {
            Base.REGISTERED: self.registered,
            Base.COUNTED: self.counted,
            Base.DECIDED: self.decided,
        }[base]

    def within(self, some: frozenset[int]) -> "Tally":
        """The same count over some accounts only."""
        return Tally(
            self.failed & some,
            self.passed & some,
            self.waiting & some,
            self.undecided & some,
            self.excused & some,
            self.sample and _part(self.sample, some),
        )


def count(
    judged: Iterable[Judged],
    named: frozenset[int],
    held: frozenset[int],
    drawn: tuple[int, str],
    *,
    by_county: bool = False,
) -> Tally:
    """Count accounts: `named` enter the bulletin, `held` have a case that may not enter yet.

    `drawn` is the size of a sample (0: none) and its seed; it is drawn from what can be decided.
    """
    accounts = figures.official(judged)
    classes: dict[str, set[int]] = {each: set() for each in CLASSES}
    for each in accounts:
        classes[_class(each, named, held)].add(each.own.account_id)
    failed, passed, waiting, undecided, excused = (frozenset(classes[each]) for each in CLASSES)
    found = Tally(failed, passed, waiting, undecided, excused)
    size, seed = drawn
    if not size:
        return found
    frame = (
        Candidate(
            each.own.account_id,
            figures.place(each, by_county=by_county),
            each.registered.account.platform,
        )
        for each in accounts
        if each.own.account_id in found.decided
    )
    return replace(found, sample=draw(frame, size, seed))


def _class(each: Judged, named: frozenset[int], held: frozenset[int]) -> str:
    if each.own.account_id in named:
        return "failed"
    if each.own.outcome is Outcome.NOT_COUNTED:
        return "excused"
    if each.own.outcome is Outcome.FAIL or each.own.account_id in held:
        return "waiting"
    return "undecided" if each.own.outcome is Outcome.UNDECIDED else "passed"


def _part(sample: Sample, some: frozenset[int]) -> Sample:
    drawn = tuple(each for each in sample.drawn if each in some)
    return Sample(sample.seed, len(some), (), drawn)
