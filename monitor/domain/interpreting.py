"""政策解读清单: the documents a quarter's interpretations are owed for, and who owes which."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST: Final = 8
"""So many documents of a quarter at most: the list is there to be worked off."""

TOGETHER: Final = 1
"""Within a working day of its document an interpretation came out together with it."""


class State(StrEnum):
    """Where a quarter's list stands."""

    DRAFT = "拟定中"
    FINAL = "已定稿"


@dataclass(frozen=True, slots=True)
class Document:
    """A document to be interpreted: `issued` is the first second of its Shanghai day, `unit` the
    code of who drafted it and therefore interprets it (谁起草谁解读)."""

    number: str
    title: str
    issued: int
    unit: str

    @property
    def label(self) -> str:
        """文号 and 名称, as an interpretation names it."""
        return f"{self.number}《{self.title}》"


@dataclass(frozen=True, slots=True)
class Duty:
    """What one unit owes of one document: it drafted it, or its accounts had a task of the
    interpretation. `out` says that something was published, `published` the platform's second
    (None while only the unit says so: `own_word`); `unseen` that nobody could look, `excused` that
    it was left out."""

    document: int
    unit: str
    issued: int
    out: bool = False
    published: int | None = None
    own_word: bool = False
    unseen: bool = False
    excused: bool = False
