"""台账真实性 for the screens: entries weighed, and scored by unit or by place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from monitor.domain.truth import Found, Score
from monitor.judge import truth
from monitor.record.screens.truths import Entry

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Weighed:
    """An entry, and what is known of it."""

    entry: Entry
    found: Found


def weighed(entries: Iterable[Entry]) -> list[Weighed]:
    """Each entry with what its evidence amounts to."""
    return [Weighed(each, truth.weigh(each.known)) for each in entries]


def scored(every: Iterable[Weighed]) -> Score:
    """How true they are together."""
    return truth.score(each.found for each in every)


def by(every: Iterable[Weighed], key: Callable[[Entry], Key]) -> dict[Key, list[Weighed]]:
    """The same in groups, in the order in which the first of each comes."""
    found: dict[Key, list[Weighed]] = {}
    for each in every:
        found.setdefault(key(each.entry), []).append(each)
    return found
