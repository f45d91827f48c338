"""All measurements of a span that a scheme asks for: one statement for each family, set-based.

What the record keeps nothing of has a fact that says so: it is missing by nobody's fault, and its
weight is spread. A later table joins here with its family.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.assessed import Fact, Listed
from monitor.domain.measuring import Span
from monitor.domain.scheme import Cause
from monitor.record import (
    score_answers,
    score_campaigns,
    score_cases,
    score_followers,
    score_frame,
    score_people,
    score_posts,
    score_registry,
    score_sends,
    score_weeks,
)
from monitor.record.resting import collector_resting
from monitor.record.score_frame import Framed
from monitor.record.store import Reading

NO_ACCOUNT: Final = "没有纳入考核的官方账号"
NOT_KEPT: Final = "本系统尚无此项数据来源"
EARLIER: Final = "分期得分"
"""Read from earlier results, not measured here."""
MESSAGES: Final = "留言流转未在本系统登记,没有数据来源"
UNKEPT: Final = {
    "来源规范率": "作品正文未留存,不能核对文号、原文链接和转载来源",
    **dict.fromkeys(("受理及时率", "按期办结率", "群众满意率", "留言逾期数"), MESSAGES),
}
"""Why nothing measures what the catalogue holds all the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured: the span, the measurements a scheme reads, the words by which a work is
    known to help or to warn, and whether accounts are scored for themselves."""

    span: Span
    wanted: frozenset[str]
    words: tuple[str, ...] = ()
    per_account: bool = False


@dataclass(frozen=True, slots=True)
class _Measuring:
    tx: Reading
    asked: Asked
    roster: Sequence[Listed]
    frame: Mapping[int, Framed]

    def posts(self) -> Iterator[Fact]:
        """Weeks and works; what was seen of each account is asked once."""
        tx, span, words = self.tx, self.asked.span, self.asked.words
        wanted = self.asked.wanted
        if wanted & {score_weeks.SERVED}:
            yield from score_weeks.served(tx, span, self.frame, words)
        counts = score_posts.COUNTS
        weeks = {score_weeks.WITH_POSTS, score_weeks.WITHOUT}
        if not wanted & (weeks | counts | score_sends.KEYS):
            return
        seen = score_weeks.weeks(tx, span)
        yield from score_weeks.measure(self.frame, seen, wanted)
        if wanted & counts:
            yield from score_posts.counted(tx, span, self.frame, seen, words)
        if wanted & score_sends.KEYS:
            yield from score_sends.measure(tx, span, self.frame, seen)

    def numbers(self) -> Iterator[Fact]:
        """What people did with the works, and how that compares with the year before."""
        tx, span = self.tx, self.asked.span
        for key in sorted(self.asked.wanted & score_posts.NUMBERS.keys()):
            yield from score_posts.told(tx, span, self.frame, key)
        if score_posts.OWN_MEDIAN in self.asked.wanted:
            yield from score_posts.against_own_median(tx, span, self.frame)

    def followers(self) -> Iterator[Fact]:
        """Followers at the end, and how many more than at the beginning."""
        return score_followers.measure(self.tx, self.asked.span, self.frame)

    def answers(self) -> Iterator[Fact]:
        """How comments were answered."""
        return score_answers.answered(self.tx, self.asked.span, self.frame)

    def functions(self) -> Iterator[Fact]:
        """Ways to speak, and services offered."""
        return score_answers.functions(self.tx, self.asked.span, self.frame)

    def campaigns(self) -> Iterator[Fact]:
        """Co-operation."""
        return score_campaigns.measure(self.tx, self.asked.span, self.frame)

    def cases(self) -> Iterator[Fact]:
        """The health record."""
        if self.asked.per_account:
            return score_cases.of_accounts(self.tx, self.asked.span, self.frame)
        return score_cases.measure(self.tx, self.asked.span, self.frame, self.roster)

    def registry(self) -> Iterator[Fact]:
        """Closed accounts, true ledgers, sound accounts."""
        tx, span = self.tx, self.asked.span
        yield from score_registry.closed(tx, span, self.roster)
        yield from score_registry.true(tx, span, self.roster)
        yield from score_registry.sound(tx, span, self.frame)


Family = Callable[[_Measuring], Iterator[Fact]]
FAMILIES: Final[tuple[tuple[frozenset[str], Family], ...]] = (
    (score_weeks.KEYS | score_posts.COUNTS | score_sends.KEYS, _Measuring.posts),
    (frozenset({*score_posts.NUMBERS, score_posts.OWN_MEDIAN}), _Measuring.numbers),
    (score_followers.KEYS, _Measuring.followers),
    (score_answers.KEYS - score_answers.FUNCTIONS, _Measuring.answers),
    (score_answers.FUNCTIONS, _Measuring.functions),
    (score_campaigns.KEYS, _Measuring.campaigns),
    (score_cases.KEYS, _Measuring.cases),
    (score_registry.KEYS, _Measuring.registry),
)
"""Each family with the measurements of the catalogue that it gives."""
MEASURED: Final = frozenset().union(*(keys for keys, _ in FAMILIES))


def measure(tx: Reading, asked: Asked, roster: Sequence[Listed]) -> list[Fact]:
    """Every fact of the measurements asked for, of all units of the roster: what people give is not
    among them, and what a unit owes is not yet held against it."""
    with collector_resting():
        frame = score_frame.accounts(tx, asked.span)
        measuring = _Measuring(tx, asked, roster, frame)
        found = [
            fact
            for keys, family in FAMILIES
            if keys & asked.wanted
            for fact in family(measuring)
            if fact.measure in asked.wanted
        ]
    return found + list(_rest(found, asked, roster, frame.values()))


def _rest(
    found: Iterable[Fact], asked: Asked, roster: Iterable[Listed], frame: Iterable[Framed]
) -> Iterator[Fact]:
    """Why a unit has no fact at all of a measurement."""
    there = {(each.unit, each.measure) for each in found}
    tending = {each.unit for each in frame}
    measurable = sorted(
        each for each in asked.wanted - {EARLIER} if not each.startswith(score_people.BY_PEOPLE)
    )
    for unit in roster:
        for key in measurable:
            if (unit.unit, key) in there:
                continue
            if unit.unit not in tending:
                cause, note = Cause.NOT_APPLICABLE, NO_ACCOUNT
            elif key in MEASURED:
                cause, note = Cause.NOT_APPLICABLE, "没有适用的账号"
            else:
                cause, note = Cause.SYSTEM, UNKEPT.get(key, NOT_KEPT)
            yield Fact(unit.unit, key, cause=cause.value, note=note)
