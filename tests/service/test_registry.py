"""A registry that several threads ask at once, and one that is asked by its own files."""

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from monitor.registry import Registry

PACKAGE = "gathered_here"
FIRST = f"""
import {PACKAGE} as house
house.REGISTRY.add("first", 1)
house.SEEN.append(house.REGISTRY.names())
house.ENTERED.set()
house.ASKED.wait(10)
house.ANSWERED.wait(0.3)
"""
SECOND = f"""
import {PACKAGE} as house
house.REGISTRY.add("second", 2)
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A package of two files, the first of which takes its time."""
    folder = tmp_path / PACKAGE
    folder.mkdir()
    for name, text in (("__init__", ""), ("first", FIRST), ("second", SECOND)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = __import__(PACKAGE)
    told = {
        "REGISTRY": Registry[int](PACKAGE),
        "SEEN": [],
        "ENTERED": Event(),
        "ASKED": Event(),
        "ANSWERED": Event(),
    }
    for name, each in told.items():
        setattr(module, name, each)
    yield SimpleNamespace(**told)
    for name in [each for each in sys.modules if each.startswith(PACKAGE)]:
        del sys.modules[name]


def test_who_asks_while_another_gathers_waits_until_all_are_in(house: SimpleNamespace) -> None:
    found: dict[str, tuple[str, ...]] = {}

    def late() -> None:
        house.ENTERED.wait(10)
        house.ASKED.set()
        found["late"] = house.REGISTRY.names()
        house.ANSWERED.set()

    other = Thread(target=late)
    other.start()
    found["early"] = house.REGISTRY.names()
    other.join(10)
    assert found == {"early": ("first", "second"), "late": ("first", "second")}


def test_a_file_that_asks_while_it_is_gathered_sees_what_is_there(house: SimpleNamespace) -> None:
    house.ASKED.set()
    house.ANSWERED.set()
    assert house.REGISTRY.names() == ("first", "second")
    assert house.SEEN == [("first",)]
