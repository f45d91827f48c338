"""A check of the doctor: what was found, where, what to do and who; families of them by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.registry import Registry
from monitor.runs.parts import Parts

SYSTEM: Final = "系统管理员"


class Level(StrEnum):
    """Whether it lives through next week; what an office does without is no trouble."""

    SOUND = "正常"
    UNSET = "未配置"
    TROUBLE = "注意"


@dataclass(frozen=True)
class Check:
    """One thing looked at. `remedy` and `who` are empty where nobody needs to act."""

    level: Level
    where: str
    what: str
    remedy: str = ""
    who: str = ""

    @property
    def sound(self) -> bool:
        """False where it does not live through next week."""
        return self.level is not Level.TROUBLE

    @property
    def told(self) -> str:
        """`备份:还没有备份;请运行 sentinel backup(系统管理员)`."""
        act = f";{self.remedy}" if self.remedy else ""
        who = f"({self.who})" if self.who else ""
        return f"{self.where}:{self.what}{act}{who}"

    def __str__(self) -> str:
        return f"{self.level}  {self.told}"

    @property
    def document(self) -> dict[str, str]:
        """The same for a script."""
        return {
            "level": self.level.value,
            "where": self.where,
            "what": self.what,
            "remedy": self.remedy,
            "who": self.who,
        }


def fine(where: str, what: str) -> Check:
    """Nothing to do."""
    return Check(Level.SOUND, where, what)


def trouble(where: str, what: str, remedy: str, who: str = SYSTEM) -> Check:
    """It does not live through next week unless `who` does `remedy`."""
    return Check(Level.TROUBLE, where, what, remedy, who)


def unset(where: str, what: str, remedy: str, who: str = SYSTEM) -> Check:
    """The office does without: said with its consequence, and no failure."""
    return Check(Level.UNSET, where, what, remedy, who)


@dataclass(frozen=True)
class Bed:
    """What a family looks at: the parts, and the present second."""

    parts: Parts
    now: int


Family = Callable[[Bed], Iterator[Check]]
FAMILIES: Final[Registry[Family]] = Registry("monitor.runs.checks")
"""One file a family in monitor/runs/checks."""


def family(name: str) -> Callable[[Family], Family]:
    """Join the doctor's round under `name`, which also orders it."""
    return lambda looks: FAMILIES.add(name, looks)
