"""A typed reason 事由、用途、理由: why somebody looked or took away; the audit has its number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError


class Label(StrEnum):
    """What the field is called."""

    CAUSE = "事由"
    PURPOSE = "用途"
    GROUND = "理由"


@dataclass(frozen=True, slots=True)
class Mark:
    """A reason as other records name it: by its number alone."""

    label: Label
    id: int

    def __str__(self) -> str:
        return f"{self.label}:第{self.id}号"


@dataclass(frozen=True, slots=True)
class Field:
    """How a reason is asked for: its label, how many characters at least and most, an example."""

    label: Label
    shortest: int
    longest: int
    example: str

    def checked(self, typed: str) -> str:
        """What was typed without blanks around it; InputError where it is unfit, and repeats
        nothing of it."""
        text = typed.strip()
        refuse_marked({self.label: text})
        if not self.shortest <= len(text) <= self.longest or not text.isprintable():
            told = f"请填写{self.label},{self.shortest}到{self.longest}个字"
            raise InputError(told, self.label, self.example)
        return text


_MARK: Final = re.compile(rf"({'|'.join(Label)}):第(\d+)号")


def marks(told: str) -> Iterator[Mark]:
    """The reasons an audit entry names."""
    for found in _MARK.finditer(told):
        yield Mark(Label(found[1]), int(found[2]))


def spelled(told: str, texts: Mapping[int, str], gone: str) -> str:
    """An entry with the reasons themselves in place of their numbers; `gone` for one not there."""
    return _MARK.sub(lambda found: f"{found[1]}:{texts.get(int(found[2]), gone)}", told)
