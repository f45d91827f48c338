"""规则试算: two judgements of the same facts are compared and counted, account by account."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from monitor.domain.facts import Facts
from monitor.domain.finding import UPDATE_RULE, Judgement, Outcome
from monitor.domain.instants import day_start, shanghai_day
from monitor.domain.rulebook import Rulebook
from monitor.domain.whatif import AXES, Comparison, Move, Place, Shift, Side
from monitor.judge.evaluate import judge

QUARTERS: Final = 4
MONTHS: Final = 3
MONTHS_OF_YEAR: Final = 12


def quarter_ends(now: int, count: int = QUARTERS) -> tuple[int, ...]:
    """The ends of the last `count` whole quarters at `now`, newest first, in seconds.

    An end is the first second of the next quarter in Shanghai: what was published in the quarter's
    last second was published before it.
    """
    today = shanghai_day(now)
    months = today.year * MONTHS_OF_YEAR + (today.month - 1) // MONTHS * MONTHS
    found = []
    for each in range(count):
        year, month = divmod(months - MONTHS * each, MONTHS_OF_YEAR)
        found.append(day_start(date(year, month + 1, 1)))
    return tuple(found)


def side(judged: Judgement) -> Side:
    """What a judgement says of an account, in words that can be compared."""
    others = [each.rule for each in judged.findings if each.rule != UPDATE_RULE]
    return Side(judged.verdict.value, tuple(dict.fromkeys((judged.status, *others))))


@dataclass
class _Count:
    before: int = 0
    after: int = 0
    enter: int = 0
    leave: int = 0

    def add(self, *, before: bool, after: bool) -> None:
        self.before += before
        self.after += after
        self.enter += after and not before
        self.leave += before and not after

    def shift(self) -> Shift:
        return Shift(self.before, self.after, self.enter, self.leave)


@dataclass
class Tally:
    """Counts kept while accounts pass by, so that memory holds counts and not accounts.

    `live` are the accounts with a live 整改单: they need no new one.
    """

    standing: Rulebook
    tried: Rulebook
    live: Collection[int] = frozenset()
    accounts: int = 0
    moved: int = 0
    workload: int = 0
    _failing: _Count = field(default_factory=_Count)
    _classes: dict[str, _Count] = field(default_factory=lambda: defaultdict(_Count))
    _places: dict[tuple[str, str], _Count] = field(default_factory=lambda: defaultdict(_Count))

    def add(self, facts: Facts, place: Place) -> Move | None:
        """Judge an account by both and count it; what moved, None where both say the same."""
        before, after = side(judge(facts, self.standing)), side(judge(facts, self.tried))
        self.accounts += 1
        self._count(before, after, place)
        if self._newly_fails(before, after) and facts.account_id not in self.live:
            self.workload += 1
        if before.verdict == after.verdict and set(before.classes) == set(after.classes):
            return None
        self.moved += 1
        return Move(facts.account_id, place, before, after)

    @staticmethod
    def _newly_fails(before: Side, after: Side) -> bool:
        return after.verdict == Outcome.FAIL and before.verdict != Outcome.FAIL

    def _count(self, before: Side, after: Side, place: Place) -> None:
        failing = {"before": before.verdict == Outcome.FAIL, "after": after.verdict == Outcome.FAIL}
        self._failing.add(**failing)
        for axis in AXES:
            self._places[axis, place.on(axis)].add(**failing)
        for name in {*before.classes, *after.classes}:
            self._classes[name].add(before=name in before.classes, after=name in after.classes)

    def result(self, as_of: int, known_at: int) -> Comparison:
        """All counts; classes in the order of the rulebooks, places by who moves most."""
        ranks = _order(self.standing, self.tried)
        classes = sorted(self._classes, key=lambda name: (ranks.get(name, len(ranks)), name))
        return Comparison(
            as_of=as_of,
            known_at=known_at,
            accounts=self.accounts,
            moved=self.moved,
            workload=self.workload,
            failing=self._failing.shift(),
            classes={name: self._classes[name].shift() for name in classes},
            places={axis: self._on(axis) for axis in AXES},
        )

    def _on(self, axis: str) -> dict[str, Shift]:
        found = {name: kept.shift() for (on, name), kept in self._places.items() if on == axis}
        return dict(sorted(found.items(), key=lambda item: (-item[1].enter, item[0])))


def _order(*books: Rulebook) -> dict[str, int]:
    """The names of classes and rules by their place, limits first from short to long."""
    limits = {each.name: each.over_seconds for book in books for each in book.classes}
    named = sorted(limits, key=lambda name: limits[name])
    rules = [name for book in books for name in book.terms]
    return {name: number for number, name in enumerate(dict.fromkeys((*named, *rules)))}
