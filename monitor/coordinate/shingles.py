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

Single characters are counted in half the time of pairs. By the same bounds L >= c (m + k) / 2 is at
least c m / (2 - c), and each of the L has a place of its own in either text. Where long texts are
sought, those are counted first; short ones are held by any long text, so that pairs come at once.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from operator import add
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

LEAST: Final = 67
"""Below this cut-off shared pairs prove nothing."""
SLACK: Final = 1e-9
"""So that rounding never asks for one place more than the bound does."""
LANE: Final = 32
"""Bits in which the places of one sought text are counted: a sum of all stands in one number."""
NARROW: Final = 16
"""The same for places that are counted once each, and the longest text they can be counted in."""
MANY: Final = 1 << (NARROW - 1)
FEW: Final = 2
"""So many texts are sooner asked of RapidFuzz than looked at by pairs."""
LONG: Final = 40
"""Texts of so many characters are worth looking for by characters first."""


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


def least(length: int, cutoff: float) -> int:
    """How many characters of the shorter text, of `length`, stand in both (at least 0)."""
    c = cutoff / 100
    return max(0, ceil(c * length / (2 - c) - SLACK))


class _Characters:
    """Which of some long texts share enough characters with another to be worth a closer look."""

    def __init__(self, texts: Sequence[str], cutoff: float) -> None:
        self._cutoff = cutoff
        self._asked: dict[int, int] = {}
        self._held: dict[str, int] = {}
        for number, text in enumerate(texts):
            for character in set(text):
                self._held[character] = self._held.get(character, 0) + (1 << NARROW * number)
        self._ones = sum(1 << NARROW * number for number in range(len(texts)))
        self._full = self._ones << (NARROW - 1)
        self._short = self._full - sum(
            min(MANY, least(len(each), cutoff)) << NARROW * number
            for number, each in enumerate(texts)
        )

    def few(self, text: str) -> list[int] | None:
        """Those that may be alike, where they are few enough to be asked one by one: of the shorter
        of two so many places are shared, and as many of the longer. None where nothing was won."""
        length = len(text)
        if length >= MANY:
            return None
        shared = sum(filter(None, map(self._held.get, text)))
        asked = self._asked.get(length)
        if asked is None:
            asked = self._full - least(length, self._cutoff) * self._ones
            self._asked[length] = asked
        flags = (shared + self._short | shared + asked) & self._full
        if not flags:
            return []
        found = _numbers(flags, NARROW)
        return found if len(found) <= FEW else None


class Shingles:
    """Texts that are sought in many others, by the pairs of characters they hold."""

    def __init__(self, texts: Sequence[str], cutoff: float) -> None:
        """Folded texts, none empty; `cutoff` in percent, at least 67."""
        if cutoff < LEAST:
            raise ValueError(f"a cut-off below {LEAST} has no bound")
        self._texts = tuple(texts)
        self._cutoff = cutoff
        self._places = tuple(Counter(_pairs(each)) for each in texts)
        self._asked = tuple(needed(len(each), cutoff) for each in texts)
        whole = bool(texts) and min(map(len, texts)) >= LONG
        self._characters = _Characters(texts, cutoff) if whole else None
        self._held: dict[str, int] = {}
        for number, places in enumerate(self._places):
            for pair, times in places.items():
                self._held[pair] = self._held.get(pair, 0) + (times << LANE * number)
        self._ones = sum(1 << LANE * number for number in range(len(texts)))
        self._full = self._ones << (LANE - 1)
        self._short = self._full - sum(
            asked << LANE * number for number, asked in enumerate(self._asked)
        )

    def alike(self, text: str) -> Iterator[Likeness]:
        """The sought texts that are alike to `text`, as RapidFuzz scores them; none for ''."""
        for number in self._possible(text) if text else ():
            if (found := self.likeness(number, text)) is not None:
                yield found

    def likeness(self, number: int, text: str) -> Likeness | None:
        """How alike one sought text and `text` are; None below the cut-off."""
        found = partial_ratio_alignment(self._texts[number], text, score_cutoff=self._cutoff)
        if found is None or found.score < self._cutoff:
            return None
        stretches = (found.src_start, found.src_end, found.dest_start, found.dest_end)
        return Likeness(number, found.score, *stretches)

    def _possible(self, text: str) -> list[int]:
        """Those the bound does not rule out.

        First all at once: every place of `text` adds how often each sought text holds its pair,
        which is never less than the places shared, of the one or the other. A lane whose highest
        bit is set by that sum and what it lacks has reached the bound. Then one by one, exactly.
        """
        few = None if self._characters is None else self._characters.few(text)
        if few is not None:
            return few
        shared = sum(filter(None, map(self._held.get, _pairs(text))))
        asked = needed(len(text), self._cutoff)
        lanes = shared + self._short | shared + self._full - asked * self._ones
        likely = _numbers(lanes & self._full)
        places = Counter(_pairs(text)) if likely else Counter[str]()
        return [each for each in likely if self._shares(each, len(text), places)]

    def _shares(self, number: int, length: int, places: Counter[str]) -> bool:
        """Whether enough places of the shorter text are shared; of either of two as long."""
        held, size = self._places[number], len(self._texts[number])
        if size <= length:
            ours = sum(times for pair, times in held.items() if pair in places)
            if ours >= self._asked[number]:
                return True
        if size < length:
            return False
        theirs = sum(times for pair, times in places.items() if pair in held)
        return theirs >= needed(length, self._cutoff)


def _pairs(text: str) -> Iterator[str]:
    return map(add, text, text[1:])


def _numbers(flags: int, lane: int = LANE) -> list[int]:
    """The numbers of the lanes whose highest bit is set."""
    found = []
    while flags:
        lowest = flags & -flags
        found.append(lowest.bit_length() // lane - 1)
        flags ^= lowest
    return found
