"""How a file joins the product: it registers itself by name, and is found by looking."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from threading import RLock
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one kind by name, gathered from the files of one package.

    Discovery imports every module of `package` once, in the order of their names, so that the
    content never depends on who asked first. A name taken twice is a mistake and raises. Whoever
    asks from another thread meanwhile waits until all are in.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._things: dict[str, T] = {}
        self._discovered = False
        self._looking = False
        self._turn = RLock()

    def add(self, name: str, thing: T) -> T:
        """Enter `thing` under `name`; KeyError if the name is taken by another thing."""
        if name in self._things and self._things[name] is not thing:
            raise KeyError(f"{name!r} is registered twice in {self._package}")
        self._things[name] = thing
        return thing

    def get(self, name: str) -> T:
        """The thing called `name`; KeyError, naming what there is, if there is none."""
        things = self._all()
        if name not in things:
            raise KeyError(f"{name!r} is not in {self._package}: {', '.join(sorted(things))}")
        return things[name]

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""
        return tuple(sorted(self._all()))

    def __iter__(self) -> Iterator[T]:
        things = self._all()
        return iter([things[name] for name in sorted(things)])

    def __contains__(self, name: object) -> bool:
        return name in self._all()

    def _all(self) -> dict[str, T]:
        if not self._discovered:
            with self._turn:
                self._discover()
        return self._things

    def _discover(self) -> None:
        if self._discovered or self._looking:  # a file that asks while it is gathered sees part
            return
        self._looking = True
        try:
            root = import_module(self._package)
            for module in sorted(iter_modules(root.__path__), key=lambda found: found.name):
                import_module(f"{self._package}.{module.name}")
            self._discovered = True
        finally:
            self._looking = False
