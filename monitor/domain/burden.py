"""Burden 基层负担: what is asked of units in a week, counted by sort, and how much is allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.errors import Conflict, InputError


class Sort(StrEnum):
    """What a unit is burdened with, as the meter counts it."""

    FORM = "填报"
    TASK = "协同"
    URGE = "催办"
    CASE = "整改"


PER_MATTER: Final = frozenset({Sort.URGE})
"""What is counted for each matter by itself; the rest is counted for a unit."""
CAPS: Final[Mapping[Sort, int]] = {Sort.FORM: 1, Sort.TASK: 3, Sort.URGE: 1}
"""So many a week unless the office sets others (本厅设定); what is not named has no cap: a 整改单
answers a finding, and is counted without being limited."""
MOST: Final = 20
"""No cap, and no single allowance, is larger."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one unit was given of one sort in a week: of one matter where that is how it counts,
    `matter` else ''. `extra` is what was allowed beyond the cap."""

    sort: Sort
    unit_id: int
    unit_name: str
    matter: str
    issued: int
    extra: int = 0

    def over(self, caps: Mapping[Sort, int]) -> bool:
        """Whether it is more than cap and allowances together."""
        return self.sort in caps and self.issued > caps[self.sort] + self.extra


class CapReached(Conflict):
    """Issuing it would burden units beyond the week's cap; nothing was issued."""


def refusal(over: tuple[Load, ...], caps: Mapping[Sort, int]) -> CapReached:
    """The words for it: which cap, how many it would be, where, and who may allow more.

    `over` holds one load at least, all of one sort.
    """
    worst = max(over, key=lambda each: each.issued - each.extra)
    sort = worst.sort
    each = "每件" if sort in PER_MATTER else "每个单位"
    names = sorted({one.unit_name for one in over})
    where = names[0] if len(names) == 1 else f"{names[0]}等{len(names)}个单位"
    return CapReached(
        f"本周{sort}已达上限:{each}每周{caps[sort] + worst.extra}次,"
        f"已下达{worst.issued - 1}次,本次将为第{worst.issued}次",
        where,
        "确需下达的,请科室负责人在“基层负担”页写明理由、准予超限后再办",
    )


def read_caps(told: Mapping[str, object]) -> dict[Sort, int]:
    """Caps as they were kept or typed; InputError where one is no number from 1 to `MOST`."""
    found = dict(CAPS)
    for name, value in told.items():
        if name not in CAPS or not isinstance(value, int) or not 0 < value <= MOST:
            raise InputError("上限应为整数", f"{name}:{value}", f"填1至{MOST}")
        found[Sort(name)] = value
    return found
