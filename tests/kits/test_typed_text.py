"""What people type never reaches the chain of the audit: planted into every field of every action.

Each action is done as its bench does it, once for every text it is given, with recognisable letters
added to that text. Whatever it accepts is then looked for in all entries.
"""

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from monitor.access.declared import Reach
from monitor.domain.person import Person, Role
from monitor.record.vault import Vault
from tests.kits.matrix import AUDIT, BENCHES, Act, Desk, Place, Standing
from tests.kits.test_permissions import ACTIONS, TRIED, House, declared_of, holds, house

__all__ = ["house"]

LETTERS = "zq7319"
WRITING = [each for each in TRIED if declared_of(ACTIONS[each]).audited]
OPAQUE = (Person, Vault, Enum, Path)


def texts(value: Any) -> int:
    """How many texts a value holds, however deep."""
    return sum(1 for _ in spots(value))


def spots(value: Any) -> Iterator[str]:
    """Every text of a value, always in the same order."""
    if isinstance(value, str) and not isinstance(value, OPAQUE):
        yield value
    for each in parts(value):
        yield from spots(each)


def parts(value: Any) -> Iterator[Any]:
    """What a value is made of; nothing where it is no holder of texts."""
    if isinstance(value, OPAQUE):
        return
    if is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, each.name) for each in fields(value) if each.init)
    elif isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, (tuple, list)):
        yield from value


def planted(value: Any, turns: Iterator[bool]) -> Any:
    """The same value with the letters added to the text whose turn it is."""
    if isinstance(value, OPAQUE):
        return value
    if isinstance(value, str):
        return f"{value}{LETTERS}" if next(turns) else value
    if is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in fields(value) if each.init]
        changed = {name: planted(getattr(value, name), turns) for name in names}
        return replace(value, **changed)
    if isinstance(value, Mapping):
        return {name: planted(each, turns) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(planted(each, turns) for each in value)
    return value


class Planting:
    """Stands in an action's place: adds the letters to its `at`-th text and counts them all."""

    def __init__(self, action: Callable[..., Any]) -> None:
        self.action, self.at, self.seen = action, -1, 0

    def __call__(self, store: Any, *args: Any, **kwargs: Any) -> Any:
        given = (args, kwargs)
        self.seen = texts(given)
        turns = iter([place == self.at for place in range(self.seen)])
        args, kwargs = planted(given, turns)
        return self.action(store, *args, **kwargs)


def entries(house: House) -> str:
    rows = house.store.conn.execute(select(AUDIT))
    return "\n".join(str(tuple(each)) for each in rows)


def try_all(name: str, house: House, folder: Path, patch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Plant into every text in turn; how many there are, how many the action took. None of those
    taken may stand in an entry."""
    chained = []
    action, build = BENCHES.get(name)
    found = declared_of(action)
    role = next(each for each in Role if holds(each, found))
    actor = house.actor(role, Standing.HOUSE if found.reach is Reach.HOUSE else Standing.CITY)
    taken, planting, at = 0, Planting(action), -1
    patch.setattr(importlib.import_module(action.__module__), action.__name__, planting)
    with house.store.rehearsal():
        act = build(Desk(house.store, house.made, Place.OWN, folder, house.operators))
        while at < planting.seen:
            planting.at = at
            done, shows = tried(act, actor, house)
            assert done or at >= 0, f"the bench of {name} does not work"
            taken += done and at >= 0
            chained += [at] if shows else []
            at += 1
    assert not chained, f"texts of {name} in the chain: {chained}"
    return planting.seen, taken


def tried(act: Act, actor: Person, house: House) -> tuple[bool, bool]:
    """Do it and undo it; whether it was taken, and whether the letters stand in an entry."""
    with house.store.rehearsal():
        before = house.store.audited()
        # Refused in whatever way: what is no free text was made unfit by the letters.
        with suppress(Exception):
            act(actor)
        return house.store.audited() > before, LETTERS in entries(house)


@pytest.mark.parametrize("name", WRITING)
def test_nothing_that_is_typed_stands_in_the_chain(
    name: str, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_all(name, house, tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("revealing.reveal", 1),
        ("exporting.export_now", 1),
        ("auditing.export", 2),
        ("incidents.release", 1),
        ("people.enrol", 1),
    ],
)
def test_the_letters_do_reach_what_is_typed(
    name: str, least: int, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, taken = try_all(name, house, tmp_path, monkeypatch)
    assert seen >= taken >= least
