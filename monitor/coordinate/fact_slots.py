"""内容有出入: facts of a release held against what stands in their place in a post.

What a post leaves out is no difference. What it says otherwise is: where the words before and after
a fact stand in both texts, and between them something else of the same kind.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from monitor.coordinate.fact_tokens import FULL_WIDTH, Token, tokens
from monitor.coordinate.plain_text import Plain
from monitor.domain.matching import Difference, Passage

NEAR: Final = 6
"""A word that stands in both texts holds a fact in its place from no farther, in characters."""
LONGEST: Final = 12
"""So much longer than what was approved may be what is said in its place."""
MORE: Final = 4
"""So much longer may another name be than the one in whose place it stands."""
PLACE: Final = "地点"


@dataclass(frozen=True, slots=True)
class Compared:
    """Facts that stand in both texts: how many are said alike, and those said otherwise."""

    alike: int
    differences: tuple[Difference, ...]


class Aligned:
    """Two texts laid side by side, character by character."""

    def __init__(self, approved: str, said: str, plains: tuple[Plain, Plain]) -> None:
        self.approved, self.said = approved, said
        self._ours, self._theirs = plains
        ours, theirs = self._ours.text, self._theirs.text
        self._to = [-1] * len(ours)
        for each in Indel.opcodes(ours, theirs):
            if each.tag == "equal":
                span = range(each.dest_start, each.dest_end)
                self._to[each.src_start : each.src_end] = span

    def shared(self, start: int, end: int) -> int:
        """How many characters of the release stand in [start, end) of the post."""
        first, last = self._theirs.folded(start, end)
        return sum(first <= to < last for to in self._to)

    def passage(self, begin: int = 0) -> Passage | None:
        """From the first to the last character that both have in common, of those that stand in the
        post from `begin` on; None without any."""
        first, _ = self._theirs.folded(begin, begin)
        kept = [at for at, to in enumerate(self._to) if to >= first]
        if not kept:
            return None
        ours = self._ours.original(kept[0], kept[-1] + 1)
        theirs = self._theirs.original(self._to[kept[0]], self._to[kept[-1]] + 1)
        return Passage(*ours, *theirs)

    def between(self, start: int, end: int) -> tuple[int, int] | None:
        """What stands in the post between the very words that enclose [start, end) of the release;
        None where they do not stand there, or enclose nothing or too much."""
        first, last = self._ours.folded(start, end)
        left = self._run(first - 2, first) or self._edge(first - 1, 0)
        right = self._run(last, last + 2) or self._edge(last, len(self._theirs.text) - 1)
        if left is None or right is None or not 0 < right[0] - left[-1] - 1 <= last - first + MORE:
            return None
        return self._theirs.original(left[-1] + 1, right[0])

    def _run(self, first: int, end: int) -> list[int] | None:
        """Where a stretch of the release stands in the post, whole and unbroken."""
        there = self._to[max(first, 0) : end]
        if len(there) < end - first or there[0] < 0:
            return None
        return there if there == list(range(there[0], there[0] + len(there))) else None

    def _edge(self, where: int, end: int) -> list[int] | None:
        """One character is enough where the post begins or ends with it."""
        there = 0 <= where < len(self._to) and self._to[where] == end
        return [end] if there else None

    def opposite(self, start: int, end: int) -> tuple[int, int] | None:
        """What stands in the post where [start, end) of the release would, by words on both sides,
        or by those right beside it; None where there are none."""
        first, last = self._ours.folded(start, end)
        left = self._anchor(range(first - 1, max(first - 1 - NEAR, -1), -1))
        right = self._anchor(range(last, min(last + NEAR, len(self._to))))
        beside = self._run(first - 2, first) or self._run(last, last + 2)
        if not beside and (left is None or right is None):
            return None
        size = last - first
        begin = left + 1 if left is not None else max((right or 0) - size, 0)
        until = right if right is not None else min(begin + size, len(self._theirs.text))
        if until < begin or until - begin > size + LONGEST:
            return None
        return self._theirs.original(begin, until)

    def _anchor(self, where: Iterable[int]) -> int | None:
        """The nearest place of the post that a character of the release stands at, with another
        beside it: one alone may be chance."""
        for each in where:
            beside = [self._to[at] for at in (each - 1, each + 1) if 0 <= at < len(self._to)]
            here = self._to[each]
            if here >= 0 and any(abs(here - other) == 1 and other >= 0 for other in beside):
                return here
        return None


def compare(pair: Aligned, named: Sequence[tuple[str, str]] = ()) -> Compared:
    """Every dated, counted or named fact of the release. `named` are (kind, words) that the text
    of the release holds as they stand."""
    differences, alike = [], 0
    for found in (*_counted(pair), *_named(pair, named)):
        if isinstance(found, Difference):
            differences.append(found)
        else:
            alike += 1
    differences.sort(key=lambda each: (each.place.start, each.place.end))
    return Compared(alike, tuple(differences))


def _counted(pair: Aligned) -> Iterator[Difference | Token]:
    theirs = tokens(pair.said)
    for token in tokens(pair.approved):
        where = pair.opposite(token.start, token.end)
        if where is None:
            continue
        beside = [each for each in theirs if each.start < where[1] and where[0] < each.end]
        same = [each for each in beside if (each.kind, each.sort) == (token.kind, token.sort)]
        if any(token.agrees(each) for each in beside):
            yield token
        elif same:
            yield _difference(pair, token.kind, (token.start, token.end), _span(same))


def _named(pair: Aligned, named: Sequence[tuple[str, str]]) -> Iterator[Difference | str]:
    for kind, words in named:
        for start in _places(pair.approved, words):
            where = pair.between(start, start + len(words))
            if where is None:
                continue
            said = pair.said[slice(*where)]
            if _flat(words) in _flat(said):
                yield words
            else:
                yield _difference(pair, kind, (start, start + len(words)), where)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _flat(text: str) -> str:
    return "".join(text.translate(FULL_WIDTH).split())


def _span(found: Sequence[Token]) -> tuple[int, int]:
    return found[0].start, found[-1].end


def _difference(
    pair: Aligned, kind: str, ours: tuple[int, int], theirs: tuple[int, int]
) -> Difference:
    return Difference(
        kind, pair.approved[slice(*ours)], pair.said[slice(*theirs)], Passage(*ours, *theirs)
    )
