"""Variants: what a rulebook asks otherwise by platform, level and type, as whole rulebooks."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.domain.rulebook import Rulebook, RuleTerms, UpdateClass, Variant
from monitor.domain.unit import Level
from monitor.judge.document import Document

LONGEST_DAYS: Final = 36500
NOT_ASKED: Final = "不适用"
LEVELS: Final = tuple(sorted(each.value for each in Level))


def variants(document: Document, rulebook: Rulebook) -> tuple[Variant, ...]:
    """The variants a document names, in order; InputError says what is wrong in which one."""
    if document.raw("variants") is None:
        return ()
    return tuple(_variant(part, rulebook) for part in document.parts("variants"))


def _variant(part: Document, rulebook: Rulebook) -> Variant:
    source, rank = part.text("source"), part.rank()
    classes = _classes(part, rulebook.classes, source, rank)
    terms = _terms(part.part("outcomes"), rulebook.terms, source, rank)
    found = Variant(
        title=part.text("title"),
        platforms=part.words("platforms", sorted(PLATFORMS)),
        levels=part.words("levels", LEVELS),
        types=frozenset(part.texts("types")),
        source=source,
        rank=rank,
        book=replace(rulebook, classes=classes, terms=terms),
    )
    if not (found.platforms or found.levels or found.types):
        raise part.wrong("platforms", "、levels、types 至少写一项,否则人人适用", None)
    never = rulebook.never_updated
    if never is not None and never.over_seconds < found.book.least_failing_limit:
        days = never.over_seconds // DAY
        raise part.wrong("over_days", f"最短的不合格期限不能超过从未更新的{days}天", found.title)
    part.done()
    return found


def _classes(
    part: Document, classes: tuple[UpdateClass, ...], source: str, rank: str
) -> tuple[UpdateClass, ...]:
    """The classes with other limits; limits must still rise."""
    days = part.part("over_days")
    found: list[UpdateClass] = []
    for each in classes:
        if days.raw(each.name) is None:
            found.append(each)
            continue
        over = days.whole(each.name, 1, LONGEST_DAYS) * DAY
        found.append(replace(each, over_seconds=over, source=source, rank=rank))
    for before, after in pairwise(found):
        if after.over_seconds <= before.over_seconds:
            raise part.wrong("over_days", f"里{after.name}应大于{before.name}的天数", after.name)
    days.done()
    return tuple(found)


def _terms(
    part: Document, terms: Mapping[str, RuleTerms], source: str, rank: str
) -> Mapping[str, RuleTerms]:
    """The rules with other outcomes; 不适用 leaves one out."""
    found: dict[str, RuleTerms] = dict(terms)
    words = {each.value: each for each in (Outcome.HINT, Outcome.FAIL)}
    for name in part.names():
        value = part.raw(name)
        if name not in terms:
            raise part.wrong(name, f"应为本标准已有的规则:{'、'.join(terms)}", value)
        if value == NOT_ASKED:
            del found[name]
        elif value in words:
            found[name] = replace(terms[name], outcome=words[value], source=source, rank=rank)
        else:
            raise part.wrong(name, f"应为{'、'.join([*words, NOT_ASKED])}之一", value)
    return found
