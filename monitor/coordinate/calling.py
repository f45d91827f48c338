"""Whom to call about a unit, pure: who speaks for it today, else for the nearest unit above."""

from collections.abc import Iterable, Mapping
from datetime import date

from monitor.access import scopes
from monitor.domain.duty import Liaison


def directory(every: Iterable[Liaison], today: date) -> Mapping[str, tuple[Liaison, ...]]:
    """Who serves today, by the path of his unit; A岗 before B岗."""
    found: dict[str, list[Liaison]] = {}
    for each in every:
        if each.path and each.serves(today):
            found.setdefault(each.path, []).append(each)
    return {
        path: tuple(sorted(some, key=lambda each: (each.part, each.since, each.name)))
        for path, some in found.items()
    }


def nearest(known: Mapping[str, tuple[Liaison, ...]], path: str) -> tuple[Liaison, ...]:
    """The liaisons of the unit at `path` (`/1/5/`), else of the next above that has any."""
    *units, _house = scopes.upward(path)
    return next((known[each] for each in units if each in known), ())
