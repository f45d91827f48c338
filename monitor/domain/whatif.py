"""规则试算: what another rulebook would say of the same accounts, beside the present one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from monitor.domain.forecast import Backtest

AXES: Final = ("市州", "层级", "平台")
PROVINCIAL: Final = "省级"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an account is counted: names for people, one for each of AXES."""

    name: str
    unit: str
    region: str
    level: str
    platform: str

    def on(self, axis: str) -> str:
        """Its place on one of AXES; KeyError where that is none."""
        return {
            "市州": self.region or PROVINCIAL,
            "层级": self.level or "未注明",
            "平台": self.platform,
        }[axis]


@dataclass(frozen=True, slots=True)
class Side:
    """What one rulebook says of an account: its outcome over all rules, and the classes it is in
    (that of its silence first, then the rules that found something)."""

    verdict: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An account of which the two rulebooks say different things."""

    account_id: int
    place: Place
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Shift:
    """How many are in a class, or fail in a place: before, after, and who came and went."""

    before: int = 0
    after: int = 0
    enter: int = 0
    leave: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both rulebooks over all accounts at one instant (`as_of` seconds, `known_at` us).

    `failing` counts 不合格 over all rules, `places` the same by axis and place. `workload` is how
    many of those who newly fail have no live 整改单 yet: each would need one.
    """

    as_of: int
    known_at: int
    accounts: int
    moved: int
    workload: int
    failing: Shift
    classes: Mapping[str, Shift] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, Shift]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """A whole trial: titles of both rulebooks; now first, then each quarter's end replayed.

    `backtest` holds the forecasts of days to breach under the present one against what came.
    """

    before: str
    after: str
    comparisons: tuple[Comparison, ...]
    backtest: Backtest
