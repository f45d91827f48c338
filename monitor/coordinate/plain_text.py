"""Texts as they are compared: half-width, lower case, without spaces, signs and emoji."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize


class _Folding(dict[int, str]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = normalize("NFKC", chr(code)).casefold()
        self[code] = kept = "".join(each for each in found if each.isalnum())
        return kept


FOLDING: Final = _Folding()


def folded(text: str) -> str:
    """The characters that count. Character by character, so that positions can be told."""
    return text.translate(FOLDING)


@dataclass(frozen=True, slots=True)
class Plain:
    """A folded text that knows where each of its characters stood: `at` is as long as `text`."""

    text: str
    at: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text as it was written; empty for an empty one."""
        if start >= end:
            where = self.at[start] if start < len(self.at) else self._end
            return where, where
        return self.at[start], self.at[end - 1] + 1

    def folded(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the folded text that a stretch of the written one became."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    @property
    def _end(self) -> int:
        return self.at[-1] + 1 if self.at else 0


def plain(text: str) -> Plain:
    """The folded text with its positions."""
    pieces = [FOLDING[ord(each)] for each in text]
    at = tuple(where for where, piece in enumerate(pieces) for _ in piece)
    return Plain("".join(pieces), at)
