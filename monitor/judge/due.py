"""Due: the first second at which an answer may change although no new evidence comes."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from monitor.domain.instants import OPEN, day_start
from monitor.judge.rule import Case
from monitor.judge.silence import run_out
from monitor.judge.status import grace_ends


def next_at(case: Case, untils: Sequence[int]) -> int | None:
    """The earliest second after `as_of` that may bring another answer; None where none will.

    It may be early (then the answer stays), but it is never late.
    """
    as_of = case.facts.as_of
    later = [second for second in untils if as_of < second < OPEN]
    later.extend(second for second in _registry(case) if as_of < second < OPEN)
    if not case.excluded:
        later.extend(second for second in _evidence(case) if as_of < second < OPEN)
    return min(later, default=None)


def _registry(case: Case) -> Iterator[int]:
    """Edges of registry revisions, an opening ahead, the end of grace, the rulebook's first day."""
    for each in case.facts.standings:
        yield each.valid_from
        yield each.valid_until
    if case.facts.opened_from is not None:
        yield case.facts.opened_from + 1
    yield grace_ends(case.facts, case.rulebook)
    yield _first_second(case.rulebook.valid_from)


def _evidence(case: Case) -> Iterator[int]:
    """Freshness that ends, a limit that runs out, an excuse's edge, a day that ends."""
    as_of, silence, start = case.facts.as_of, case.chosen.silence, case.base.origin
    if start.floor >= as_of:
        yield as_of + 1 if start.by_post else start.floor + 1
    for a, b in case.base.excuses:
        yield a
        yield b
    for row in case.facts.coverage:
        if row.b > as_of:
            yield max(row.a, as_of) + 1
    if silence.stretch is not None:
        yield silence.stretch.fresh_until + 1
    elif case.chosen.decided and silence.most is not None:
        yield _next_class(case, start.first, silence.most)


def _next_class(case: Case, first: int, reached: int) -> int:
    """The first second at which the silence since `first` exceeds the next class's limit."""
    ahead = [each.over_seconds for each in case.rulebook.classes if each.over_seconds >= reached]
    over = run_out(first, ahead[0] + 1, case.base.excuses) if ahead else None
    return OPEN if over is None else over


@lru_cache(maxsize=64)
def _first_second(day: date) -> int:
    return day_start(day)
