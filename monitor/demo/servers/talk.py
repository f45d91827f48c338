"""What citizens write under an invented post, and what its owner answers: the same for ever."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from math import isqrt
from typing import Final

from monitor.demo import letters
from monitor.demo.world import WorldPost
from monitor.domain.instants import DAY, HOUR

SPREAD: Final = 7 * DAY
"""Comments come within a week, most of them early."""
WORDS: Final = ("请问周末能办理吗", "支持", "辛苦了", "需要带什么材料", "收到,已转发给家人")
ANSWERS: Final = ("您好,请携带身份证", "感谢支持", "周末也能办理,九点到十七点")
EVERY: Final = 7
"""One comment of so many is one of the fifteen messages."""
LONGEST: Final = 5
"""Hours until the slowest answer."""
MILLION: Final = 10**6


@dataclass(frozen=True, slots=True)
class Said:
    """One comment: its number under the post, when it was written, and when it was answered."""

    post: WorldPost
    number: int
    written_at: int
    answered_at: int | None

    @property
    def words(self) -> str:
        """What the citizen wrote: mostly a word or two, now and then what must be handled."""
        turn, rest = divmod(self.number, EVERY)
        if rest == EVERY - 1:
            return letters.under(turn + self._sign("letter")).text
        return WORDS[self.number % len(WORDS)]

    @property
    def answer(self) -> str:
        """What the owner wrote back."""
        return ANSWERS[self.number % len(ANSWERS)]

    @property
    def id(self) -> int:
        """Grows with time, as the platforms' own ids do."""
        return self.written_at * MILLION + self._sign("comment")

    @property
    def answer_id(self) -> int:
        """The answer's own id."""
        return (self.answered_at or 0) * MILLION + self._sign("answer")

    def _sign(self, kind: str) -> int:
        words = f"{kind}/{self.post.native_id}/{self.number}".encode()
        return int.from_bytes(blake2b(words, digest_size=6).digest()) % MILLION


def how_many(post: WorldPost, at: int) -> int:
    """Comments written under a post by second `at`."""
    age = min(max(0, at - post.published_at), SPREAD)
    return min(post.comments, isqrt(post.comments**2 * age // SPREAD))


def said(post: WorldPost, at: int) -> Iterator[Said]:
    """All comments written by second `at`, oldest first; an answer not given yet is None."""
    for number in range(how_many(post, at)):
        written = post.published_at - (-((number + 1) ** 2) * SPREAD // post.comments**2)
        before = number * post.replies // post.comments
        answered = None
        if (number + 1) * post.replies // post.comments > before:
            answered = written + (1 + number % LONGEST) * HOUR
        late = answered is None or answered > at
        yield Said(post, number, written, None if late else answered)
