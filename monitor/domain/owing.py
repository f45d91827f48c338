"""What units owe an assessment, and the letters 催补函 that ask them for it in writing."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.instants import OPEN

NAME: Final = "催补"
"""The kind of task behind the receipt link of a letter, and the word of its number."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is missing of one account of a unit: the measurements, and why, as they were frozen."""

    unit_id: int
    unit: str
    unit_name: str
    path: str
    account_id: int
    account: str
    platform: str
    measures: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one unit: `facts` are the frozen words it is made of, under `sha256`, `template`
    the hash of the Word file it was issued with; seconds, `withdrawn_at` a stamp."""

    id: int
    period: str
    unit_id: int
    number: str
    accounts: tuple[int, ...]
    facts: str
    sha256: str
    template: str
    issued_at: int
    due_at: int
    withdrawn_at: int = OPEN

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at == OPEN
