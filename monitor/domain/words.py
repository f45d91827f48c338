"""词语提示: words and patterns that deserve a look where a title holds them; never a verdict."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from unicodedata import normalize

OWN: Final = "词表"
"""The source of hints from the office's own list and the shipped one."""
SHORTEST: Final = 2
LONGEST: Final = 30
MOST: Final = 5000


class Decision(StrEnum):
    """What a person said of a hint."""

    SEEN = "已看过"
    NO_MATTER = "不是问题"


@dataclass(frozen=True, slots=True)
class Word:
    """A word to be pointed at, and what sort of word it is."""

    text: str
    category: str


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a text. A number is shown by its kind, never repeated."""

    word: str
    category: str


@dataclass(frozen=True, slots=True)
class Text:
    """What is looked through: the title of a post, by the post's key."""

    key_id: int
    account_id: int
    text: str


class WordList:
    """Words by their first two characters, and patterns; a text is looked through once."""

    def __init__(
        self, words: Iterable[Word], patterns: Mapping[str, Sequence[re.Pattern[str]]]
    ) -> None:
        self._by_start: dict[str, list[tuple[str, Word]]] = {}
        self._patterns = patterns
        for each in words:
            plain = plainly(each.text)
            self._by_start.setdefault(plain[:SHORTEST], []).append((plain, each))

    def find(self, text: str) -> tuple[Found, ...]:
        """What the text holds, each once, words before patterns."""
        plain = plainly(text)
        found = dict.fromkeys([*self._words(plain), *self._numbers(normalize("NFKC", text))])
        return tuple(found)

    def _words(self, plain: str) -> Iterator[Found]:
        for at in range(len(plain) - 1):
            for word, each in self._by_start.get(plain[at : at + SHORTEST], ()):
                if plain.startswith(word, at):
                    yield Found(each.text, each.category)

    def _numbers(self, text: str) -> Iterator[Found]:
        for category, patterns in self._patterns.items():
            if any(each.search(text) for each in patterns):
                yield Found(category, category)


def plainly(text: str) -> str:
    """Half-width, lower case, without the white space that hides a word."""
    return "".join(normalize("NFKC", text).split()).casefold()
