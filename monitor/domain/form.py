"""Form 表: a pre-filled workbook sent to one unit, and whether it came back (回收情况)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FORM_MARK: Final = "sentinel-form"
"""What the hidden sheet of a form begins with."""
HIDDEN_SHEET: Final = "_sentinel"


class FormState(StrEnum):
    """Where one unit's form stands."""

    OUT = "未交"
    RETURNED = "已交"
    FAULTY = "有误"


@dataclass(frozen=True, slots=True)
class Round:
    """One distribution 分发: which forms were sent to the units of a level; seconds."""

    id: int
    title: str
    level: str
    due_at: int
    sent_at: int


@dataclass(frozen=True, slots=True)
class Form:
    """One unit's form. `path` is the unit's sub-tree, all that the form speaks for.

    `accounts` is how many the last returned workbook named; `problems` are whole sentences.
    """

    id: int
    round_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    region_name: str
    path: str
    token: str
    state: FormState
    accounts: int = 0
    problems: tuple[str, ...] = ()
    file: str = ""
    returned_at: int | None = None
