"""Scope 范围 (条块结合): unit sub-trees united with lines; every query for a screen takes one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person may see: accounts of units under `paths`, and of the `lines` anywhere.

    `paths` are unit paths ending in '/'. An empty scope sees nothing; that is the default.
    """

    paths: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """True when nothing at all may be seen."""
        return not self.paths and not self.lines

    def __post_init__(self) -> None:
        if any(not path.startswith("/") or not path.endswith("/") for path in self.paths):
            raise ValueError("a unit path begins and ends with '/'")

    def united(self, other: "Scope") -> "Scope":
        """Both scopes together."""
        return Scope(self.paths | other.paths, self.lines | other.lines)


NOTHING = Scope()
EVERYTHING = Scope(paths=frozenset({"/"}))
