"""Shingles 字串: which texts may be alike at all, by the pairs of characters they share.

RapidFuzz's `partial_ratio` lays the shorter text, of m characters, against windows of the longer
one of k <= m characters, and its likeness is 2 L / (m + k), where L characters stand in both in the
same order. Let it be at least c. Then 2 L >= c (m + k), and as L <= k, also k >= c m / (2 - c).

Of the L - 1 neighbours among the common characters, one pair is torn apart only where a character
of the one or the other text stands between them, and there are m + k - 2 L such characters. So at
least L - 1 - (m + k - 2 L) = 3 L - m - k - 1 pairs of neighbours are neighbours in both texts, each
at a place of its own in the shorter one. With both bounds, and c >= 2/3, that is at least

    (3 c - 2) m / (2 - c) - 1.

A pair of texts that shares fewer places is not alike, whatever RapidFuzz would have to work out to
say so; nothing above the cut-off is ever passed over.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

LEAST: Final = 67
"""Below this cut-off shared pairs prove nothing."""
SLACK: Final = 1e-9
"""So that rounding never asks for one place more than the bound does."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Score 0 to 100 and the stretches that are alike: in the sought text, and in the other."""

    sought: int
    score: float
    start: int
    end: int
    other_start: int
    other_end: int


def needed(length: int, cutoff: float) -> int:
    """How many places of the shorter text, of `length` characters, must be shared (at least 0)."""
    c = cutoff / 100
    return max(0, ceil((3 * c - 2) * length / (2 - c) - 1 - SLACK))


class Shingles:
    """Texts that are sought in many others, by the pairs of characters they hold."""

    def __init__(self, texts: Sequence[str], cutoff: float) -> None:
        """Folded texts, none empty; `cutoff` in percent, at least 67."""
        if cutoff < LEAST:
            raise ValueError(f"a cut-off below {LEAST} has no bound")
        self._texts = tuple(texts)
        self._cutoff = cutoff
        self._needed = tuple(needed(len(each), cutoff) for each in texts)
        self._held: dict[str, list[tuple[int, int]]] = {}
        for number, text in enumerate(self._texts):
            for pair, times in Counter(_pairs(text)).items():
                self._held.setdefault(pair, []).append((number, times))

    def alike(self, text: str) -> Iterator[Likeness]:
        """The sought texts that are alike to `text`, as RapidFuzz scores them; none for ''."""
        for number in self._possible(text):
            found = partial_ratio_alignment(self._texts[number], text, score_cutoff=self._cutoff)
            if found is not None and found.score >= self._cutoff:
                yield Likeness(
                    number,
                    found.score,
                    found.src_start,
                    found.src_end,
                    found.dest_start,
                    found.dest_end,
                )

    def _possible(self, text: str) -> list[int]:
        """Those the bound does not rule out. The shorter text is the one whose places count."""
        if not text:
            return []
        size = len(self._texts)
        ours, theirs = [0] * size, [0] * size
        held = self._held
        for pair, times in Counter(_pairs(text)).items():
            for number, own in held.get(pair, ()):
                ours[number] += own
                theirs[number] += times
        asked, length = needed(len(text), self._cutoff), len(text)
        return [
            number
            for number, sought in enumerate(self._texts)
            if (len(sought) <= length and ours[number] >= self._needed[number])
            or (len(sought) >= length and theirs[number] >= asked)
        ]


def _pairs(text: str) -> Iterator[str]:
    return map(str.__add__, text, text[1:])
