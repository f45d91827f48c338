"""Silence 静默 has bounds: what the evidence allows it to be, at a cut-off or at `as_of`."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.facts import Facts
from monitor.domain.instants import BEGINNING, OPEN
from monitor.domain.interval import Interval, measure, unite
from monitor.domain.rulebook import Rulebook
from monitor.judge.coverage import Stretch


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the silence may have begun: between `first` (F) and `last` (U).

    `first` is BEGINNING where nothing bounds it. A cut-off at or before `floor` is none.
    `by_post` is False where the opening stands in for a post.
    """

    first: int
    last: int
    floor: int
    by_post: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """The seconds of silence at the instant `at` lie between `least` and `most` (None: no bound).

    `began` is the latest second it can have begun; `stretch` is None where `at` is not covered.
    """

    at: int
    began: int
    least: int
    most: int | None
    stretch: Stretch | None


def origin(facts: Facts) -> Origin:
    """F and U of the account at `as_of`, which at every cut-off that is kept are the same.

    A cut-off is kept only after the last second of every known post, so that no post lies astride
    it. A post all before the opening belongs to another life and a post known before `as_of`
    disproves an opening after it: the one is left out of the silence, the other disregarded.
    """
    opened_from = BEGINNING if facts.opened_from is None else facts.opened_from
    until, last_second = facts.newest_until, facts.last_second
    if until is not None and last_second is not None:
        if opened_from >= facts.as_of:
            opened_from = BEGINNING
        if until >= opened_from:
            newest = BEGINNING if facts.newest_from is None else facts.newest_from
            return Origin(max(newest, opened_from), until, last_second, by_post=True)
    opened = facts.opened_until
    opened = max(facts.registered_at, opened_from) if opened is None else opened
    return Origin(opened_from, min(opened, facts.as_of - 1), opened, by_post=False)


def excused(facts: Facts, rulebook: Rulebook) -> list[Interval]:
    """The time that is no silence under this rulebook, united: excuses and excused states."""
    kinds = rulebook.excused_kinds
    parts = [(each.a, each.b) for each in facts.excuses if each.kind in kinds]
    parts += [
        (each.valid_from, each.valid_until) for each in facts.standings if each.state in kinds
    ]
    return unite(parts) if parts else []


def at_cutoff(start: Origin, stretch: Stretch, excuses: Sequence[Interval]) -> Silence:
    """The silence at the end of a stretch; an unseen post stands just before it at the latest."""
    began = max(stretch.start - 1, start.last)
    return _between(start, began, stretch.end, excuses, stretch)


def uncovered_at(start: Origin, as_of: int, excuses: Sequence[Interval]) -> Silence:
    """The silence at `as_of` by the known posts alone: an unseen one may be a second old."""
    return _between(start, max(as_of - 1, start.last), as_of, excuses, None)


def _between(
    start: Origin, began: int, at: int, excuses: Sequence[Interval], stretch: Stretch | None
) -> Silence:
    unbounded = start.first <= BEGINNING
    if not excuses:
        return Silence(at, began, at - began, None if unbounded else at - start.first, stretch)
    most = None if unbounded else measure(start.first, at, excuses)
    return Silence(at, began, measure(began, at, excuses), most, stretch)


def run_out(start: int, seconds: int, excuses: Sequence[Interval]) -> int | None:
    """The first instant t at which [start, t) holds `seconds` outside the united `excuses`.

    None where the excuses never end.
    """
    at, rest = start, seconds
    for a, b in excuses:
        if b <= at:
            continue
        if a - at >= rest:
            break
        rest -= max(a - at, 0)
        at = b
    return at + rest if at < OPEN else None
