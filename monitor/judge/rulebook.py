"""Rulebook 认定标准: read strictly from its document; what makes no sense is refused by name."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from monitor.domain.account import State
from monitor.domain.errors import InputError
from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import DAY
from monitor.domain.rulebook import GONE, Grace, Rulebook, RuleTerms, UpdateClass
from monitor.judge.document import Document
from monitor.judge.rule import RULES
from monitor.judge.variants import LONGEST_DAYS, variants

FRESHNESS_HOURS: Final[Mapping[str, int]] = MappingProxyType(
    {"接口采集": 26, "次日数据": 60, "人工巡查": 168, "后台导出": 168}
)
"""How long each kind of source may be judged by after its cut-off."""

SEVERITY: Final = (Outcome.OK, Outcome.HINT, Outcome.FAIL)
LONGEST_GRACE_DAYS: Final = 90
HIGHEST_GRADE: Final = 4


def parse(
    mapping: object, sha256: str = "", freshness: Mapping[str, int] = FRESHNESS_HOURS
) -> Rulebook:
    """The rulebook a document describes; InputError names the path of what is wrong in it.

    `freshness` is hours per kind of source: each, a day added, must be under the least failing
    limit, else an account could be called 正常 by a look older than the limit.
    """
    document = Document(mapping)
    classes = _classes(document)
    rulebook = Rulebook(
        name=document.text("name"),
        version=document.whole("version", 1, 1_000_000),
        title=document.text("title"),
        source=document.text("source"),
        valid_from=document.day("valid_from"),
        classes=classes,
        never_updated=_never_updated(document, classes),
        least_grade=document.whole("least_grade", 0, HIGHEST_GRADE),
        excused_kinds=frozenset(document.texts("excused_kinds")),
        confirm=document.yes("confirm", default=False),
        clear_seconds=document.whole("clear_hours", 0, 0, default=0),
        terms=_terms(document.part("rules")),
        upper=document.yes("upper", default=False),
        notified_only=document.yes("notified_only", default=False),
        not_counted=GONE | frozenset(map(State, document.words("not_counted", [*State]))),
        grace=_grace(document),
        sha256=sha256,
    )
    rulebook = replace(rulebook, variants=variants(document, rulebook))
    document.done()
    _refuse_stale(document, rulebook, freshness)
    return rulebook


def _classes(document: Document) -> tuple[UpdateClass, ...]:
    """The classes in order: the first from 0, limits rising, outcomes never milder."""
    parts = document.parts("classes")
    classes = tuple(_class(part, part.text("name"), tuple(SEVERITY)) for part in parts)
    first = parts[0]
    if classes[0].over_seconds != 0:
        raise first.wrong("over_days", "应为0:第一类从0天起", first.raw("over_days"))
    for part, (before, after) in zip(parts[1:], pairwise(classes), strict=True):
        if after.over_seconds <= before.over_seconds:
            raise part.wrong("over_days", "应大于前一类的天数", part.raw("over_days"))
        if SEVERITY.index(after.outcome) < SEVERITY.index(before.outcome):
            raise part.wrong("outcome", "不能比前一类轻", after.outcome.value)
    names = [each.name for each in classes]
    if len(set(names)) < len(names):
        raise document.wrong("classes", "的名称不能重复", "、".join(names))
    if classes[-1].outcome is not Outcome.FAIL or classes[0].outcome is Outcome.FAIL:
        raise document.wrong("classes", "应从正常或提醒开始,以不合格结束", classes[-1].name)
    return classes


def _class(part: Document, name: str, allowed: tuple[Outcome, ...]) -> UpdateClass:
    found = UpdateClass(
        name=name,
        over_seconds=part.whole("over_days", 0, LONGEST_DAYS) * DAY,
        outcome=part.one_of("outcome", Outcome, allowed),
        source=part.text("source"),
        rank=part.rank(),
    )
    part.done()
    return found


def _never_updated(document: Document, classes: tuple[UpdateClass, ...]) -> UpdateClass | None:
    """从未更新 is a name for some of those who fail, so its age is no shorter than their limit."""
    if document.raw("never_updated") is None:
        return None
    part = document.part("never_updated")
    found = _class(part, part.text("name", "从未更新"), (Outcome.FAIL,))
    least = min(each.over_seconds for each in classes if each.outcome is Outcome.FAIL)
    if found.over_seconds < least:
        expected = f"不能少于最短的不合格期限{least // DAY}天"
        raise part.wrong("over_days", expected, found.over_seconds // DAY)
    return found


def _grace(document: Document) -> Grace | None:
    """How long a new account is left alone; None where the rulebook leaves nobody alone."""
    if document.raw("grace") is None:
        return None
    part = document.part("grace")
    seconds = part.whole("days", 1, LONGEST_GRACE_DAYS) * DAY
    found = Grace(seconds, part.text("source"), part.rank())
    part.done()
    return found


def _terms(document: Document) -> Mapping[str, RuleTerms]:
    """The other rules by name, in order; 更新 is made of the classes and not named here."""
    known = [name for name in RULES.names() if name != UPDATE_RULE]
    terms: dict[str, RuleTerms] = {}
    for name in document.names():
        if name not in known:
            where = document.at(str(name))
            raise InputError(f"没有名为“{name}”的规则", where, f"可用的规则:{'、'.join(known)}")
        part = document.part(str(name))
        terms[name] = RuleTerms(
            rule=name,
            outcome=part.one_of("outcome", Outcome, (Outcome.HINT, Outcome.FAIL)),
            source=part.text("source"),
            rank=part.rank(),
            parameters=_parameters(name, part.part("parameters")),
        )
        part.done()
    return terms


def _parameters(rule: str, part: Document) -> Mapping[str, Any]:
    accepted = RULES.get(rule).parameters
    found: dict[str, Any] = {}
    for key, accepts in accepted.items():
        value = part.raw(key)
        if not accepts(value):
            raise part.wrong(key, "的取值不合规则的要求", value)
        if value is not None:
            found[key] = value
    part.done()
    return found


def _refuse_stale(document: Document, rulebook: Rulebook, freshness: Mapping[str, int]) -> None:
    limit = rulebook.shortest_limit
    for source, hours in freshness.items():
        if hours * 3600 + DAY >= limit:
            raise InputError(
                f"最短的不合格期限{limit // DAY}天过短:"
                f"{source}的有效期{hours}小时再加24小时不少于它",
                document.at("classes"),
                "放宽期限,或缩短该来源的有效期",
            )
