"""Matching 比对: whether a post is a release, by what, and where it says something else."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a post is the release. 待人工: a person looks."""

    SAME = "是"
    UNSURE = "待人工"
    OTHER = "否"


class Method(StrEnum):
    """By what it was recognised."""

    LINK = "官方链接"
    TAG = "话题"
    TEXT = "文本"


class Where(StrEnum):
    """In which part of a post words of the release stand."""

    TITLE = "标题"
    TEXT = "正文"
    BOTH = "标题和正文"


@dataclass(frozen=True, slots=True)
class Release:
    """One approved text. A release with a text for each platform is several with the same `id`.

    `links` are official addresses that only this release has, `tags` its own topics with or without
    #, `facts` the (name, value) of what must be said alike, `regions` the places it is of, as its
    text calls them ("荆州市"); none where it is of the whole province.
    """

    id: int
    title: str
    text: str
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """Title and text, as positions count."""
        return joined(self.title, self.text)


@dataclass(frozen=True, slots=True)
class Published:
    """A post to be compared. `at` is the second it was published, `links` those it holds."""

    id: int
    account: int
    title: str
    text: str = ""
    links: tuple[str, ...] = ()
    at: int | None = None

    @property
    def whole(self) -> str:
        """Title and text, as positions count; the title once where the text begins with it."""
        return joined(self.title, self.text)

    @property
    def titled(self) -> int:
        """So many characters of `whole` are the title, where it is told apart from the text."""
        if not self.title or self.text.startswith(self.title):
            return 0 if self.text else len(self.title)
        return len(self.title)


@dataclass(frozen=True, slots=True)
class Passage:
    """Half-open stretches of characters of `Release.whole` and `Published.whole` that are alike."""

    start: int
    end: int
    post_start: int
    post_end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """内容有出入: a fact of the release that the post states otherwise, and where in both."""

    kind: str
    approved: str
    said: str
    place: Passage


@dataclass(frozen=True, slots=True)
class Match:
    """A post held against a release. `score` is 0 to 100; `passage` and `where` it stands None
    where no text is alike."""

    release: int
    post: int
    verdict: Verdict
    score: float
    method: Method | None = None
    passage: Passage | None = None
    differences: tuple[Difference, ...] = ()
    where: Where | None = None


def joined(title: str, text: str) -> str:
    """A title above its text; once where the text begins with it, or is all there is."""
    if not title or text.startswith(title):
        return text
    return f"{title}\n{text}" if text else title
