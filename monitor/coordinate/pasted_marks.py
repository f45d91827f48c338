"""What a reply says apart from who says it: platforms, links, and whether it was published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from monitor.coordinate.pasted_words import (
    BY_NAME,
    DONE,
    EVERY,
    EXCUSE,
    HOSTS,
    NICKNAMES,
    NO_PLATFORM,
    NOT_YET,
    NOWHERE,
    PATHS,
    WORDS,
)
from monitor.domain.receipt import LONGEST_URL

_WEB: Final = r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|cn|net|tv|org)"
LINK: Final = re.compile(
    rf"https?://[!-~]+|(?<![\w@.-]){_WEB}/[!-~]+|(?<![\w@.-])(?:www|mp|v|m)\.{_WEB}", re.IGNORECASE
)
ADDRESS: Final = re.compile(
    r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:]*)(?::\d*)?(?P<path>[^?#]*)", re.IGNORECASE
)
TRAILING: Final = ".,;:!?)]}'\"<>|*"
BREAKS: Final = re.compile(r"[<>\"'\\|]")
ASCII_WORD: Final = re.compile(r"[a-z]+")
CLAUSE: Final = re.compile(r"[,;。!\n;]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it may be kept; `platform` by whose page it is, '' where that is nobody's."""

    url: str
    platform: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a reply says: platforms with a link each (or ''), whether that was said at all, links
    without a platform, platforms said not to be out, and the words left over for the name."""

    out: tuple[tuple[str, str], ...] = ()
    unsaid: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    every: bool = False
    done: bool = False
    refused: bool = False
    excuse: bool = False
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """One word or link: platforms it names, or what it says of them."""

    sort: str
    platforms: tuple[str, ...] = ()
    url: str = ""


def platform_of(url: str) -> str:
    """The platform whose page an address is; '' where it is none we know."""
    found = ADDRESS.match(url)
    host, below = (found["host"].lower(), found["path"]) if found else ("", "")
    for end, path, platform in PATHS:
        if host == end and below.startswith(path):
            return platform
    names = host.split(".")
    ends = (".".join(names[place:]) for place in range(len(names)))
    return next((HOSTS[end] for end in ends if end in HOSTS), "")


def half_width(text: str) -> str:
    """A text as it is read: half-width, lower case but for links, without marks of emoji."""
    found = normalize("NFKC", text)
    return found.translate({0xFE0F: None, 0x20E3: None, 0x200B: None, 0xFEFF: None})


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The links of a half-width text: where they stand, and as they may be kept."""
    for found in LINK.finditer(text):
        raw = BREAKS.split(found.group())[0]
        kept = raw.rstrip(TRAILING)
        scheme, mark, rest = kept.partition("://")
        url = f"{scheme.lower()}://{rest}" if mark else f"https://{kept}"
        if len(kept) > len("http://"):
            yield found.start(), found.start() + len(kept), url


def without_links(text: str) -> str:
    """The text with a blank for each character of its links."""
    found = text
    for start, end, _ in spans(text):
        found = f"{found[:start]}{' ' * (end - start)}{found[end:]}"
    return found


def read(text: str, names: tuple[tuple[int, int], ...] = ()) -> Marks:
    """What a half-width text says; `names` are stretches that name somebody and say nothing."""
    links = list(spans(text))
    hidden = without_links(text).casefold()
    for start, end in names:
        hidden = f"{hidden[:start]}{' ' * (end - start)}{hidden[end:]}"
    marks: list[tuple[int, _Mark]] = [
        (start, _Mark("link", (platform_of(url),), url))
        for start, _, url in links
        if len(url) <= LONGEST_URL
    ]
    marks += [(found.start(), _Mark("break")) for found in CLAUSE.finditer(hidden)]
    marks += list(_words(hidden))
    marks.sort(key=lambda each: each[0])
    grammar = _Grammar()
    for _, mark in marks:
        grammar.take(mark)
    return grammar.told(too_long=any(len(url) > LONGEST_URL for *_, url in links))


def _words(text: str) -> Iterator[tuple[int, _Mark]]:
    for found in WORDS.finditer(text):
        word, around = found.group(), text[found.start() - 1 : found.end() + 1].strip()
        if ASCII_WORD.fullmatch(word) and ASCII_WORD.fullmatch(around) and around != word:
            continue
        yield found.start(), _mark(word)


def _mark(word: str) -> _Mark:
    for words, sort in (
        (NO_PLATFORM, "nothing"),
        (EVERY, "every"),
        (EXCUSE, "excuse"),
        (NOT_YET, "not"),
        (DONE, "done"),
    ):
        if word in words:
            return _Mark(sort)
    return _Mark("platform", NICKNAMES.get(word) or (BY_NAME[word],))


class _Grammar:
    """Platforms wait for what is said of them: 微博、抖音已发 · 已发:微博,抖音 · 抖音未发."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._lead = ""
        self._out: dict[str, str] = {}
        self._more: list[tuple[str, str]] = []
        self._unsaid: list[str] = []
        self._loose: list[str] = []
        self._not: list[str] = []
        self._seen: set[str] = set()
        self._done = False

    def take(self, mark: _Mark) -> None:
        """The next word or link."""
        self._seen.add(mark.sort)
        if mark.sort == "nothing":
            self._waiting.append(NOWHERE)
        elif mark.sort == "platform":
            self._waiting += [each for each in mark.platforms if each not in self._waiting]
        elif mark.sort in ("done", "not"):
            self._status(mark.sort)
        elif mark.sort == "link":
            self._link(mark.platforms[0], mark.url)
        elif mark.sort == "break" and self._waiting and self._lead:
            self._settle(self._lead)

    def told(self, *, too_long: bool) -> Marks:
        """What all of it says together."""
        if self._waiting:
            self._settle(self._lead or "unsaid")
        out = [*self._out.items(), *self._more]
        linked = {platform for platform, url in out if url}
        said = {platform for platform, _ in out}
        return Marks(
            out=tuple(out),
            unsaid=tuple(each for each in dict.fromkeys(self._unsaid) if each not in said),
            loose=tuple(self._loose),
            not_yet=tuple(each for each in dict.fromkeys(self._not) if each not in linked),
            every="every" in self._seen,
            done=self._done,
            refused="not" in self._seen,
            excuse="excuse" in self._seen,
            too_long=too_long,
        )

    def _status(self, sort: str) -> None:
        self._done |= sort == "done" and set(self._waiting) != {NOWHERE}
        if self._waiting:
            self._settle(sort)
            self._lead = ""
        else:
            self._lead = sort

    def _settle(self, sort: str) -> None:
        for platform in self._waiting:
            if platform == NOWHERE:
                continue
            if sort == "done":
                self._out.setdefault(platform, "")
            elif sort == "not":
                self._not.append(platform)
            else:
                self._unsaid.append(platform)
        self._waiting = []

    def _link(self, platform: str, url: str) -> None:
        """A link stands for itself; one of nobody's page belongs to the platform named before."""
        if not platform:
            self._waiting = [each for each in self._waiting if each != NOWHERE]
            named = [*self._waiting, *(each for each, kept in self._out.items() if not kept)]
            if not named:
                self._loose.append(url)
                return
            platform = self._waiting[-1] if self._waiting else named[-1]
        if platform in self._waiting:
            self._waiting.remove(platform)
        if self._out.get(platform):
            self._more.append((platform, url))
        else:
            self._out[platform] = url
