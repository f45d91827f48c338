"""Revealing 查看联系方式: what for, how often an hour, how long a number stands on screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from monitor.domain.errors import InputError
from monitor.domain.reason import Field, Label

OTHER: Final = "其他"
"""The purpose that says nothing by itself: words must follow."""
PURPOSES: Final = ("核实停更原因", "催办或交办", "突发情况联系", "值班通联", "核对台账", OTHER)
MORE: Final = Field(Label.CAUSE, 4, 100, "请写明为什么需要查看,如“核实停更原因”")
SHOWN_SECONDS: Final = 60
"""So long a number stands on the screen; then it is asked for anew."""
PER_HOUR: Final = 30
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Pace:
    """How many numbers one person may look at within an hour (本厅设定)."""

    per_hour: int = PER_HOUR


@dataclass(frozen=True, slots=True)
class Why:
    """A purpose of the list, and what was typed beside it."""

    purpose: str
    more: str = field(default="", repr=False)

    def text(self) -> str:
        """Both as one reason; InputError where the purpose is none, or nothing explains 其他."""
        if self.purpose not in PURPOSES:
            raise InputError("请选择查看用途", "事由", "从列表中选择一项")
        more = self.more.strip()
        if more or self.purpose == OTHER:
            more = MORE.checked(more)
        return f"{self.purpose};{more}" if more else self.purpose


def read_pace(told: Mapping[str, object]) -> Pace:
    """A pace as the office set it; InputError where it is no number from 1 to `MOST`."""
    value = told.get("per_hour", PER_HOUR)
    if not isinstance(value, int) or not 0 < value <= MOST:
        raise InputError("每小时查看上限应为整数", str(value), f"填1至{MOST}")
    return Pace(value)
