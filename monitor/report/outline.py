"""Outline 提纲: what a digest says, before it is plain text, HTML or a message to a group."""

from dataclasses import dataclass
from typing import Final

NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: what it is about, what is said of it, and the page behind it."""

    about: str
    said: str = ""
    link: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self.about} {self.said}".rstrip()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a digest that has something to say: a lead, and lines beneath it.

    `group` is what a message to a group says of it, names of accounts left out; '' says nothing.
    """

    title: str
    lead: str
    lines: tuple[Line, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole digest. `marks` stand above all else, `notes` at its foot; a quiet one has `points`
    of one line and no sections."""

    subject: str
    heading: str
    points: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    quiet: bool = False


def numbered(place: int) -> str:
    """`一`, `十一`: the numeral a section goes by, counted from 1."""
    if place <= len(NUMERALS):
        return NUMERALS[place - 1]
    return f"十{NUMERALS[place - 11]}"
