"""Case rules 整改办理规定: times, measures, reasons, conditions and steps of the office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.case import Measure, Problem, Reason, Side, State

OTHER: Final = "其他"
"""The kind of whatever no other kind covers."""


class Audience(StrEnum):
    """Whom a step speaks to."""

    HOLDER = "当前办理方"
    TRANSIT = "市州"
    DESK = "承办处室"


class Paper(StrEnum):
    """What may be written out of a case."""

    NOTICE = "整改通知书"
    HINT = "工作提示"
    INQUIRY = "核实函"
    CLOSURE = "关停申请表"
    CORRECTION = "更正通知"


@dataclass(frozen=True, slots=True)
class Closing:
    """When a problem counts as put right: so many posts within so many days, the rule silent
    (`cleared`), and words a person holds against it. 0, False and '' ask for nothing."""

    posts: int = 0
    within_days: int = 0
    cleared: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of problem: working days or hours to put it right, what is proposed, and when it
    is put right; `source` and `rank` say on whose word."""

    name: str
    covers: frozenset[str]
    measure: Measure
    closing: Closing
    source: str
    rank: str
    days: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: `day` working days from the due day (below 0: before it), said to whom."""

    name: str
    day: int
    to: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """When a rule errs too often: `percent` of at least `least` verified within `window_days`."""

    window_days: int
    least: int
    percent: int


@dataclass(frozen=True, slots=True)
class Given:
    """The time a unit gets: working days, or hours where a kind is urgent."""

    days: int
    hours: int = 0


@dataclass(frozen=True, slots=True)
class CaseRules:
    """Everything the office laid down for cases, from `data/cases.yaml`."""

    version: int
    source: str
    rank: str
    kinds: tuple[KindRule, ...]
    measures: tuple[Measure, ...]
    repeats: tuple[tuple[int, Measure], ...]
    reasons: Mapping[Reason, bool]
    turns: Mapping[tuple[State, Side], int]
    steps: tuple[Step, ...]
    tolerance: Tolerance
    appeal_days: int
    fresh_days: int
    most_days: int
    look_again_days: int
    words: Mapping[Paper, str]

    def of(self, kind: str) -> KindRule:
        """The rule of a kind of problem; that of 其他 where none covers it."""
        found = {name: each for each in self.kinds for name in each.covers}
        return found.get(kind) or found[OTHER]

    def term(self, problems: Iterable[Problem]) -> Given:
        """The time for all that was not found 不属实: an urgent kind goes before the longest."""
        rules = self._standing(problems)
        urgent = [each.hours for each in rules if each.hours]
        if urgent:
            return Given(1, min(urgent))
        return Given(max(each.days for each in rules))

    def measure(self, problems: Iterable[Problem], nth: int) -> Measure:
        """What is proposed: the heaviest of the kinds, and of what the nth time asks for."""
        asked = [each.measure for each in self._standing(problems)]
        asked += [measure for times, measure in self.repeats if nth >= times]
        return max(asked, key=self.measures.index)

    def _standing(self, problems: Iterable[Problem]) -> list[KindRule]:
        left = [self.of(each.kind) for each in problems if each.confirmed is not False]
        return left or [self.of(OTHER)]
