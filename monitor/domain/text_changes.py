"""Versions of a text side by side: which words went and which came, pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

WORD: Final = re.compile(r"[A-Za-z0-9.%/:-]+|\s+|.", re.DOTALL)
"""A number or a Latin word changes as a whole, Chinese by the character."""
LONGEST: Final = 8000
"""Changed lines longer than this together are shown as changed whole: words would take too long."""
ISLAND: Final = 2
"""So few unchanged characters between two changes are shown with them, to be read in one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stayed (`old` equals `new`), or what stood there before and stands now."""

    old: str
    new: str

    @property
    def changed(self) -> bool:
        """Whether the two versions differ here."""
        return self.old != self.new


def changes(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts cut into the same stretches: the olds, joined, are the one, the news the other."""
    found: list[Piece] = []
    for block in _cut(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if block.changed and len(block.old) + len(block.new) <= LONGEST:
            found += _bridged(_cut(WORD.findall(block.old), WORD.findall(block.new)))
        else:
            found.append(block)
    return tuple(found)


def _cut(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        Piece("".join(before[a:b]), "".join(after[c:d])) for _, a, b, c, d in matcher.get_opcodes()
    ]


def _bridged(cut: Sequence[Piece]) -> Iterator[Piece]:
    """Changes that only a character or two keep apart, as one."""
    held: list[Piece] = []
    for place, piece in enumerate(cut):
        short = not piece.changed and len(piece.old) <= ISLAND and not piece.old.isspace()
        if piece.changed or (held and short and place + 1 < len(cut)):
            held.append(piece)
            continue
        yield from _one(held)
        held = []
        yield piece
    yield from _one(held)


def _one(held: Sequence[Piece]) -> Iterator[Piece]:
    if held:
        yield Piece("".join(each.old for each in held), "".join(each.new for each in held))
