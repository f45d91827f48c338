"""The words in which an invented 整改单 is told: deeds, by whose hand, days before a base."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.case import Measure, Move, Reason, Side, Source


class By(StrEnum):
    """Whose hand it is."""

    EDITOR = "编辑"
    HEAD = "科室负责人"
    CITY = "市州联络员"
    UNIT = "单位联络员"


class Base(StrEnum):
    """What days are counted back from: the first day, the last post of the earlier silence's end,
    or the day the account was closed."""

    TODAY = "今天"
    SILENCE = "现在这次停更"
    CLOSURE = "关停之日"


SIDES: Final = {
    By.EDITOR: Side.DESK,
    By.HEAD: Side.DESK,
    By.CITY: Side.TRANSIT,
    By.UNIT: Side.UNIT,
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One move, `ago` days before the base."""

    ago: int
    move: Move
    by: By
    words: str = ""
    measure: Measure | None = None
    days: int = 0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """So many accounts of a pool have a case opened `ago` days before the base. `kind` and `said`
    are what a person registered; without them it is what failed then."""

    pool: str
    count: int
    ago: int
    deeds: tuple[Deed, ...] = ()
    base: Base = Base.TODAY
    source: Source = Source.SYSTEM
    kind: str = ""
    said: str = ""
