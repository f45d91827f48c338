"""Pieces 语句: a release taken apart, so that a shortened text is known by its sentences."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.coordinate.plain_text import folded
from monitor.coordinate.shingles import Shingles
from monitor.domain.matching import Release

ENDS: Final = re.compile(r"[。!?！？;；|\uff5c\n\r]+|(?<!\d)[:：]|[:：](?!\d)")
"""Where a sentence ends, or a label before one; a time of day is whole."""
SHORTEST: Final = 10
"""Shorter sentences stand in any text."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many characters of a post are sentences of one release, and whether its title is."""

    characters: int = 0
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A folded title or sentence of the release with that number."""

    owner: int
    text: str
    title: bool = False


def pieces(number: int, release: Release) -> Iterator[Piece]:
    """The title and the sentences that say enough, each once."""
    title = folded(release.title)
    parts = dict.fromkeys(folded(each) for each in ENDS.split(release.text))
    if len(title) >= SHORTEST:
        yield Piece(number, title, title=True)
    yield from (Piece(number, each) for each in parts if len(each) >= SHORTEST and each != title)


class Pieces:
    """The titles and sentences of many releases."""

    def __init__(self, releases: Sequence[Release], cutoff: float) -> None:
        every = [each for number, it in enumerate(releases) for each in pieces(number, it)]
        self._pieces = every
        self._shingles = Shingles([each.text for each in every], cutoff)

    def shared(self, text: str) -> dict[int, Shared]:
        """By the number of each release, what of it stands in a folded post."""
        taken: dict[int, set[int]] = defaultdict(set)
        titled: set[int] = set()
        for found in self._shingles.alike(text):
            piece = self._pieces[found.sought]
            taken[piece.owner].update(range(found.other_start, found.other_end))
            if piece.title:
                titled.add(piece.owner)
        return {owner: Shared(len(each), owner in titled) for owner, each in taken.items()}
