"""Source 来源: what a kind of source proves, how well, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.domain.collecting import Route
from monitor.domain.numbers import Provenance


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of source.

    `posted`, `silent` and `alone` say in Chinese whether it proves that something was posted, that
    nothing was, and whether it may carry a 通报 by itself. `grade` is 0 (presence only) to 4.
    """

    key: str
    label: str
    provenance: Provenance
    posted: str
    silent: str
    alone: str
    grade: int
    fresh_hours: int
    confirm_hours: int


@dataclass(frozen=True, slots=True)
class Sources:
    """All kinds of source by key; `version` counts the changes of the sheet."""

    version: int
    kinds: Mapping[str, Source]

    def route(self, key: str, platform: str, name: str) -> Route:
        """A way to read a platform by that kind of source; KeyError where there is none."""
        kind = self.kinds[key]
        return Route(
            platform, name, kind.provenance, kind.grade, kind.fresh_hours, kind.confirm_hours
        )
