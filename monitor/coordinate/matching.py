"""Matching 比对, pure: which posts are which release, by official link, topic and text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.coordinate.fact_slots import PLACE, Aligned, Compared, compare
from monitor.coordinate.fact_tokens import tokens
from monitor.coordinate.pieces import Pieces, Shared
from monitor.coordinate.plain_text import folded, plain
from monitor.coordinate.shingles import Likeness, Shingles
from monitor.domain.matching import Match, Method, Published, Release, Verdict, Where

CUTOFF: Final = 75.0
"""Texts less alike than this are told by their sentences only; percent of `partial_ratio`."""
SURE: Final = 82.0
"""Texts as alike as this are the release."""
SENTENCE: Final = 90.0
"""A title or a sentence counts as found when it is as alike as this."""
SHORTEST: Final = 16
"""So many characters in common say enough for a verdict."""
ENOUGH: Final = 30
"""So many characters of a release's sentences: one that stands in any release is shorter."""
MOSTLY: Final = 0.45
"""A post of which so much is sentences of a release is that release, shortened or framed."""
PARTLY: Final = 0.2
"""A post of which so much is sentences of a release is looked at by a person."""
SAID: Final = 8
"""So many characters of a release in a title, or in a text, are no chance."""
FULL: Final = 100.0
ANOTHER: Final = 2
"""So many facts said otherwise, and half of all, are another event told in the same words."""


NOTHING: Final = Shared()


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one pair. `share` of the post's characters are sentences of the release."""

    alike: Likeness | None = None
    shared: Shared = NOTHING
    share: float = 0.0
    linked: bool = False
    tagged: bool = False

    @property
    def score(self) -> float:
        """0 to 100."""
        if self.linked:
            return FULL
        return max(self.alike.score if self.alike else 0.0, FULL * self.share)


class Releases:
    """Releases ready to be sought in posts; built once for a batch of posts."""

    def __init__(self, releases: Sequence[Release]) -> None:
        self._releases = tuple(releases)
        self._plains = tuple(plain(each.whole) for each in releases)
        self._worded = [number for number, each in enumerate(self._plains) if each.text]
        self._sought = {number: at for at, number in enumerate(self._worded)}
        self._texts = Shingles([self._plains[each].text for each in self._worded], CUTOFF)
        self._pieces = Pieces(releases, SENTENCE)
        self._links = tuple(frozenset(map(address, each.links)) - {""} for each in releases)
        self._tags = tuple(frozenset(map(folded, each.tags)) - {""} for each in releases)

    def matches(self, post: Published) -> list[Match]:
        """The releases this post is or may be (是, 待人工), best first; empty where it is none."""
        held = [self._match(*each, post) for each in self._signs(post).items()]
        kept = [each for each in held if each.verdict is not Verdict.OTHER]
        return sorted(kept, key=lambda each: (each.verdict is not Verdict.SAME, -each.score))

    def _signs(self, post: Published) -> dict[int, Signs]:
        """By the number of each release that anything speaks for, in their order."""
        text = folded(post.whole)
        alike = {self._worded[each.sought]: each for each in self._texts.alike(text)}
        shared = self._pieces.shared(text)
        linked = _meeting(self._links, frozenset(map(address, post.links)))
        tagged = [at for at, tags in enumerate(self._tags) if any(each in text for each in tags)]
        found = sorted({*alike, *shared, *linked, *tagged})
        self._without_title(post, found, alike)
        return {
            number: Signs(
                alike.get(number),
                shared.get(number, NOTHING),
                shared[number].characters / len(text) if number in shared else 0.0,
                number in linked,
                number in tagged,
            )
            for number in found
        }

    def _without_title(
        self, post: Published, found: Sequence[int], alike: dict[int, Likeness]
    ) -> None:
        """A title of its own takes nothing from a text that is the release: of what speaks for a
        pair at all, the text alone is asked too."""
        text = folded(post.text) if post.titled else ""
        for number in found if text else ():
            known, at = alike.get(number), self._sought.get(number)
            if at is not None and (known is None or known.score < SURE):
                alone = self._texts.likeness(at, text)
                if alone is not None and (known is None or alone.score > known.score):
                    alike[number] = alone

    def _match(self, number: int, signs: Signs, post: Published) -> Match:
        release = self._releases[number]
        verdict, method = judged(signs)
        if verdict is Verdict.OTHER:
            return Match(release.id, post.id, verdict, signs.score)
        ours, theirs = self._plains[number], plain(post.whole)
        pair = Aligned(release.whole, post.whole, (ours, theirs))
        compared = compare(pair, named(release))
        if verdict is Verdict.SAME and not signs.linked and another(compared):
            verdict = Verdict.UNSURE
        found = where(pair, post)
        passage = pair.passage(post.titled if found is Where.TEXT else 0)
        return Match(
            release.id, post.id, verdict, signs.score, method, passage, compared.differences, found
        )


def matches(releases: Sequence[Release], posts: Iterable[Published]) -> Iterator[Match]:
    """Every pair that is or may be one: 是 and 待人工, in the order of the posts."""
    sought = Releases(releases)
    for post in posts:
        yield from sought.matches(post)


def judged(signs: Signs) -> tuple[Verdict, Method | None]:
    """The verdict on what speaks for a pair, and what spoke loudest."""
    if signs.linked:
        return Verdict.SAME, Method.LINK
    if _same_text(signs):
        return Verdict.SAME, Method.TEXT
    if signs.alike or signs.shared.titled or signs.share >= PARTLY:
        return Verdict.UNSURE, Method.TEXT
    return (Verdict.UNSURE, Method.TAG) if signs.tagged else (Verdict.OTHER, None)


def _same_text(signs: Signs) -> bool:
    it = signs.alike
    told = it is not None and it.end - it.start >= SHORTEST
    if it is not None and told and (it.score >= SURE or signs.tagged or signs.shared.titled):
        return True
    return signs.share >= MOSTLY and signs.shared.characters >= ENOUGH


def another(compared: Compared) -> bool:
    """Whether the facts are those of another event, or of another place."""
    changed = {(each.kind, each.approved) for each in compared.differences}
    moved = any(kind == PLACE for kind, _ in changed)
    return len(changed) >= ANOTHER and (moved or len(changed) >= compared.alike)


def where(pair: Aligned, post: Published) -> Where | None:
    """In which part of the post so many characters of the release stand that they say something;
    where it is neither, the part that has more of them. None where nothing is in common."""
    title = pair.shared(0, post.titled)
    text = pair.shared(post.titled, len(post.whole))
    if min(title, text) >= SAID:
        return Where.BOTH
    if not title and not text:
        return None
    return Where.TITLE if title >= text else Where.TEXT


def named(release: Release) -> tuple[tuple[str, str], ...]:
    """The words that must stand as they are: the facts without a number, and the places."""
    worded = [(kind, words) for kind, words in release.facts if not tokens(words)]
    return (*worded, *((PLACE, each) for each in release.regions))


def address(link: str) -> str:
    """An address as it is compared: without its scheme, its fragment and a slash at its end."""
    return link.strip().partition("://")[2].partition("#")[0].rstrip("/") or link.strip()


def _meeting(owned: Sequence[frozenset[str]], given: frozenset[str]) -> set[int]:
    return {number for number, links in enumerate(owned) if links & given}
