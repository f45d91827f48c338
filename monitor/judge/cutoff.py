"""Cut-off 截至: the instant an account is judged at, and whether the answer is decided there."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.facts import Facts
from monitor.domain.instants import BEGINNING
from monitor.domain.interval import Interval
from monitor.domain.rulebook import Rulebook
from monitor.judge.coverage import Stretch, stretches, sufficient, uncovered
from monitor.judge.silence import Origin, Silence, at_cutoff, excused, origin, run_out, uncovered_at


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an account is judged on: where its silence began, what is excused, what was covered.

    `stretches` that ended before the silence can have begun are left out.
    """

    origin: Origin
    excuses: Sequence[Interval]
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The silence an account is judged by, or, undecided, the one whose bounds are shown.

    `ran_out_at` is when the least failing limit was surely used up, None where it was not.
    `awaiting` is True where it was, but not by looks far enough apart (待复看).
    """

    silence: Silence
    decided: bool
    ran_out_at: int | None = None
    awaiting: bool = False


def grounds(facts: Facts, rulebook: Rulebook, platform: str) -> Grounds:
    """The account's facts as this rulebook counts them."""
    start = origin(facts)
    found = stretches(sufficient(facts, rulebook, platform), facts.as_of, start.first)
    return Grounds(start, excused(facts, rulebook), found)


def choose(base: Grounds, rulebook: Rulebook, as_of: int) -> Chosen:
    """The newest fresh cut-off that decides; failing that `as_of`, as uncovered; else undecided."""
    limit = rulebook.least_failing_limit
    shown: Chosen | None = None
    for stretch in base.stretches:
        if stretch.end <= base.origin.floor:
            break
        if stretch.fresh_until < as_of:
            continue
        chosen = _weigh(stretch, base, limit, confirm=rulebook.confirm)
        if chosen.decided:
            return chosen
        shown = shown or chosen
    last = uncovered_at(base.origin, as_of, base.excuses)
    if last.most is not None and last.most <= limit:
        return Chosen(last, decided=True)
    return shown or Chosen(last, decided=False)


def _weigh(stretch: Stretch, base: Grounds, limit: int, *, confirm: bool) -> Chosen:
    """Whether the bounds lie on one side of the limit, and, beyond it, whether looks confirm it."""
    silence = at_cutoff(base.origin, stretch, base.excuses)
    if silence.least <= limit:
        return Chosen(silence, decided=silence.most is not None and silence.most <= limit)
    ran_out_at = run_out(silence.began, limit, base.excuses)
    sure = not confirm or ran_out_at is None or confirmed(stretch, ran_out_at)
    return Chosen(silence, sure, ran_out_at, awaiting=not sure)


def confirmed(stretch: Stretch, ran_out_at: int) -> bool:
    """Whether the looks that reached beyond the limit lie as far apart as their sources ask."""
    rows = [row for row in stretch.rows if row.b > ran_out_at]
    looks = [row.looked_at for row in rows]
    return max(looks) - min(looks) >= min(row.confirm for row in rows)


def today(base: Grounds, as_of: int) -> Silence:
    """若今日抽查: the bounds at `as_of`, by a stretch that reaches it or by the posts alone."""
    newest = base.stretches[0] if base.stretches else None
    if newest is not None and newest.end == as_of and newest.end > base.origin.floor:
        return at_cutoff(base.origin, newest, base.excuses)
    return uncovered_at(base.origin, as_of, base.excuses)


def missing(base: Grounds, chosen: Chosen, rulebook: Rulebook) -> tuple[Interval, ...]:
    """The uncovered stretches between the earliest start of the silence and where it is measured.

    Where nothing bounds the start, only as far back as would tell on which side of the least
    failing limit the account is.
    """
    at, first = chosen.silence.at, base.origin.first
    if first <= BEGINNING:
        first = at - rulebook.least_failing_limit - 1
    return uncovered(base.stretches, first + 1, at)
